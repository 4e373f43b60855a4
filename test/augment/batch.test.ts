import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyAugmentation } from '../../src/augment/apply';
import { augmentBatch } from '../../src/augment/batch';
import {
  type Augmentation,
  type AugmentationRanges,
  drawAugmentation,
  NO_AUGMENTATION,
  UNCHANGED,
} from '../../src/augment/ranges';
import { SAMPLE } from '../../src/dataset/specs/sample';
import { randomStream } from '../../src/random';
import { PAPER_AUGMENTATION } from '../../src/run/profiles';

const PIXELS = 48 * 48;
const IMAGES = Uint8Array.from({ length: 10 * PIXELS }, (_, i) => (Math.imul(i, 2654435761) >>> 24) & 255);
const ALL: AugmentationRanges = { ...PAPER_AUGMENTATION, contrastFraction: 0.3, cutoutPixels: 8 };

function augment(
  rows: number[],
  options: { ranges?: AugmentationRanges; seed?: number; epoch?: number } = {},
) {
  const target = new Float32Array(rows.length * PIXELS);
  const { ranges = ALL, seed = 1, epoch = 0 } = options;
  augmentBatch({ spec: SAMPLE, images: IMAGES }, Uint32Array.from(rows), target, { ranges, seed, epoch });
  return rows.map((_, i) => target.subarray(i * PIXELS, (i + 1) * PIXELS));
}

test('what happens to an image depends on neither batch nor order', () => {
  const [a, b, c] = augment([3, 7, 9]);
  assert.deepEqual(augment([9, 3]), [c, a]);
  assert.deepEqual(augment([7]), [b]);
});

test('images of any side lie one after another in the batch, each as it is alone', () => {
  const rows = [8, 2, 5];
  for (const side of [16, 31, 48]) {
    const options = { ranges: ALL, seed: 4, epoch: 2, side };
    const target = new Float32Array(rows.length * side * side + 1).fill(-1);
    augmentBatch({ spec: SAMPLE, images: IMAGES }, Uint32Array.from(rows), target, options);
    for (const [i, row] of rows.entries()) {
      const change = drawAugmentation(ALL, randomStream(4, 'augment', 2, row), 48);
      const alone = new Float32Array(side * side);
      const source = IMAGES.slice(row * PIXELS, (row + 1) * PIXELS);
      applyAugmentation(change, {
        source,
        sourceOffset: 0,
        sourceSide: 48,
        target: alone,
        targetOffset: 0,
        side,
      });
      assert.deepEqual(
        target.slice(i * side * side, (i + 1) * side * side),
        alone,
        `side ${side}, image ${i}`,
      );
    }
    assert.equal(target.at(-1), -1, 'nothing beyond the batch is written');
  }
});

test('another seed, epoch or row draws another change; seed 0 too', () => {
  const [first] = augment([3]);
  for (const [other] of [augment([3], { seed: 2 }), augment([3], { seed: 0 }), augment([3], { epoch: 1 })])
    assert.notDeepEqual(other, first);
  const twice = {
    spec: SAMPLE,
    images: Buffer.concat([IMAGES.subarray(0, PIXELS), IMAGES.subarray(0, PIXELS)]),
  };
  const target = new Float32Array(2 * PIXELS);
  augmentBatch(twice, Uint32Array.of(0, 1), target, { ranges: ALL, seed: 1, epoch: 0 });
  assert.notDeepEqual(target.subarray(0, PIXELS), target.subarray(PIXELS));
});

test('no augmentation gives the images over 255', () => {
  const [image] = augment([4], { ranges: NO_AUGMENTATION });
  assert.deepEqual(
    image,
    Float32Array.from(IMAGES.subarray(4 * PIXELS, 5 * PIXELS), (v) => v / 255),
  );
});

const draws = (ranges: AugmentationRanges): Augmentation[] =>
  Array.from({ length: 4000 }, (_, i) => drawAugmentation(ranges, randomStream(5, 'test', i), 48));

test('changes fill their ranges and stay inside', () => {
  const all = draws(ALL);
  const spans: [keyof Augmentation, number, number][] = [
    ['rotationDegrees', -10, 10],
    ['shiftX', -4.8, 4.8],
    ['shiftY', -4.8, 4.8],
    ['zoom', 0.9, 1.1],
    ['brightness', 0.8, 1.2],
    ['contrast', 0.7, 1.3],
  ];
  for (const [field, low, high] of spans) {
    const values = all.map((one) => one[field] as number);
    const margin = (high - low) / 100;
    assert.ok(Math.min(...values) >= low && Math.min(...values) < low + margin, `${field} low`);
    assert.ok(Math.max(...values) <= high && Math.max(...values) > high - margin, `${field} high`);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(mean - (low + high) / 2) < 3 * margin, `${field} mean ${mean}`);
  }
});

test('half of the images are flipped, and the square lies anywhere', () => {
  const all = draws(ALL);
  const flipped = all.filter((one) => one.isFlipped).length / all.length;
  assert.ok(Math.abs(flipped - 0.5) < 0.03, `${flipped} flipped`);
  for (const axis of ['x', 'y'] as const) {
    const corners = all.map((one) => one.cutout![axis]);
    assert.deepEqual([Math.min(...corners), Math.max(...corners)], [-4, 43], axis);
  }
});

test('what is turned off is not drawn', () => {
  for (const one of draws(NO_AUGMENTATION)) {
    const { rotationDegrees, shiftX, shiftY } = one;
    const positive = { rotationDegrees: rotationDegrees + 0, shiftX: shiftX + 0, shiftY: shiftY + 0 }; // -0 is 0
    assert.deepEqual({ ...one, ...positive }, UNCHANGED);
  }
});

test('to turn one change off leaves the others as they were', () => {
  const without = draws({ ...ALL, rotationDegrees: 0, flip: false });
  for (const [i, one] of draws(ALL).entries())
    assert.deepEqual(without[i], { ...one, rotationDegrees: without[i]!.rotationDegrees, isFlipped: false });
});
