import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { CollectedRows } from './collector';
import type { CopyReading } from './reading';
import { type DatasetSpec, pixelsPerImage } from './spec';

export const HEADER_BYTES = 16_384;
export const FORMAT = 'ferlab-dataset-5';

export interface CacheHeader {
  readonly format: string;
  /** What the file or folder was when it was read; see `identityOf`. */
  readonly identity: string;
  /** Name of the data set that it was read as. */
  readonly spec: string;
  readonly count: number;
  /** Bytes of an image. */
  readonly imageBytes: number;
  /** Whether the numbers of the subjects follow the parts, two bytes each. */
  readonly hasSubjects: boolean;
  readonly reading: CopyReading;
  /** CRC-32 of all that follows the header: quick enough to check at every load. */
  readonly crc: number;
  /** SHA-256 of labels, usages and pixels: the identity of the data, whatever form it came in. */
  readonly sha256: string;
}

/** SHA-256, in hex, of labels, usages and pixels. */
export function contentHash(rows: Pick<CollectedRows, 'labels' | 'usages' | 'images'>): string {
  return createHash('sha256').update(rows.labels).update(rows.usages).update(rows.images).digest('hex');
}

/** What a cache says of its rows. */
export interface CacheEntry {
  readonly identity: string;
  readonly reading: CopyReading;
  /** Of the content; computed from the file unless given. */
  readonly sha256?: string;
}

/** A reading that surely fits into the header. */
function shortened(reading: CopyReading): CopyReading {
  const cut = (text: string) => (text.length > 500 ? `${text.slice(0, 500)} ...` : text);
  return { ...reading, classes: cut(reading.classes), notes: reading.notes.slice(0, 10).map(cut) };
}

/** Writes a cache file beside its place, images first as they come, and renames it when it is whole. */
export class CacheWriter {
  readonly #temporary: string;
  #descriptor = -1;
  #bytes = 0;
  #crc = 0;

  constructor(
    readonly file: string,
    readonly spec: DatasetSpec,
  ) {
    this.#temporary = `${file}.${process.pid}.tmp`;
  }

  /** Whether images lie in it already. */
  get hasImages(): boolean {
    return this.#bytes > 0;
  }

  /** @throws the system's error when the disk is full */
  writeImages(images: Uint8Array): void {
    this.#append(images);
  }

  /**
   * Adds what is left, and the header.
   * @returns the content hash
   */
  finish(rows: CollectedRows, { identity, reading, sha256 }: CacheEntry): string {
    this.#append(rows.images);
    const { count, labels, usages, subjects } = rows;
    const imageBytes = pixelsPerImage(this.spec);
    const content = sha256 ?? this.#hash(labels, usages, count * imageBytes);
    this.#append(labels);
    this.#append(usages);
    if (subjects) this.#append(new Uint8Array(subjects.buffer, subjects.byteOffset, subjects.byteLength));
    const { name: spec } = this.spec;
    const header: CacheHeader = {
      format: FORMAT,
      identity,
      reading: shortened(reading),
      spec,
      count,
      imageBytes,
      hasSubjects: subjects !== undefined,
      crc: this.#crc,
      sha256: content,
    };
    this.#write(Buffer.from(JSON.stringify(header).padEnd(HEADER_BYTES)), 0);
    closeSync(this.#descriptor);
    this.#descriptor = -1;
    renameSync(this.#temporary, this.file);
    return content;
  }

  /** Removes what was written, if it was not finished. */
  discard(): void {
    if (this.#descriptor >= 0) closeSync(this.#descriptor);
    this.#descriptor = -1;
    rmSync(this.#temporary, { force: true });
  }

  #append(bytes: Uint8Array): void {
    if (this.#descriptor < 0) this.#open();
    this.#write(bytes, HEADER_BYTES + this.#bytes);
    this.#bytes += bytes.length;
    this.#crc = crc32(bytes, this.#crc);
  }

  #open(): void {
    mkdirSync(dirname(this.file), { recursive: true });
    this.#descriptor = openSync(this.#temporary, 'w+');
  }

  // No fsync: after a power cut the checksum tells, and the cache is made anew.
  #write(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(this.#descriptor, bytes, at, bytes.length - at, position + at);
    }
  }

  #hash(labels: Uint8Array, usages: Uint8Array, pixels: number): string {
    const hash = createHash('sha256').update(labels).update(usages);
    const piece = Buffer.allocUnsafe(1 << 20);
    for (let at = 0; at < pixels; ) {
      const wanted = Math.min(piece.length, pixels - at);
      const read = readSync(this.#descriptor, piece, 0, wanted, HEADER_BYTES + at);
      hash.update(piece.subarray(0, read));
      at += read;
    }
    return hash.digest('hex');
  }
}
