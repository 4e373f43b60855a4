import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { applyAugmentation } from '../../src/augment/apply';
import { type Augmentation, drawAugmentation, UNCHANGED } from '../../src/augment/ranges';
import type { ImageDataset } from '../../src/dataset/dataset';
import {
  asPhotograph,
  augmentationGallery,
  besideGrid,
  conflictGrid,
  epochGallery,
  imageOf,
  sampleGrid,
} from '../../src/notebook/grids';
import type { ImageGrid } from '../../src/notebook/image-grid';
import { randomStream } from '../../src/random';
import { PAPER_AUGMENTATION } from '../../src/run/profiles';
import { tinyDataset } from '../train/tiny';

const dataset = tinyDataset();
const { side, classes } = dataset.spec;
const size = side * side;
const imageAt = ({ images }: ImageGrid, i: number) => Buffer.from(images.subarray(i * size, (i + 1) * size));
const original = (row: number) => Buffer.from(dataset.images.subarray(row * size, (row + 1) * size));
const rowOf = (image: Buffer) => [...dataset.labels.keys()].find((row) => original(row).equals(image)) ?? -1;

function changed(row: number, change: Partial<Augmentation>): Buffer {
  const target = new Float32Array(size);
  const route = {
    source: dataset.images,
    sourceOffset: row * size,
    sourceSide: side,
    target,
    targetOffset: 0,
  };
  applyAugmentation({ ...UNCHANGED, ...change }, route);
  return Buffer.from(target.map((level) => Math.round(255 * level)));
}

test('a grid of samples has a row of different training images for each class', () => {
  const grid = sampleGrid(dataset, { perClass: 3, seed: 2 });
  assert.deepEqual([grid.columns, grid.rowLabels, grid.side], [3, classes, side]);
  const rows = Array.from({ length: 3 * classes.length }, (_, i) => rowOf(imageAt(grid, i)));
  assert.equal(new Set(rows).size, rows.length);
  assert.ok(rows.every((row, i) => dataset.usages[row] === 0 && dataset.labels[row] === Math.floor(i / 3)));
  assert.notDeepEqual(sampleGrid(dataset, { perClass: 3, seed: 3 }).images, grid.images);
});

test('images stand beside each other under their names, and as a photograph in colour', async () => {
  const grid = besideGrid(dataset, 'Two', { one: imageOf(dataset, 4), other: imageOf(dataset, 9) });
  assert.deepEqual([grid.columns, grid.captions], [2, ['one', 'other']]);
  assert.deepEqual([rowOf(imageAt(grid, 0)), rowOf(imageAt(grid, 1))], [4, 9]);
  const { width, height, channels, format } = await sharp(
    await asPhotograph(dataset, 4, { width: 90, height: 60 }),
  ).metadata();
  assert.deepEqual([width, height, channels, format], [90, 60, 3, 'jpeg']);
});

test('copies with two labels stand in pairs, no more than are asked for', () => {
  assert.match(conflictGrid(dataset, { pairs: 3 }).title, /: none/);
  const images = dataset.images.slice();
  for (const [from, to] of [
    [0, 1],
    [2, 9], // of one label
    [3, 4],
    [5, 6],
  ] as const)
    images.set(original(from), to * size);
  const copied: ImageDataset = { ...dataset, images };
  const grid = conflictGrid(copied, { pairs: 2 });
  assert.deepEqual(
    grid.captions,
    [0, 1, 3, 4].map((row) => classes[dataset.labels[row]!]),
  );
  assert.equal(grid.columns, 4);
  assert.deepEqual(
    [0, 2].map((i) => rowOf(imageAt(grid, i))),
    [0, 3],
  );
  assert.equal(conflictGrid(copied, { pairs: 9 }).captions!.length, 6);
});

test('a gallery goes from one end of the range of its change to the other', () => {
  const ranges = {
    ...{ rotationDegrees: 20, flip: true, shiftFraction: 0.25, zoomFraction: 0.2 },
    ...{ brightnessFraction: 0.4, contrastFraction: 0.3, cutoutPixels: 8 },
  };
  const levels = [-1, -0.5, 0, 0.5, 1];
  const wanted = {
    rotationDegrees: [
      levels.map((x) => ({ rotationDegrees: 20 * x })),
      ['-20°', '-10°', '0°', '+10°', '+20°'],
    ],
    flip: [
      [{}, { isFlipped: true }],
      ['as it is', 'mirrored'],
    ],
    shiftFraction: [
      levels.map((x) => ({ shiftX: 0.25 * side * x })),
      levels.map((x) => `${x > 0 ? '+' : ''}${(0.25 * side * x).toFixed(1)} px`),
    ],
    zoomFraction: [
      levels.map((x) => ({ zoom: 1 + 0.2 * x })),
      ['0.80', '0.90', '1.00', '1.10', '1.20'].map((x) => `x ${x}`),
    ],
    brightnessFraction: [
      levels.map((x) => ({ brightness: 1 + 0.4 * x })),
      ['0.60', '0.80', '1.00', '1.20', '1.40'].map((x) => `x ${x}`),
    ],
    contrastFraction: [
      levels.map((x) => ({ contrast: 1 + 0.3 * x })),
      ['0.70', '0.85', '1.00', '1.15', '1.30'].map((x) => `x ${x}`),
    ],
    cutoutPixels: [
      [0, 10, 20, 30, 40].map((at) => ({ cutout: { x: at, y: at, size: 8 } })),
      [0, 10, 20, 30, 40].map((at) => `at ${at}`),
    ],
  } as const;
  assert.equal(side, 48);
  for (const [change, [changes, captions]] of Object.entries(wanted)) {
    const grid = augmentationGallery(dataset, change as keyof typeof wanted, { ranges, seed: 1 });
    const count = changes.length;
    assert.equal(grid.columns, count, change);
    assert.deepEqual(grid.captions, [...captions, ...captions]);
    const asTheyAre = change === 'flip' ? 0 : 2;
    for (const [of, label] of [3, 5].entries()) {
      const plain = sampleGrid(dataset, { perClass: 1, seed: 1 });
      const row = rowOf(imageAt(plain, label));
      assert.equal(dataset.labels[row], label);
      for (const [i, one] of changes.entries())
        assert.deepEqual(imageAt(grid, of * count + i), changed(row, one), `${change} ${i}`);
      if (change !== 'cutoutPixels') assert.deepEqual(imageAt(grid, of * count + asTheyAre), original(row));
    }
  }
});

test('a gallery of epochs shows what the training draws for the image in each of them', () => {
  const grid = epochGallery(dataset, { ranges: PAPER_AUGMENTATION, seed: 6, epochs: 3 });
  assert.equal(grid.columns, 4);
  assert.deepEqual(grid.captions!.slice(0, 5), ['original', 'epoch 1', 'epoch 2', 'epoch 3', 'original']);
  for (const [of, label] of [0, 3, 5].entries()) {
    const row = rowOf(imageAt(grid, 4 * of));
    assert.equal(dataset.labels[row], label);
    for (const epoch of [0, 1, 2]) {
      const change = drawAugmentation(PAPER_AUGMENTATION, randomStream(6, 'augment', epoch, row), side);
      assert.deepEqual(imageAt(grid, 4 * of + epoch + 1), changed(row, change));
    }
  }
});
