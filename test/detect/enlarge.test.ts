import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enlarge } from '../../src/detect/mtcnn/enlarge';

/** A picture of 4x3 pixels: red tells the column, green the row, blue is 9. */
const PICTURE = {
  pixels: Uint8Array.from({ length: 3 * 4 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [1 + (pixel % 4), 1 + Math.floor(pixel / 4), 9][i % 3]!;
  }),
  width: 4,
  height: 3,
};

/** The pixels that a region of 3x2 has in its own size, as `column,row`, or `black`; columns first. */
function pixelsOf(left: number, top: number): string[] {
  const levels = enlarge(PICTURE, { left, top, width: 3, height: 2 }, { width: 3, height: 2 });
  return Array.from({ length: 6 }, (_, i) => {
    const [red, green, blue] = levels.subarray(3 * i, 3 * i + 3);
    return blue === 0 ? 'black' : `${red! - 1},${green! - 1}`;
  });
}

test('a region lies where it is asked for, and is black over every edge', () => {
  assert.deepEqual(pixelsOf(1, 1), ['1,1', '1,2', '2,1', '2,2', '3,1', '3,2']);
  assert.deepEqual(pixelsOf(-1, -1), ['black', 'black', 'black', '0,0', 'black', '1,0']);
  assert.deepEqual(pixelsOf(2, 2), ['2,2', 'black', '3,2', 'black', 'black', 'black']);
  assert.deepEqual(new Set(pixelsOf(9, 9)), new Set(['black']));
});

test('twice the size repeats each pixel', () => {
  const levels = enlarge(PICTURE, { left: 0, top: 0, width: 2, height: 1 }, { width: 4, height: 2 });
  const red = Array.from({ length: 8 }, (_, i) => levels[3 * i]);
  assert.deepEqual(red, [1, 1, 1, 1, 2, 2, 2, 2]);
});
