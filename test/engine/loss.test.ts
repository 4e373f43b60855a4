import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countCorrect,
  imageWeights,
  mixedTargets,
  smoothedTargets,
  taughtTargets,
} from '../../src/engine/loss';
import { Network } from '../../src/engine/network';
import { Trainer, type TrainerOptions, type TrainingBatch } from '../../src/engine/trainer';
import { assertClose } from './gradient-check';

test('label smoothing takes from the label and gives to all', () => {
  const targets = smoothedTargets(Uint8Array.of(2, 0), 4, 0.2);
  assertClose(targets, [0.05, 0.05, 0.85, 0.05, 0.85, 0.05, 0.05, 0.05], {
    what: 'targets',
    tolerance: 1e-6,
  });
  assert.deepEqual([...smoothedTargets(Uint8Array.of(1), 3, 0)], [0, 1, 0]);
});

test('the targets of a mixed image are those of both labels, in proportion', () => {
  const mixed = { partners: Uint32Array.of(1, 0), shares: Float32Array.of(0.75, 1) };
  const targets = mixedTargets(smoothedTargets(Uint8Array.of(2, 0), 4, 0.2), mixed);
  const expected = [0.25, 0.05, 0.65, 0.05, 0.85, 0.05, 0.05, 0.05];
  assertClose(targets, expected, { what: 'targets', tolerance: 1e-6 });
});

test('a share of each target is what the teacher says, the rest what the label says', () => {
  const taught = { probabilities: Float32Array.of(0.1, 0.6, 0.3, 0.2, 0.3, 0.5), share: 0.75 };
  const targets = taughtTargets(smoothedTargets(Uint8Array.of(2, 0), 3, 0), taught);
  assertClose(targets, [0.075, 0.45, 0.475, 0.4, 0.225, 0.375], { what: 'targets', tolerance: 1e-6 });
});

test('class weights are shares of the batch', () => {
  const weights = imageWeights(Uint8Array.of(0, 1, 1), [2, 3]);
  assertClose(weights, [2 / 8, 3 / 8, 3 / 8], { what: 'weights', tolerance: 1e-6 });
  assertClose(imageWeights(Uint8Array.of(0, 1), undefined), [0.5, 0.5], { what: 'even', tolerance: 1e-6 });
});

test('correct answers are counted, and none of those that are not numbers', () => {
  assert.equal(countCorrect(Float32Array.of(1, 3, 2, 5, 0, 1), Uint8Array.of(1, 2)), 1);
  assert.equal(countCorrect(Float32Array.of(Number.NaN, 3, 2), Uint8Array.of(0)), 0);
});

/** Loss of two images with logits (ln 3, 0): probabilities 3/4 and 1/4, labels 0 and 1. */
function lossOfKnownLogits(options: Partial<TrainerOptions>, targets: Partial<TrainingBatch> = {}): number {
  const network = Network.build(
    {
      name: 'known',
      inputShape: [1, 1, 1],
      classes: 2,
      layers: [{ kind: 'flatten' }, { kind: 'dense', units: 2 }],
    },
    { seed: 1 },
  );
  const [kernel, bias] = network.weights();
  network.setWeights([
    { ...kernel!, values: new Float32Array(2) },
    { ...bias!, values: Float32Array.of(Math.log(3), 0) },
  ]);
  const optimizer = { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 } as const;
  const trainer = new Trainer(network, { optimizer, seed: 0, ...options });
  const batch = {
    images: new Float32Array(2),
    labels: Uint8Array.of(0, 1),
    learningRate: 0,
    step: 0,
    ...targets,
  };
  const { loss } = trainer.step(batch);
  trainer.dispose();
  network.dispose();
  return loss;
}

test('the loss is the mean negative log probability, smoothed and weighted', () => {
  const [likely, unlikely] = [-Math.log(3 / 4), -Math.log(1 / 4)];
  const close = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}`);
  close(lossOfKnownLogits({}), (likely + unlikely) / 2);
  close(lossOfKnownLogits({ classWeights: [3, 1] }), (3 * likely + unlikely) / 4);
  const mixed = { partners: Uint32Array.of(1, 1), shares: Float32Array.of(0.7, 1) };
  close(lossOfKnownLogits({}, { mixed }), (0.7 * likely + 0.3 * unlikely + unlikely) / 2);
  // Half of each target is a teacher's that is sure of the other class.
  const taught = { probabilities: Float32Array.of(0, 1, 1, 0), share: 0.5 };
  const even = (likely + unlikely) / 2;
  close(lossOfKnownLogits({}, { taught }), even);
  const halfMixed = { partners: Uint32Array.of(0, 0), shares: Float32Array.of(1, 0.5) };
  close(
    lossOfKnownLogits({ labelSmoothing: 0 }, { taught: { ...taught, share: 1 }, mixed: halfMixed }),
    (unlikely + even) / 2,
  );
  // With a tenth spread over two classes each target is 0.95 and 0.05.
  const smoothed = (label: number, other: number) => 0.95 * label + 0.05 * other;
  const both = smoothed(likely, unlikely) + smoothed(unlikely, likely);
  close(lossOfKnownLogits({ labelSmoothing: 0.1 }), both / 2);
});
