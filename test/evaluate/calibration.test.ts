import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationOf } from '../../src/evaluate/calibration';
import { applyTemperature, fitTemperature } from '../../src/predict/temperature';
import { randomStream } from '../../src/random';
import { predictedClasses } from '../../src/run/predictions';
import { fixturePredictions, reference } from './fixtures';

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`);
const predictions = () => fixturePredictions('validation');

/** Sure of class 0 by `confidence`, the rest spread evenly. */
const sure = (confidence: number) => [confidence, ...new Array<number>(6).fill((1 - confidence) / 6)];

test('calibration error, log-likelihood and Brier score agree with numpy', () => {
  const calibration = calibrationOf(predictions());
  near(calibration.expectedCalibrationError, reference().calibrationError, 1e-6);
  near(calibration.negativeLogLikelihood, reference().unscaledLogLoss, 1e-6);
  near(calibration.brierScore, reference().brier, 1e-6);
});

test('four images by hand: sure by .9 and right in half of them', () => {
  const labels = Uint8Array.of(0, 0, 1, 2);
  const probabilities = Float32Array.from([0, 1, 2, 3].flatMap(() => sure(0.9)));
  const { bins, expectedCalibrationError } = calibrationOf({ labels, probabilities });
  near(expectedCalibrationError, 0.4, 1e-6);
  assert.deepEqual(
    bins.flatMap(({ count }, i) => (count ? [i] : [])),
    [13], // of 15 bins, .9 lies in [13/15, 14/15)
  );
  assert.equal(bins[13]!.accuracy, 0.5);
});

test('the floor is the error of a model that is as sure as it is right, on average over its luck', () => {
  const probabilities = Float32Array.from(Array.from({ length: 400 }, () => sure(0.8)).flat());
  const { calibrationFloor } = calibrationOf({ labels: new Uint8Array(400), probabilities });
  // Hits of 400 draws at .8 lie sqrt(2 / pi) * sqrt(400 * .8 * .2) = 6.38 from 320 on average.
  near(calibrationFloor!, 6.3831 / 400, 1e-5);
  assert.equal(
    calibrationOf({ labels: Uint8Array.of(0), probabilities: Float32Array.from(sure(1)) }).calibrationFloor,
    0,
  );
});

test('the floor agrees with drawn luck over all bins', () => {
  const { labels, probabilities } = predictions();
  const stream = randomStream(7, 'luck');
  const draw = () => {
    const drawn = Uint8Array.from(labels.keys(), (i) => {
      const row = probabilities.subarray(7 * i, 7 * i + 7);
      const best = row.indexOf(Math.max(...row));
      return stream.uniform() < row[best]! ? best : (best + 1) % 7;
    });
    return calibrationOf({ labels: drawn, probabilities }).expectedCalibrationError;
  };
  const mean = Array.from({ length: 200 }, draw).reduce((sum, error) => sum + error / 200, 0);
  near(calibrationOf({ labels, probabilities }).calibrationFloor!, mean, 0.004);
});

test('certainty lies in the last bin', () => {
  const { bins } = calibrationOf({ labels: Uint8Array.of(0), probabilities: Float32Array.from(sure(1)) });
  assert.equal(bins.at(-1)!.count, 1);
});

test('the temperature agrees with scipy, lowers the loss and keeps the classes', () => {
  const before = predictions();
  const temperature = fitTemperature(before);
  near(temperature, reference().temperature, 1e-4);
  const after = { ...before, probabilities: applyTemperature(before.probabilities, temperature, 7) };
  near(calibrationOf(after).negativeLogLikelihood, reference().logLossAtTemperature, 1e-6);
  assert.deepEqual(predictedClasses(after), predictedClasses(before));
});

test('temperature 1 changes nothing, and 2 is undone by its inverse', () => {
  const { labels, probabilities } = predictions();
  const largestGap = (other: Float32Array) =>
    Math.max(...other.map((p, i) => Math.abs(p - probabilities[i]!)));
  assert.ok(largestGap(applyTemperature(probabilities, 1, 7)) < 2e-6);
  const flattened = applyTemperature(probabilities, 2, 7);
  near(fitTemperature({ labels, probabilities: flattened }), reference().temperature / 2, 1e-4);
});

test('a model that is never wrong, or never right, gets a finite temperature', () => {
  const probabilities = Float32Array.from([0, 1, 2].flatMap(() => sure(1)));
  near(fitTemperature({ labels: Uint8Array.of(0, 0, 0), probabilities }), 0.01, 1e-6);
  near(fitTemperature({ labels: Uint8Array.of(1, 2, 3), probabilities }), 100, 1e-3);
  assert.equal(fitTemperature({ labels: new Uint8Array(), probabilities: new Float32Array() }), 1);
});
