import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConfusionMatrix, confusionMatrix, tally } from '../../src/evaluate/confusion';
import { evaluatePredictions } from '../../src/evaluate/evaluation';
import { computeMetrics } from '../../src/evaluate/metrics';
import { predictedClasses } from '../../src/run/predictions';
import { fixturePredictions, type ReferenceFigures, reference } from './fixtures';

const CLASSES = 7;
const metricsOf = (matrix: ConfusionMatrix) => computeMetrics(tally(matrix));
const near = (actual: number, expected: number, what: string) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${what}: ${actual} instead of ${expected}`);

function compare(matrix: ConfusionMatrix, expected: ReferenceFigures): void {
  assert.deepEqual(matrix, expected.confusion);
  const metrics = metricsOf(matrix);
  near(metrics.accuracy, expected.accuracy, 'accuracy');
  for (const [label, ours] of metrics.perClass.entries()) {
    assert.equal(ours.support, expected.support[label]);
    for (const key of ['precision', 'recall', 'f1', 'oneVsRestAccuracy'] as const) {
      near(ours[key], expected[key][label]!, `${key} of class ${label}`);
    }
  }
  for (const mean of ['macro', 'weighted'] as const) {
    for (const key of ['precision', 'recall', 'f1'] as const) {
      near(metrics[mean][key], expected[mean][key], `${mean} ${key}`);
    }
  }
}

test('all metrics agree with scikit-learn', () => {
  const predictions = fixturePredictions('test');
  const predicted = predictedClasses(predictions);
  compare(confusionMatrix(predictions.labels, predicted, CLASSES), reference().asPredicted);
  const neverDisgust = predicted.map((label) => (label === 1 ? 2 : label));
  compare(confusionMatrix(predictions.labels, neverDisgust, CLASSES), reference().neverDisgust);
});

test('three classes worked by hand', () => {
  // Rows are the true classes: 4 of 5 found, 2 of 4 found, 1 of 1 found.
  const metrics = metricsOf([
    [4, 1, 0],
    [1, 2, 1],
    [0, 0, 1],
  ]);
  near(metrics.accuracy, 7 / 10, 'accuracy');
  near(metrics.perClass[0]!.precision, 4 / 5, 'precision');
  near(metrics.perClass[1]!.precision, 2 / 3, 'precision');
  near(metrics.perClass[2]!.precision, 1 / 2, 'precision');
  near(metrics.perClass[1]!.f1, 4 / 7, 'F1');
  near(metrics.perClass[1]!.oneVsRestAccuracy, 7 / 10, 'one-vs-rest accuracy');
  near(metrics.macro.f1, (4 / 5 + 4 / 7 + 2 / 3) / 3, 'macro F1, mean of F1s');
  const [precision, recall] = [(4 / 5 + 2 / 3 + 1 / 2) / 3, (4 / 5 + 1 / 2 + 1) / 3];
  near(metrics.macroF1OfMeans, (2 * precision * recall) / (precision + recall), 'macro F1, of means');
  assert.notEqual(metrics.macroF1OfMeans.toFixed(3), metrics.macro.f1.toFixed(3));
});

test('the two means that accuracy determines', () => {
  const { metrics } = evaluatePredictions(fixturePredictions('test'));
  near(metrics.weighted.recall, metrics.accuracy, 'weighted recall');
  near(metrics.macro.oneVsRestAccuracy, 1 - (2 * (1 - metrics.accuracy)) / CLASSES, 'mean one-vs-rest');
});

test('undefined values are 0, and their n shows it', () => {
  const metrics = metricsOf([
    [3, 0, 0],
    [2, 0, 0],
    [0, 0, 0],
  ]);
  assert.deepEqual(
    metrics.perClass.map(({ support, predicted, precision, recall, f1 }) => [
      support,
      predicted,
      precision,
      recall,
      f1,
    ]),
    [
      [3, 5, 0.6, 1, 0.75],
      [2, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ],
  );
  assert.equal(
    metricsOf([
      [0, 0],
      [0, 0],
    ]).accuracy,
    0,
  );
});

test('the first of equal probabilities is the prediction', () => {
  const probabilities = Float32Array.of(0.1, 0.3, 0.3, 0.3, 0, 0, 0);
  assert.deepEqual([...predictedClasses({ labels: Uint8Array.of(3), probabilities })], [1]);
});
