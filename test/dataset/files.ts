import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { loadDataset } from '../../src/dataset/load';
import { FerlabError } from '../../src/errors';
import { setVariable, temporaryFolder } from '../temporary';

/** A folder that goes with the test, and caches inside it. */
export function scratchFolder(t: TestContext): string {
  const folder = temporaryFolder(t);
  setVariable('FERLAB_CACHE', join(folder, 'cache'), t);
  return folder;
}

export type Content = Buffer | string;

/** A folder with files of given content, by their paths in it. */
export function folderOf(t: TestContext, files: Readonly<Record<string, Content>>): string {
  const root = join(scratchFolder(t), 'copy');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** A file of given content in a folder of its own. */
export const fileOf = (t: TestContext, name: string, content: Content): string =>
  join(folderOf(t, { [name]: content }), name);

/** A copy is refused in one line, for this problem and with this remedy. */
export async function refuses(path: string, problem: RegExp, remedy: RegExp): Promise<void> {
  await assert.rejects(loadDataset({ path, onNote: () => undefined }), (error) => {
    assert.ok(error instanceof FerlabError, String(error));
    assert.match(error.message, problem);
    assert.match(error.remedy!, remedy);
    assert.doesNotMatch(error.message, /\n/);
    return true;
  });
}

/** Grey level of a pixel of a made-up image: every image and place differs. */
export const level = (image: number, pixel: number) => (image * 31 + pixel * 7) % 256;

export const pixelText = (image: number, count = 2304) =>
  Array.from({ length: count }, (_, pixel) => level(image, pixel)).join(' ');

/** A CSV without parts: one image. */
export const oneImage = (label: number, image: number) => `emotion,pixels\n${label},${pixelText(image)}\n`;

/** A PNG in one colour, a grey level. */
export const greyPng = (value: number): Promise<Buffer> =>
  sharp({ create: { width: 48, height: 48, channels: 3, background: { r: value, g: value, b: value } } })
    .png()
    .toBuffer();

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
