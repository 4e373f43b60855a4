import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalQuantile } from '../../src/evaluate/intervals';
import {
  compareModels,
  compareWithMean,
  correctForMany,
  describeDifference,
  formatP,
  noteOnMany,
} from '../../src/evaluate/paired';
import { exactMcNemar, pairedInterval } from '../../src/evaluate/paired-interval';
import type { Predictions } from '../../src/run/predictions';
import { originOf, reference } from './fixtures';

/** Predictions of ten images of class 0 that call them what is given. */
function calling(classes: readonly number[], firstRow = 0): Predictions {
  const probabilities = new Float32Array(7 * classes.length);
  for (const [i, label] of classes.entries()) probabilities[7 * i + label] = 1;
  const rows = Uint32Array.from(classes, (_, i) => firstRow + i);
  return { ...originOf('validation'), rows, labels: new Uint8Array(classes.length), probabilities };
}

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`);

test('two models on ten images: who alone is right, the difference, its interval and its p', () => {
  const first = calling([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
  const second = calling([0, 0, 0, 0, 0, 2, 0, 0, 0, 1]);
  const { images, onlyFirst, onlySecond, difference, interval, p } = compareModels(first, second);
  assert.deepEqual([images, onlyFirst, onlySecond, difference], [10, 1, 3, 0.2]);
  assert.deepEqual(interval, pairedInterval({ images: 10, onlyFirst: 1, onlySecond: 3 }));
  // Of four images, one or fewer and three or more: 2 (1 + 4) / 16.
  near(p, 0.625, 1e-12);
  const swapped = compareModels(second, first);
  assert.equal(swapped.difference, -0.2);
  near(swapped.interval[0], -interval[1], 1e-9);
});

test('the interval agrees with a numerical solution by scipy, and McNemar with its binomial test', () => {
  for (const [images, onlyFirst, onlySecond, level, low, high] of reference().paired) {
    const interval = pairedInterval({ images, onlyFirst, onlySecond }, level);
    near(interval[0], low, 1e-7);
    near(interval[1], high, 1e-7);
  }
  for (const [onlyFirst, onlySecond, p] of reference().mcNemar)
    near(exactMcNemar({ onlyFirst, onlySecond }), p, 1e-10);
});

test('the interval agrees with published values', () => {
  // Fagerland, Lydersen and Laake 2014 (Statistics in Medicine 33:2850): 1 and 7 of 21 pairs.
  const airways = pairedInterval({ images: 21, onlyFirst: 7, onlySecond: 1 });
  assert.deepEqual(
    airways.map((end) => end.toFixed(3)),
    ['-0.517', '-0.026'],
  );
  // R, PropCIs::scoreci.mp(25, 28, 618, 0.9).
  const other = pairedInterval({ images: 618, onlyFirst: 25, onlySecond: 28 }, 0.9);
  assert.deepEqual(
    other.map((end) => end.toFixed(4)),
    ['-0.0148', '0.0247'],
  );
});

test('models that never differ still have an interval', () => {
  const z2 = normalQuantile(0.975) ** 2;
  const { interval, difference, p } = compareModels(calling([0, 1, 1]), calling([0, 1, 2]));
  assert.deepEqual([difference, p], [0, 1]);
  near(interval[0], -z2 / (3 + z2), 1e-9);
  near(interval[1], z2 / (3 + z2), 1e-9);
  assert.deepEqual(describeDifference({ images: 0, onlyFirst: 0, onlySecond: 0 }), {
    images: 0,
    onlyFirst: 0,
    onlySecond: 0,
    difference: 0,
    interval: [-1, 1],
    p: 1,
  });
  assert.equal(pairedInterval({ images: 5, onlyFirst: 0, onlySecond: 5 })[1], 1);
  assert.equal(pairedInterval({ images: 5, onlyFirst: 5, onlySecond: 0 })[0], -1);
});

test('the normal quantile agrees with printed tables', () => {
  for (const [probability, z] of [
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.995, 2.575829303548901],
    [0.025, -1.959963984540054],
    [0.999968329, 4],
  ] as const)
    near(normalQuantile(probability), z, 1e-5);
});

test('comparisons that are read together are corrected for their number', () => {
  // p: 0.001953, 0.0078125 (8 of 8), 0.0625 (5 of 5), 1.
  const counts = [
    [0, 8],
    [0, 10],
    [2, 2],
    [5, 0],
  ] as const;
  const differences = counts.map(([onlyFirst, onlySecond]) =>
    describeDifference({ images: 100, onlyFirst, onlySecond }),
  );
  const corrected = correctForMany(differences);
  const ps = corrected.map(({ correctedP }) => correctedP);
  for (const [i, expected] of [3 * 0.0078125, 4 * 0.001953125, 1, 2 * 0.0625].entries())
    near(ps[i]!, expected, 1e-9);
  for (const [i, { simultaneousInterval, interval }] of corrected.entries()) {
    assert.deepEqual(interval, differences[i]!.interval);
    assert.deepEqual(simultaneousInterval, pairedInterval(differences[i]!, 1 - 0.05 / 4));
    assert.ok(simultaneousInterval[0] < interval[0] && interval[1] < simultaneousInterval[1]);
  }
});

test("Holm's correction never lets a larger p become the smaller one", () => {
  const of = (onlyFirst: number, onlySecond: number) =>
    describeDifference({ images: 100, onlyFirst, onlySecond });
  const ps = correctForMany([of(0, 6), of(0, 6), of(0, 7)]).map(({ correctedP }) => correctedP);
  near(ps[2]!, 3 * 0.015625, 1e-9);
  near(ps[0]!, 2 * 0.03125, 1e-9);
  assert.equal(ps[1], ps[0], 'the second would be 0.03125 by itself');
});

test('the note on several comparisons gives each its corrected interval and p', () => {
  const differences = [
    describeDifference({ images: 100, onlyFirst: 0, onlySecond: 8 }),
    describeDifference({ images: 100, onlyFirst: 5, onlySecond: 0 }),
  ];
  const [first, second] = correctForMany(differences).map(({ simultaneousInterval }) =>
    simultaneousInterval.map((end) => (100 * end).toFixed(2)).join(' to '),
  );
  assert.match(
    noteOnMany([
      ['first', null],
      ['wide', differences[0]!],
      ['deep', differences[1]!],
    ]).join('\n'),
    new RegExp(`2 comparisons .*"wide": ${first} points, p 0.016; "deep": ${second} points, p 0.063\\.$`),
  );
  assert.deepEqual(noteOnMany([['wide', differences[0]!]]), []);
  assert.deepEqual([0.00001, 0.0312, 0.5, 0.999].map(formatP), ['< 0.0001', '0.031', '0.5', '1']);
});

test('a model against the mean of two others, worked out by hand', () => {
  const others = [calling([0, 0, 1, 1]), calling([0, 1, 1, 1])];
  const { images, difference, interval, p } = compareWithMean(others, calling([0, 0, 0, 1]));
  // Gains of 0, 1/2, 1 and 0: mean 3/8, squared distances 11/16, and 1 more for two half images at the ends.
  assert.deepEqual([images, difference], [4, 0.375]);
  const error = Math.sqrt(1.6875) / 6;
  near(interval[0], 0.375 - 1.959963985 * error, 1e-8);
  near(interval[1], 0.375 + 1.959963985 * error, 1e-8);
  near(p, 2 * 0.0416322, 1e-6); // z = 1.73205
  const same = compareWithMean([calling([0, 1])], calling([0, 1]));
  assert.deepEqual([same.difference, same.p], [0, 1]);
  assert.ok(same.interval[0] < -0.1 && same.interval[1] > 0.1);
  assert.throws(() => compareWithMean([calling([0, 0], 1)], calling([0, 0])), /different images/);
});

test('models that predicted different images are not compared', () => {
  assert.throws(() => compareModels(calling([0, 0]), calling([0, 0], 1)), /different images/);
  assert.throws(() => compareModels(calling([0, 0]), calling([0])), /different images/);
});
