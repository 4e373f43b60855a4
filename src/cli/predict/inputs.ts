import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Stands for a picture on standard input. */
export const STANDARD_INPUT = '-';

/** Endings of pictures, those that can't be decoded among them: they are named as failures. */
const ENDINGS = new Set(
  'jpg jpeg jpe png webp gif tif tiff bmp avif heic heif jp2 jxl ppm pgm pbm svg ico psd'.split(' '),
);

/**
 * The pictures that are meant: a folder stands for those in it and below, in the order of their names. What is not there
 * stays in the list, so that it is named.
 */
export function* pictureNames(names: readonly string[]): Generator<string> {
  for (const name of names) {
    if (name !== STANDARD_INPUT && isFolder(name)) yield* picturesIn(name);
    else yield name;
  }
}

function* picturesIn(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) yield* picturesIn(path);
    else if (ENDINGS.has(extname(entry.name).slice(1).toLowerCase())) yield path;
  }
}

/** What can't be looked at is no folder: reading it says why. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** All bytes of standard input. */
export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
