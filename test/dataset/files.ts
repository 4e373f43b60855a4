import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { setVariable, temporaryFolder } from '../temporary';

/** A folder that goes with the test, and caches inside it. */
export function scratchFolder(t: TestContext): string {
  const folder = temporaryFolder(t);
  setVariable('FERLAB_CACHE', join(folder, 'cache'), t);
  return folder;
}

/** Grey level of a pixel of a made-up image: every image and place differs. */
export const level = (image: number, pixel: number) => (image * 31 + pixel * 7) % 256;

export const pixelText = (image: number, count = 2304) =>
  Array.from({ length: count }, (_, pixel) => level(image, pixel)).join(' ');

/** Lines of a small but whole fer2013.csv: two images of each class in each part. */
export function csvLines(): string[] {
  const lines = ['emotion,pixels,Usage'];
  let image = 0;
  for (const usage of ['Training', 'PublicTest', 'PrivateTest']) {
    for (let i = 0; i < 14; i++) lines.push(`${i % 7},${pixelText(image++)},${usage}`);
  }
  return lines;
}

export function writeCsv(folder: string, lines: readonly string[], name = 'fer2013.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

export function writeGzip(folder: string, text: string, name = 'fer2013.csv.gz'): string {
  const path = join(folder, name);
  writeFileSync(path, gzipSync(text));
  return path;
}
