import assert from 'node:assert/strict';
import { test } from 'node:test';
import { move, suppress, toSquare, truncate } from '../../src/detect/mtcnn/candidates';

const box = (left: number, top: number, right: number, bottom: number, score = 0) => ({
  ...{ left, top, right, bottom, score },
});

test('the best of overlapping candidates stays, and what overlaps no more than the threshold', () => {
  // 10x10 pixels each with both corners counted; 5 columns are shared: 50 of 150 pixels.
  const [a, b, c] = [box(0, 0, 9, 9, 0.8), box(5, 0, 14, 9, 0.9), box(30, 0, 39, 9, 0.7)];
  assert.deepEqual(suppress([a, b, c], 0.3), [b, c]);
  assert.deepEqual(suppress([a, b, c], 1 / 3), [b, a, c]);
});

test('of the smaller one, a candidate within another one is covered wholly', () => {
  const [outer, inner] = [box(0, 0, 99, 99, 0.9), box(10, 10, 19, 19, 0.8)];
  assert.deepEqual(suppress([outer, inner], 0.7), [outer, inner]);
  assert.deepEqual(suppress([outer, inner], 0.7, 'smaller'), [outer]);
});

test('corners move by shares, squares keep the centre, fractions go towards zero', () => {
  const moved = move(
    box(0, 0, 10, 20),
    { left: 0.1, top: -0.1, right: 0.5, bottom: 0 },
    { width: 10, height: 20 },
  );
  assert.deepEqual(moved, box(1, -2, 15, 20));
  assert.deepEqual(toSquare(moved), box(-3, -2, 19, 20));
  assert.deepEqual(truncate(box(-3.7, 2.9, 4, 5.5)), box(-3, 2, 4, 5));
});
