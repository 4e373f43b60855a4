import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyAugmentation } from '../../src/augment/apply';
import { augmentBatch } from '../../src/augment/batch';
import { type Augmentation, drawAugmentation, UNCHANGED } from '../../src/augment/ranges';
import { viewsOf } from '../../src/augment/views';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { randomStream } from '../../src/random';
import { buildConfig } from '../../src/run/profiles';

const SIDE = 48;
const PIXELS = SIDE * SIDE;
/** Two images, so that a wrong offset shows. */
const IMAGES = Uint8Array.from(
  { length: 2 * PIXELS },
  (_, i) => (7 * (i % SIDE) + 3 * Math.floor(i / SIDE)) % 256,
);
const { augmentation: STRONG } = buildConfig('strong');

/** The grey level at a place between pixels, with the edge repeated. */
function levelAt(image: Uint8Array, x: number, y: number): number {
  const inside = (place: number) => Math.min(SIDE - 1, Math.max(0, place));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  let sum = 0;
  for (const [column, row] of [0, 1].flatMap((dy) => [0, 1].map((dx) => [left + dx, top + dy] as const))) {
    const weight = Math.max(0, 1 - Math.abs(x - column)) * Math.max(0, 1 - Math.abs(y - row));
    sum += weight * image[inside(row) * SIDE + inside(column)]!;
  }
  return sum / 255;
}

/**
 * The change by its definition: each pixel of the small image stands at a middle in the large one; shift, turn, zoom
 * and flip are undone there in this order.
 */
function changedByDefinition(image: Uint8Array, change: Augmentation, side: number): Float64Array {
  const middle = (SIDE - 1) / 2;
  const angle = (change.rotationDegrees * Math.PI) / 180;
  const place = (index: number) => ((index + 0.5) * SIDE) / side - 0.5 - middle;
  const warped = Float64Array.from({ length: side * side }, (_, i) => {
    const [u, v] = [place(i % side) - change.shiftX, place(Math.floor(i / side)) - change.shiftY];
    const x = (Math.cos(angle) * u + Math.sin(angle) * v) / change.zoom;
    const y = (Math.cos(angle) * v - Math.sin(angle) * u) / change.zoom;
    return levelAt(image, middle + (change.isFlipped ? -x : x), middle + y);
  });
  const mean = warped.reduce((sum, value) => sum + value, 0) / warped.length;
  const lit = warped.map((value) => change.brightness * (mean + change.contrast * (value - mean)));
  return lit.map((value, i) => (isCut(change, i, side) ? 0.5 : Math.min(1, Math.max(0, value))));
}

/** Whether the grey square, as large in proportion, covers a pixel of the small image. */
function isCut({ cutout }: Augmentation, i: number, side: number): boolean {
  if (!cutout) return false;
  const scaled = (place: number) => Math.round((place * side) / SIDE);
  const covers = (start: number, at: number) => at >= scaled(start) && at < scaled(start + cutout.size);
  return covers(cutout.x, i % side) && covers(cutout.y, Math.floor(i / side));
}

for (const side of [32, 40, 48]) {
  test(`images of ${side} pixels are those of the definition, wherever they lie in a batch`, () => {
    for (let i = 0; i < 12; i++) {
      const change = drawAugmentation(STRONG, randomStream(9, 'small', i), SIDE);
      const target = new Float32Array(3 * side * side).fill(-1);
      const route = {
        source: IMAGES,
        sourceOffset: PIXELS,
        target,
        targetOffset: side * side,
        side,
        sourceSide: SIDE,
      };
      applyAugmentation(change, route);
      const expected = changedByDefinition(IMAGES.subarray(PIXELS), change, side);
      for (const [k, value] of expected.entries())
        assert.ok(Math.abs(target[side * side + k]! - value) < 1e-5, `change ${i}, pixel ${k}`);
      assert.ok(target.every((value, k) => value >= 0 === (k >= side * side && k < 2 * side * side)));
    }
  });
}

test('a batch of small images draws each change for the full image', () => {
  const side = 32;
  const target = new Float32Array(2 * side * side);
  augmentBatch({ images: IMAGES, spec: FER2013 }, Uint32Array.of(1, 0), target, {
    ranges: STRONG,
    seed: 3,
    epoch: 5,
    side,
  });
  for (const [i, row] of [1, 0].entries()) {
    const change = drawAugmentation(STRONG, randomStream(3, 'augment', 5, row), SIDE);
    const expected = changedByDefinition(IMAGES.subarray(row * PIXELS, (row + 1) * PIXELS), change, side);
    for (const [k, value] of expected.entries())
      assert.ok(Math.abs(target[i * side * side + k]! - value) < 1e-5, `image ${i}, pixel ${k}`);
  }
});

test('the middle of the grey square lies on any row and any column', () => {
  const squares = Array.from(
    { length: 4000 },
    (_, i) => drawAugmentation(STRONG, randomStream(2, 'cut', i), SIDE).cutout!,
  );
  for (const axis of ['x', 'y'] as const) {
    const starts = new Set(squares.map((square) => square[axis]));
    assert.deepEqual([Math.min(...starts), Math.max(...starts), starts.size], [-6, 41, 48]);
  }
  const target = new Float32Array(PIXELS);
  const route = { source: IMAGES, sourceOffset: 0, target, targetOffset: 0, sourceSide: SIDE };
  applyAugmentation({ ...UNCHANGED, cutout: { x: 0, y: -3, size: 6 } }, route);
  assert.ok(target.subarray(0, 6).every((value) => value === 0.5) && target[3 * SIDE] !== 0.5);
});

test('a shift is drawn for each axis by itself', () => {
  const changes = Array.from({ length: 500 }, (_, i) =>
    drawAugmentation(STRONG, randomStream(4, 'shift', i), SIDE),
  );
  for (const axis of ['shiftX', 'shiftY'] as const)
    assert.ok(Math.max(...changes.map((change) => Math.abs(change[axis]))) > 0.9 * 0.08 * SIDE, axis);
  assert.ok(changes.some(({ shiftX, shiftY }) => shiftX * shiftY < 0));
  assert.ok(changes.some(({ zoom }) => zoom < 0.95) && changes.some(({ zoom }) => zoom > 1.05));
});

test('the test-time views, one by one', () => {
  const plain = { rotationDegrees: 0, shiftX: 0, shiftY: 0 };
  const shifts = [{ shiftX: 2 }, { shiftX: -2 }, { shiftY: 2 }, { shiftY: -2 }];
  const turns = [{ rotationDegrees: 4 }, { rotationDegrees: -4 }];
  const both = (changes: object[]) =>
    [false, true].flatMap((isFlipped) => [{}, ...changes].map((one) => ({ ...plain, isFlipped, ...one })));
  const expected = {
    single: [{ ...plain, isFlipped: false }],
    mirror: both([]),
    'mirror-and-shifts': both(shifts),
    'mirror-shifts-and-turns': both([...shifts, ...turns]),
  };
  for (const [name, views] of Object.entries(expected)) {
    const all = viewsOf(name as keyof typeof expected);
    assert.deepEqual(
      all,
      views.map((view) => ({ ...UNCHANGED, ...view })),
    );
  }
});
