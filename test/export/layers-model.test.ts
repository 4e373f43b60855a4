import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { Network } from '../../src/engine/network';
import { buildLayersModel } from '../../src/export/layers-model';
import { CLASSES, randomExamples, SIZE, smallModel } from '../engine/small-model';

test('a LayersModel with the weights of a network predicts what the network predicts', () => {
  const network = Network.build(smallModel(), { seed: 3, precision: 'float32' });
  const weights = new Map(network.weights().map((weight) => [weight.name, weight]));
  const model = buildLayersModel(smallModel(), (name) => weights.get(name)!);
  const { images } = randomExamples(5);
  const theirs = tf.tidy(() =>
    (model.predict(tf.tensor4d(images, [5, SIZE, SIZE, 1])) as tf.Tensor).dataSync(),
  );
  const ours = network.predict(images);
  assert.equal(theirs.length, 5 * CLASSES);
  for (const [k, probability] of ours.entries()) assert.ok(Math.abs(probability - theirs[k]!) < 1e-5);
  network.dispose();
  model.dispose();
});
