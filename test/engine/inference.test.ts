import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Network } from '../../src/engine/network';
import { Trainer } from '../../src/engine/trainer';
import type { ModelDefinition } from '../../src/model/definition';
import { assertClose } from './gradient-check';
import { CLASSES, randomExamples, smallModel } from './small-model';

/** A network whose running statistics have moved away from where they start. */
function trained(): Network {
  const network = Network.build(smallModel(0.25), { seed: 2 });
  const optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } as const;
  const trainer = new Trainer(network, { optimizer, seed: 0 });
  for (let step = 0; step < 8; step++) {
    trainer.step({ ...randomExamples(16, step), learningRate: 0.05, step });
  }
  trainer.dispose();
  return network;
}

test('probabilities are the softmax of the logits', () => {
  const network = trained();
  const { images } = randomExamples(3);
  const logits = network.logits(images);
  const probabilities = network.predict(images);
  for (let i = 0; i < 3; i++) {
    const row = Array.from(logits.subarray(i * CLASSES, (i + 1) * CLASSES), Math.exp);
    const total = row.reduce((sum, value) => sum + value);
    const expected = row.map((value) => value / total);
    assertClose(probabilities.subarray(i * CLASSES, (i + 1) * CLASSES), expected, {
      what: `row ${i}`,
      tolerance: 1e-5,
    });
  }
  network.dispose();
});

test('the batch size changes nothing, nor does a last batch that is not full', () => {
  const network = trained();
  const { images } = randomExamples(11);
  const whole = network.predict(images);
  assert.equal(whole.length, 11 * CLASSES);
  for (const batchSize of [1, 4, 11, 50]) {
    assertClose(network.predict(images, { batchSize }), whole, { what: `${batchSize}`, tolerance: 1e-5 });
  }
  assert.equal(network.predict(new Float32Array(0)).length, 0);
  network.dispose();
});

test('saved weights give the same predictions in another network, to the bit', () => {
  const [network, other] = [trained(), Network.build(smallModel(0.25), { seed: 7 })];
  const { images } = randomExamples(4);
  const before = other.predict(images);
  other.setWeights(network.weights());
  assert.deepEqual(other.predict(images), network.predict(images));
  assert.notDeepEqual(other.predict(images), before);
  network.dispose();
  other.dispose();
});

test('bfloat16 predicts nearly what float32 predicts', () => {
  const network = trained();
  const rounded = Network.build(smallModel(0.25), { seed: 0, precision: 'bfloat16' });
  rounded.setWeights(network.weights());
  const { images } = randomExamples(20);
  const [expected, actual] = [network.predict(images), rounded.predict(images)];
  actual.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]!) < 0.02, `${value} ${expected[i]}`);
  });
  network.dispose();
  rounded.dispose();
});

test('layers that do not fit together are refused', () => {
  const build = (layers: ModelDefinition['layers']) =>
    Network.build({ name: 'odd', inputShape: [4, 4, 1], classes: 3, layers }, { seed: 0 });
  assert.throws(
    () => build([{ kind: 'flatten' }, { kind: 'dense', units: 4 }]),
    /ends in shape \[4\] instead of \[3\]/,
  );
  assert.throws(
    () => build([{ kind: 'residual', layers: [{ kind: 'maxPool', size: 2 }] }]),
    /residual-1 changes the image size/,
  );
});
