import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanInterval, studentQuantile } from '../../src/evaluate/mean-interval';
import { MEASURES, type MeasureName } from '../../src/leaklab/measures';

/** Five images of three classes; the third and the fifth are named wrongly, the fifth surely. */
const PREDICTIONS = {
  labels: Uint8Array.of(0, 0, 0, 1, 2),
  probabilities: Float32Array.of(
    ...[0.9, 0.05, 0.05],
    ...[0.6, 0.2, 0.2],
    ...[0.3, 0.4, 0.3],
    ...[0.1, 0.8, 0.1],
    ...[0.7, 0.2, 0.1],
  ),
};

const printed = (name: MeasureName) => MEASURES.find((one) => one.name === name)!.of(PREDICTIONS);
const near = (value: number, wanted: number) => assert.ok(Math.abs(value - wanted) < 1e-9, `${value}`);

test('each measure prints what it says, worked by hand', () => {
  near(printed('accuracy').accuracy, 3 / 5);
  assert.deepEqual(printed('accuracy').confusion, [
    [2, 1, 0],
    [0, 1, 0],
    [1, 0, 0],
  ]);
  near(printed('one-vs-rest').accuracy, (3 / 5 + 4 / 5 + 4 / 5) / 3);
  // Of 15 outputs, the first of the third image, and two of the fifth, are on the wrong side of one half.
  near(printed('binary-accuracy').accuracy, 12 / 15);
  // Without the third image, of which the network is least sure.
  near(printed('filtered-test').accuracy, 3 / 4);
  // The fifth image gets the label 0, the third keeps its own.
  near(printed('relabelled-test').accuracy, 4 / 5);
  assert.deepEqual(printed('relabelled-test').confusion, [
    [3, 1, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  // Three images a class: 2 of 3, 3 of 3, 0 of 3.
  near(printed('balanced-by-copies').accuracy, 5 / 9);
});

test("quantiles of Student's t and the interval of a mean are those of the tables", () => {
  for (const [freedom, wanted] of [
    [1, 12.7062],
    [2, 4.3027],
    [5, 2.5706],
    [30, 2.0423],
  ] as const)
    assert.ok(Math.abs(studentQuantile(0.975, freedom) - wanted) < 1e-4, `${freedom}`);
  const [low, high] = meanInterval([1, 2, 3]);
  near((low + high) / 2, 2);
  assert.ok(Math.abs(high - 2 - 4.3027 / Math.sqrt(3)) < 1e-4);
});
