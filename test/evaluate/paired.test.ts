import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareModels } from '../../src/evaluate/paired';
import type { Predictions } from '../../src/run/predictions';

/** Predictions of ten images of class 0 that call them what is given. */
function calling(classes: readonly number[], firstRow = 0): Predictions {
  const probabilities = new Float32Array(7 * classes.length);
  for (const [i, label] of classes.entries()) probabilities[7 * i + label] = 1;
  const rows = Uint32Array.from(classes, (_, i) => firstRow + i);
  return { part: 'validation', rows, labels: new Uint8Array(classes.length), probabilities };
}

test('the difference of two models and its interval, worked out by hand', () => {
  const first = calling([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
  const second = calling([0, 0, 0, 0, 0, 2, 0, 0, 0, 1]);
  const { difference, interval, onlyFirst, onlySecond } = compareModels(first, second);
  assert.deepEqual([onlyFirst, onlySecond, difference], [1, 3, 0.2]);
  // Standard error: sqrt(1 + 3 - (3 - 1)^2 / 10) / 10 = 0.18974.
  const half = 1.959964 * 0.1897367;
  assert.ok(Math.abs(interval[0] - (0.2 - half)) < 1e-6 && Math.abs(interval[1] - (0.2 + half)) < 1e-6);
});

test('models that predicted different images are not compared', () => {
  assert.throws(() => compareModels(calling([0, 0]), calling([0, 0], 1)), /different images/);
  assert.throws(() => compareModels(calling([0, 0]), calling([0])), /different images/);
});
