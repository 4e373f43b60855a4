import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { Network, type Precision } from '../../src/engine/network';
import { Trainer } from '../../src/engine/trainer';
import type { WeightTensor } from '../../src/engine/weights';
import { NO_BFLOAT16 } from './bfloat16';
import { assertClose } from './gradient-check';
import { CLASSES, randomExamples, SIZE, smallModel } from './small-model';

const { images, labels } = randomExamples(6);
const LABEL_SMOOTHING = 0.1;
const CLASS_WEIGHTS = [1, 2, 0.5];

type Weights = Map<string, tf.Tensor>;

/** The small model in stock tfjs. */
function logitsInTfjs(x: tf.Tensor4D, weights: Weights): tf.Tensor {
  const at = (name: string) => weights.get(name)!;
  const conv = (input: tf.Tensor, name: string) =>
    tf.conv2d(input as tf.Tensor4D, at(`${name}/filter`) as tf.Tensor4D, 1, 'same');
  const norm = (input: tf.Tensor, name: string) => {
    const { mean, variance } = tf.moments(input, [0, 1, 2]);
    return input
      .sub(mean)
      .div(variance.add(1e-3).sqrt())
      .mul(at(`${name}/scale`))
      .add(at(`${name}/offset`));
  };
  const dense = (input: tf.Tensor, name: string) =>
    tf.matMul(input as tf.Tensor2D, at(`${name}/kernel`) as tf.Tensor2D).add(at(`${name}/bias`));
  const stem = tf.relu(norm(conv(x, 'convolution-1'), 'batchNorm-1'));
  const pooled = tf.maxPool(stem as tf.Tensor4D, 2, 2, 'valid');
  const block = 'residual-1';
  const inner = tf.relu(norm(conv(pooled, `${block}/convolution-1`), `${block}/batchNorm-1`));
  const second = conv(inner, `${block}/convolution-2`).add(at(`${block}/convolution-2/bias`));
  const shortcut = norm(conv(pooled, `${block}/shortcut/convolution-1`), `${block}/shortcut/batchNorm-1`);
  const sum = tf.relu(shortcut.add(second));
  const features = tf.concat([sum.mean([1, 2]), sum.max([1, 2])], -1);
  return dense(tf.relu(dense(features, 'dense-1')), 'dense-2');
}

function lossInTfjs(logits: tf.Tensor): tf.Scalar {
  const targets = tf
    .oneHot([...labels], CLASSES)
    .mul(1 - LABEL_SMOOTHING)
    .add(LABEL_SMOOTHING / CLASSES);
  const perImage = tf.logSoftmax(logits).mul(targets).sum(-1).neg();
  const weights = tf.tensor1d([...labels].map((label) => CLASS_WEIGHTS[label]!));
  return perImage.mul(weights).sum().div(weights.sum()) as tf.Scalar;
}

function gradientsInTfjs(start: readonly WeightTensor[]): {
  loss: number;
  gradients: Map<string, Float32Array>;
} {
  const weights: Weights = new Map(
    start.map((w) => [w.name, tf.variable(tf.tensor(w.values, [...w.shape]))]),
  );
  const x = tf.tensor4d(images, [labels.length, SIZE, SIZE, 1]);
  const { value, grads } = tf.variableGrads(() => lossInTfjs(logitsInTfjs(x, weights)));
  const names = new Map([...weights].map(([name, variable]) => [(variable as tf.Variable).name, name]));
  const gradients = new Map(
    Object.entries(grads).map(([key, gradient]) => [names.get(key)!, gradient.dataSync() as Float32Array]),
  );
  const loss = value.dataSync()[0]!;
  tf.dispose([value, x, grads, ...weights.values()]);
  return { loss, gradients };
}

/** One step at rate 1 without momentum moves each weight by its gradient. */
function gradientsOfTrainer(precision: Precision): {
  start: WeightTensor[];
  loss: number;
  gradients: Map<string, Float32Array>;
} {
  const network = Network.build(smallModel(), { seed: 3, precision });
  const start = network.weights();
  const trainer = new Trainer(network, {
    optimizer: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 },
    labelSmoothing: LABEL_SMOOTHING,
    classWeights: CLASS_WEIGHTS,
    seed: 0,
  });
  const { loss } = trainer.step({ images, labels, learningRate: 1, step: 0 });
  const end = network.weights();
  const gradients = new Map(
    start.map((w, k) => [w.name, w.values.map((value, i) => value - end[k]!.values[i]!)]),
  );
  trainer.dispose();
  network.dispose();
  return { start, loss, gradients };
}

test("a whole network's loss and gradients are those of tfjs", () => {
  const ours = gradientsOfTrainer('float32');
  const theirs = gradientsInTfjs(ours.start);
  assert.ok(Math.abs(ours.loss - theirs.loss) < 1e-5, `${ours.loss} ${theirs.loss}`);
  assert.equal(theirs.gradients.size, 15);
  for (const [name, expected] of theirs.gradients) {
    assertClose(ours.gradients.get(name)!, expected, { what: name, tolerance: 2e-3 });
  }
});

test('in bfloat16 loss and gradients point the same way', { skip: NO_BFLOAT16 }, () => {
  const ours = gradientsOfTrainer('bfloat16');
  const theirs = gradientsInTfjs(ours.start);
  assert.ok(Math.abs(ours.loss / theirs.loss - 1) < 0.02, `${ours.loss} ${theirs.loss}`);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  for (const [name, expected] of theirs.gradients) {
    const actual = ours.gradients.get(name)!;
    const cosine = dot(actual, expected) / Math.sqrt(dot(actual, actual) * dot(expected, expected));
    assert.ok(cosine > 0.97, `${name}: cosine ${cosine}`);
  }
});
