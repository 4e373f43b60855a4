import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyAugmentation } from '../../src/augment/apply';
import { type Augmentation, UNCHANGED } from '../../src/augment/ranges';

const SIDE = 48;
const IMAGE = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
  return (7 * x + 13 * y + 5 * ((x * y) % 31)) % 256;
});

function apply(change: Partial<Augmentation>, source = IMAGE): Float32Array {
  const target = new Float32Array(SIDE * SIDE).fill(Number.NaN);
  applyAugmentation(
    { ...UNCHANGED, ...change },
    { source, sourceOffset: 0, sourceSide: SIDE, target, targetOffset: 0 },
  );
  return target;
}

/** Grey levels of the source, each taken from the place that `from` gives for (x, y). */
function taken(from: (x: number, y: number) => [number, number]): Float32Array {
  const inside = (place: number) => Math.min(SIDE - 1, Math.max(0, place));
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = from(i % SIDE, Math.floor(i / SIDE));
    return IMAGE[inside(y) * SIDE + inside(x)]! / 255;
  });
}

function assertClose(actual: Float32Array, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (const [i, value] of actual.entries())
    assert.ok(Math.abs(value - expected[i]!) <= tolerance, `pixel ${i}: ${value}, not ${expected[i]}`);
}

test('no change gives the grey levels over 255, all 256 of them exactly', () => {
  const levels = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => i % 256);
  assert.deepEqual(
    apply({}, levels),
    Float32Array.from(levels, (level) => level / 255),
  );
});

test('a flip mirrors left and right, and two flips change nothing', () => {
  const flipped = apply({ isFlipped: true });
  assert.deepEqual(
    flipped,
    taken((x, y) => [SIDE - 1 - x, y]),
  );
  const bytes = Uint8Array.from(flipped, (level) => Math.round(255 * level));
  assert.deepEqual(apply({ isFlipped: true }, bytes), apply({}));
});

test('a shift by whole pixels moves right and down and repeats the edge', () => {
  assert.deepEqual(
    apply({ shiftX: 3, shiftY: -2 }),
    taken((x, y) => [x - 3, y + 2]),
  );
});

test('a smaller image takes the grey level between the pixels that it covers', () => {
  const target = new Float32Array(24 * 24);
  const route = { source: IMAGE, sourceOffset: 0, sourceSide: SIDE, target, targetOffset: 0, side: 24 };
  applyAugmentation(UNCHANGED, route);
  const whole = apply({});
  const means = Float32Array.from({ length: 24 * 24 }, (_, i) => {
    const at = 2 * (i % 24) + 2 * Math.floor(i / 24) * SIDE;
    return (whole[at]! + whole[at + 1]! + whole[at + SIDE]! + whole[at + SIDE + 1]!) / 4;
  });
  assertClose(target, means, 1e-6);
  applyAugmentation({ ...UNCHANGED, cutout: { x: 0, y: 44, size: 8 } }, route);
  assert.deepEqual([...target.subarray(22 * 24, 22 * 24 + 4)], [0.5, 0.5, 0.5, 0.5]);
  assert.notEqual(target[22 * 24 + 4], 0.5);
});

test('a quarter turn is clockwise', () => {
  assertClose(
    apply({ rotationDegrees: 90 }),
    taken((x, y) => [y, SIDE - 1 - x]),
    1e-6,
  );
});

test('zoom by 2 shows the middle half', () => {
  // Columns 0 and 255 in turn. Target x lies at 23.5 + (x - 23.5) / 2 = 11.75 + x / 2 in the source:
  // 11.75 is a quarter of column 11 (255), 12.25 a quarter of column 13, 12.75 and 13.25 three quarters of it.
  const stripes = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % 2) * 255);
  const row = apply({ zoom: 2 }, stripes).subarray(0, 4);
  assertClose(row, [0.25, 0.25, 0.75, 0.75], 1e-6);
});

test('brightness is a factor that stops at white', () => {
  const two = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % 2 ? 100 : 240));
  assertClose(apply({ brightness: 1.2 }, two).subarray(0, 2), [1, 120 / 255], 1e-6);
  assertClose(apply({ brightness: 0.5 }, two).subarray(0, 2), [120 / 255, 50 / 255], 1e-6);
});

test('contrast moves grey levels from the mean, brightness multiplies what comes of it', () => {
  const two = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % 2 ? 100 : 140));
  assertClose(apply({ contrast: 1.5 }, two).subarray(0, 2), [150 / 255, 90 / 255], 1e-6);
  assertClose(apply({ contrast: 0.5, brightness: 1.1 }, two).subarray(0, 2), [143 / 255, 121 / 255], 1e-6);
  assertClose(apply({ contrast: 10 }, two).subarray(0, 2), [1, 0], 0);
});

test('cutout greys a square and stops at the border', () => {
  const changed = apply({ cutout: { x: -2, y: 45, size: 6 } });
  const plain = apply({});
  for (let i = 0; i < SIDE * SIDE; i++) {
    const isCut = i % SIDE < 4 && Math.floor(i / SIDE) >= 45;
    assert.equal(changed[i], isCut ? 0.5 : plain[i], `pixel ${i}`);
  }
});

test('turns, zooms and shifts agree with scipy', () => {
  const path = join(__dirname, 'fixtures', 'affine.json');
  const cases = JSON.parse(readFileSync(path, 'utf8')) as (Augmentation & {
    side?: number;
    every: number;
    values: number[];
  })[];
  assert.equal(cases.length, 9);
  for (const { side = SIDE, every, values, ...change } of cases) {
    const target = new Float32Array(side * side);
    const route = { source: IMAGE, sourceOffset: 0, sourceSide: SIDE, target, targetOffset: 0, side };
    applyAugmentation({ ...UNCHANGED, ...change }, route);
    const some = target.filter((_, i) => i % every === 0);
    assertClose(
      some,
      values.map((value) => value / 255),
      2e-6,
    );
  }
});

test('only the asked part of the target is written', () => {
  const target = new Float32Array(3 * SIDE * SIDE).fill(7);
  const route = { source: IMAGE, sourceOffset: 0, sourceSide: SIDE, target, targetOffset: SIDE * SIDE };
  applyAugmentation({ ...UNCHANGED, rotationDegrees: 5, contrast: 1.1 }, route);
  assert.ok(target.subarray(0, SIDE * SIDE).every((value) => value === 7));
  assert.ok(target.subarray(2 * SIDE * SIDE).every((value) => value === 7));
  assert.ok(target.subarray(SIDE * SIDE, 2 * SIDE * SIDE).every((value) => value >= 0 && value <= 1));
});
