import { readSync } from 'node:fs';
import type { Images } from './dataset';
import { pixelsPerImage } from './spec';

/** Images read at once where a set lies in a file. */
const BLOCK = 1024;

/** Images that stay in a file: its descriptor, and where the first one begins. */
export interface ImageFile {
  readonly descriptor: number;
  readonly offset: number;
  readonly count: number;
  /** Bytes of an image. */
  readonly size: number;
}

/** Names the file of a set that is too large to keep in memory; not enumerable, so that copies do not inherit it. */
const FILE = Symbol('image file');

const fileOf = (dataset: object) => (dataset as { [FILE]?: ImageFile })[FILE];

/**
 * Gives `dataset` images that stay in a file. {@link pixelsOf} and {@link imageBlocks} read what they need;
 * whoever asks for `images` gets all of them in memory, read once.
 */
export function withImagesInFile<T extends object>(dataset: T, file: ImageFile): T & Pick<Images, 'images'> {
  let images: Uint8Array | undefined;
  const get = () => {
    images ??= readFrom(file, 0, file.count);
    return images;
  };
  Object.defineProperty(dataset, FILE, { value: file });
  return Object.defineProperty(dataset, 'images', { enumerable: true, get }) as T & Pick<Images, 'images'>;
}

/** Where the pixels of some images lie: those of the i-th of them lie in `bytes` from `offset(i)` on. */
export interface PixelRows {
  readonly bytes: Uint8Array;
  readonly offset: (i: number) => number;
}

/** The pixels of some rows, without taking a whole set into memory that lies in a file. */
export function pixelsOf(dataset: Images, rows: Uint32Array): PixelRows {
  const file = fileOf(dataset);
  const size = pixelsPerImage(dataset.spec);
  if (!file) return { bytes: dataset.images, offset: (i) => rows[i]! * size };
  const bytes = new Uint8Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    fill(file, rows[i]!, bytes.subarray(i * size, (i + 1) * size));
  }
  return { bytes, offset: (i) => i * size };
}

/** All images in file order, in blocks of at most 1024; a block is valid until the next is asked for. */
export function* imageBlocks(dataset: Images & { readonly count: number }): Generator<Uint8Array> {
  const file = fileOf(dataset);
  const size = pixelsPerImage(dataset.spec);
  for (let start = 0; start < dataset.count; start += BLOCK) {
    const count = Math.min(BLOCK, dataset.count - start);
    if (file) yield readFrom(file, start, count);
    else yield dataset.images.subarray(start * size, (start + count) * size);
  }
}

function readFrom(file: ImageFile, start: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count * file.size);
  fill(file, start, bytes);
  return bytes;
}

function fill({ descriptor, offset, size }: ImageFile, row: number, into: Uint8Array): void {
  for (let at = 0; at < into.length; ) {
    const read = readSync(descriptor, into, at, into.length - at, offset + row * size + at);
    if (read === 0) throw new Error(`the cache of the images ends before image ${row}`);
    at += read;
  }
}
