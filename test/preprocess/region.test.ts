import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareRegion } from '../../src/preprocess/prepare-picture';
import { cutRegion } from '../../src/preprocess/region';

/** A grey picture whose level tells column and row. */
const picture = (width: number, height: number) => ({
  pixels: Uint8Array.from({ length: width * height }, (_, i) => (i % width) * 10 + Math.floor(i / width)),
  ...{ width, height, channels: 1 as const, notes: [] },
});

const rows = (pixels: Uint8Array, side: number) =>
  Array.from({ length: side }, (_, row) => [...pixels.subarray(row * side, (row + 1) * side)]);

test('a level region takes the pixels as they are, and repeats the edge outside', () => {
  const all = picture(4, 4);
  const inside = cutRegion(all, { x: 2, y: 2, side: 2, angle: 0 });
  assert.deepEqual(rows(inside.pixels, 2), [
    [11, 21],
    [12, 22],
  ]);
  const corner = cutRegion(all, { x: 0, y: 0, side: 2, angle: 0 });
  assert.deepEqual(rows(corner.pixels, 2), [
    [0, 0],
    [0, 0],
  ]);
});

test('a region that is tilted by a quarter turn is read from its own upper edge', () => {
  // Its upper edge points down the picture, so the picture comes out turned to the left.
  const turned = cutRegion(picture(4, 4), { x: 2, y: 2, side: 2, angle: Math.PI / 2 });
  assert.deepEqual(rows(turned.pixels, 2), [
    [21, 22],
    [11, 12],
  ]);
});

test('a region of the side that is asked for keeps every level', async () => {
  const all = picture(10, 6);
  const grey = await prepareRegion(all, { x: 5, y: 3, side: 6, angle: 0 }, 6);
  assert.deepEqual(rows(grey, 6)[1], [21, 31, 41, 51, 61, 71]);
});

test('three channels become grey, and a large region is scaled to the side', async () => {
  const pixels = Uint8Array.from({ length: 100 * 100 * 3 }, (_, i) => [255, 0, 0][i % 3]!);
  const red = { pixels, width: 100, height: 100, channels: 3 as const, notes: [] };
  const grey = await prepareRegion(red, { x: 50, y: 50, side: 80, angle: 0.3 }, 48);
  assert.equal(grey.length, 48 * 48);
  // Relative luminance 0.2126 on the sRGB curve.
  assert.ok(grey.every((level) => Math.abs(level - 127) <= 1));
});

test('between pixels, the level is interpolated and rounded to the nearest', () => {
  const two = { pixels: Uint8Array.of(0, 10, 3, 14), width: 2, height: 2, channels: 1 as const };
  // A quarter of the way across and three quarters down: 2.5 above, 5.75 below, 4.9375 between.
  const { pixels } = cutRegion(two, { x: 0.75, y: 1.25, side: 1, angle: 0 });
  assert.deepEqual([...pixels], [5]);
});
