import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import sharp from 'sharp';
import type { ImageDataset } from '../../src/dataset/dataset';
import { loadDataset } from '../../src/dataset/load';
import { type Verification, type VerifyMemory, verifyModel } from '../../src/publish/verify';
import { modelFolder } from '../../src/run/published-models';
import { findFer2013 } from '../real-data';

/** One of the official parts and one of a random split; both predict one view of each image. */
const MODELS = ['strong-cnn-wide-distilled-seed4', 'paper-cnn-plain-seed1'];
const SIZE = 48 * 48;
const FOLDERS = ['train', 'test', 'test'];

const failed = ({ numbers }: Verification) =>
  numbers.filter(({ isReproduced }) => !isReproduced).map(({ name }) => name);

/**
 * A copy as the published models were trained on: 188 rows hold the image and label of another row of their part, and 175
 * of these images went through JPEG.
 */
async function reassembled(dataset: ImageDataset): Promise<ImageDataset> {
  const images = Uint8Array.from(dataset.images);
  const labels = Uint8Array.from(dataset.labels);
  const rows = Array.from({ length: 188 }, (_, i) => i * 190 + 7);
  for (const usage of [0, 1, 2]) {
    const own = rows.filter((row) => dataset.usages[row] === usage);
    for (const [i, row] of own.entries()) {
      const from = own[(i + 1) % own.length]!;
      const image = dataset.images.subarray(from * SIZE, (from + 1) * SIZE);
      labels[row] = dataset.labels[from]!;
      images.set(rows.indexOf(row) < 175 ? await throughJpeg(image) : image, row * SIZE);
    }
  }
  const source = { ...dataset.source, sha256: 'reassembled' };
  return { ...dataset, images, labels, source };
}

const jpeg = (image: Uint8Array) =>
  sharp(image, { raw: { width: 48, height: 48, channels: 1 } })
    .jpeg({ quality: 90 })
    .toBuffer();

const throughJpeg = async (image: Uint8Array) =>
  Uint8Array.from(
    await sharp(await jpeg(image))
      .greyscale()
      .raw()
      .toBuffer(),
  );

/** Class folders of JPEG files, named after their rows. */
async function writeFolders(dataset: ImageDataset, folder: string): Promise<void> {
  const { classes, parts } = dataset.spec;
  for (const part of new Set(FOLDERS))
    for (const name of classes) mkdirSync(join(folder, part, name.toLowerCase()), { recursive: true });
  const write = async (row: number) => {
    const usage = dataset.usages[row]!;
    const name = join(FOLDERS[usage]!, classes[dataset.labels[row]!]!.toLowerCase());
    const file = join(folder, name, `${parts[usage]!.name}_${row}.jpg`);
    await writeFile(file, await jpeg(dataset.images.subarray(row * SIZE, (row + 1) * SIZE)));
  };
  for (let start = 0; start < dataset.count; start += 100) {
    await Promise.all(
      Array.from({ length: Math.min(100, dataset.count - start) }, (_, i) => write(start + i)),
    );
  }
}

describe('other copies of the real FER-2013 reproduce the published numbers', {
  skip: findFer2013().skip,
}, () => {
  let dataset: ImageDataset;
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-copies-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  before(async () => {
    dataset = await loadDataset({ path: findFer2013().path });
  });

  test('a copy in which 175 images and 188 labels differ', async () => {
    const memory: VerifyMemory = new Map();
    const copy = await reassembled(dataset);
    const [official, random] = MODELS.map((name) => verifyModel(modelFolder(name), copy, memory));
    assert.deepEqual([failed(official!), failed(random!)], [[], []]);
    assert.ok(official!.otherPixels > 20 && official!.otherPixels < 60, `${official!.otherPixels} images`);
    assert.equal(official!.leftOut, 0);
    assert.ok(random!.leftOut > 20 && random!.leftOut < 90, `${random!.leftOut} images left out`);
    assert.equal(random!.otherPixels, 0);
  });

  test('class folders of JPEG files', async () => {
    await writeFolders(dataset, folder);
    const copy = await loadDataset({ path: folder });
    const memory: VerifyMemory = new Map();
    for (const name of MODELS) {
      const verification = verifyModel(modelFolder(name), copy, memory);
      assert.deepEqual(failed(verification), [], name);
      assert.ok(verification.otherPixels > 0.9 * verification.images, `${verification.otherPixels} images`);
      assert.ok(verification.otherClasses < 0.1 * verification.images, `${verification.otherClasses} images`);
    }
  });
});
