import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaUnderRisk, riskCoverage } from '../../src/evaluate/risk-coverage';

// Four images, from sure to unsure: right, wrong, right, wrong; stored in another order.
const predictions = {
  labels: Uint8Array.of(1, 0, 1, 0),
  // [0.4, 0.6] right, [0.9, 0.1] right, [0.8, 0.2] wrong, [0.45, 0.55] wrong
  probabilities: Float32Array.of(0.4, 0.6, 0.9, 0.1, 0.8, 0.2, 0.45, 0.55),
};

test('risk counts the errors among the most confident images', () => {
  const points = riskCoverage(predictions);
  assert.deepEqual(
    points.map(({ images, coverage, errors }) => [images, coverage, errors]),
    [
      [1, 0.25, 0],
      [2, 0.5, 1],
      [3, 0.75, 1],
      [4, 1, 2],
    ],
  );
  assert.deepEqual(
    points.map(({ risk }) => risk),
    [0, 1 / 2, 1 / 3, 1 / 2],
  );
  assert.ok(Math.abs(areaUnderRisk(points) - (1 / 2 + 1 / 3 + 1 / 2) / 4) < 1e-12);
});

test('images of equal confidence are taken in their order', () => {
  const points = riskCoverage({
    labels: Uint8Array.of(0, 1),
    probabilities: Float32Array.of(0.7, 0.3, 0.7, 0.3),
  });
  assert.deepEqual(
    points.map(({ errors }) => errors),
    [0, 1],
  );
});

test('nothing is left of no images', () => {
  const empty = { labels: new Uint8Array(0), probabilities: new Float32Array(0) };
  assert.deepEqual(riskCoverage(empty), []);
  assert.equal(areaUnderRisk([]), 0);
});
