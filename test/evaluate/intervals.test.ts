import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tally } from '../../src/evaluate/confusion';
import { evaluatePredictions, metricIntervals } from '../../src/evaluate/evaluation';
import {
  bootstrapIntervals,
  type ConfidenceInterval,
  f1Interval,
  wilsonInterval,
} from '../../src/evaluate/intervals';
import { computeMetrics } from '../../src/evaluate/metrics';
import { fixturePredictions, reference } from './fixtures';

const near = (actual: ConfidenceInterval, expected: ConfidenceInterval, tolerance: number) =>
  assert.ok(
    actual.every((end, i) => Math.abs(end - expected[i]!) <= tolerance),
    `${actual} instead of ${expected}`,
  );
const contains = ([low, high]: ConfidenceInterval, value: number) => low <= value && value <= high;

test("Wilson's interval agrees with scipy", () => {
  for (const [hits, trials, low, high] of reference().wilson)
    near(wilsonInterval(hits, trials), [low, high], 1e-12);
  assert.deepEqual(wilsonInterval(0, 0), [0, 1]);
  assert.equal(wilsonInterval(0, 55)[0], 0);
  assert.equal(wilsonInterval(55, 55)[1], 1);
});

test("F1's interval is Wilson's of TP / (TP + FP + FN), mapped", () => {
  const [low, high] = wilsonInterval(30, 50);
  assert.deepEqual(f1Interval(30, 50), [(2 * low) / (1 + low), (2 * high) / (1 + high)]);
  assert.ok(contains(f1Interval(30, 50), (2 * 30) / (30 + 50)));
  assert.ok(f1Interval(55, 55)[0] < 0.97, 'a perfect class of 55 images is not certain to be perfect');
  assert.deepEqual(f1Interval(0, 0), [0, 1]);
});

test('the bootstrap agrees with numpy and depends on its seed alone', () => {
  const { confusion } = evaluatePredictions(fixturePredictions('test'));
  const macroF1 = (seed: number) => bootstrapIntervals(confusion, seed, ({ macro }) => [macro.f1])[0]!;
  // 1,000 draws against 20,000: the ends of a spread of .1 move by some thousandths.
  near(macroF1(1), reference().macroF1Bootstrap, 0.008);
  assert.deepEqual(macroF1(1), macroF1(1));
  assert.notDeepEqual(macroF1(1), macroF1(2));
});

test('the interval of each mean is its own, and agrees with numpy', () => {
  const { matrix, means, bootstrap } = reference().uneven;
  const intervals = metricIntervals(matrix, 5) as unknown as Record<string, unknown>;
  const metrics = computeMetrics(tally(matrix)) as unknown as Record<string, unknown>;
  const at = (document: Record<string, unknown>, path: string) =>
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
  for (const [name, value] of Object.entries(means)) {
    assert.ok(Math.abs((at(metrics, name) as number) - value) < 1e-12, name);
    near(at(intervals, name) as ConfidenceInterval, bootstrap[name]!, 0.008);
  }
});

test('the intervals of a class are those of its own counts', () => {
  const { matrix } = reference().uneven;
  const [first] = metricIntervals(matrix, 0).perClass;
  // 400 hits among 500 of the class and 470 that were called it, in 800 images.
  assert.deepEqual(first, {
    precision: wilsonInterval(400, 470),
    recall: wilsonInterval(400, 500),
    f1: f1Interval(400, 570),
    oneVsRestAccuracy: wilsonInterval(630, 800),
  });
});

test('every interval holds its number, and equal numbers have equal intervals', () => {
  const { metrics, intervals } = evaluatePredictions(fixturePredictions('test'));
  assert.ok(contains(intervals.accuracy, metrics.accuracy));
  assert.deepEqual(intervals.weighted.recall, intervals.accuracy);
  assert.ok(contains(intervals.macroF1OfMeans, metrics.macroF1OfMeans));
  for (const key of ['precision', 'recall', 'f1', 'oneVsRestAccuracy'] as const) {
    for (const [label, ours] of metrics.perClass.entries())
      assert.ok(contains(intervals.perClass[label]![key], ours[key]));
    for (const mean of ['macro', 'weighted'] as const)
      assert.ok(contains(intervals[mean][key], metrics[mean][key]), `${mean} ${key}`);
  }
});

test('the analytic interval of mean one-vs-rest accuracy agrees with the bootstrap', () => {
  const { confusion } = evaluatePredictions(fixturePredictions('test'));
  const [drawn] = bootstrapIntervals(confusion, 3, ({ macro }) => [macro.oneVsRestAccuracy]);
  near(metricIntervals(confusion, 0).macro.oneVsRestAccuracy, drawn!, 0.003);
});

test('a matrix without images, or with one class alone, has intervals too', () => {
  const empty = metricIntervals(
    Array.from({ length: 7 }, () => new Array<number>(7).fill(0)),
    0,
  );
  assert.deepEqual(empty.accuracy, [0, 1]);
  assert.deepEqual(empty.perClass[3]!.f1, [0, 1]);
  const one = Array.from({ length: 7 }, (_, i) => Array.from({ length: 7 }, (_, j) => (i + j === 0 ? 9 : 0)));
  assert.equal(metricIntervals(one, 0).accuracy[1], 1);
});
