import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { Device } from '../../../src/engine/device';
import { registerNativeGradients } from '../../../src/engine/tfjs/native-gradients';
import { assertClose, normals } from '../gradient-check';

/** A tf.layers model with each kernel whose gradient is replaced. */
function buildModel(padding: 'valid' | 'same'): tf.Sequential {
  const initializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  const model = tf.sequential();
  const convolution = { filters: 4, kernelSize: 3, kernelInitializer: initializer(1) };
  model.add(tf.layers.conv2d({ ...convolution, inputShape: [9, 9, 2], activation: 'relu' }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.maxPooling2d({ poolSize: 2, padding }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 3, kernelInitializer: initializer(2) }));
  return model;
}

function gradients(model: tf.Sequential): { loss: number; byName: Map<string, Float32Array> } {
  const x = tf.tensor4d(normals(3 * 9 * 9 * 2, 'x'), [3, 9, 9, 2]);
  const weigh = tf.tensor2d(normals(9, 'weigh'), [3, 3]);
  const loss = () => (model.apply(x, { training: true }) as tf.Tensor).tanh().mul(weigh).sum() as tf.Scalar;
  const { value, grads } = tf.variableGrads(loss);
  const byName = new Map(Object.entries(grads).map(([name, g]) => [name, g.dataSync() as Float32Array]));
  const result = { loss: value.dataSync()[0]!, byName };
  tf.dispose([value, x, weigh, grads]);
  return result;
}

for (const padding of ['valid', 'same'] as const) {
  test(`a tf.layers model keeps its gradients, pooling padded ${padding}`, () => {
    const model = buildModel(padding);
    const stock = gradients(model);
    const undo = registerNativeGradients();
    try {
      const native = gradients(model);
      assert.equal(native.loss, stock.loss);
      assert.equal(native.byName.size, 6);
      for (const [name, expected] of stock.byName) {
        assertClose(native.byName.get(name)!, expected, { what: name, tolerance: 1e-4 });
      }
    } finally {
      undo();
    }
  });
}

/** Names of the operations that tfjs's backend runs during `fn`. */
function operationsOf(fn: () => void): Set<string> {
  const names = new Set<string>();
  type Execute = (name: string, ...rest: unknown[]) => unknown;
  const backend = tf.backend() as unknown as Record<string, Execute>;
  const methods = ['executeSingleOutput', 'executeMultipleOutputs'];
  for (const method of methods) {
    const original = backend[method]!;
    backend[method] = (name, ...rest) => {
      names.add(name);
      return original.call(backend, name, ...rest);
    };
  }
  try {
    fn();
  } finally {
    for (const method of methods) delete backend[method];
  }
  return names;
}

test('the native operations really run, and undoing brings the stock gradients back', () => {
  const stock = tf.getGradient(tf.Relu);
  const model = buildModel('valid');
  const undo = registerNativeGradients();
  const native = operationsOf(() => gradients(model));
  undo();
  const pooling = new Device().hasOneDnn ? '_MklNativeMaxPoolGrad' : 'MaxPoolGrad';
  for (const name of ['ReluGrad', 'BiasAddGrad', 'FusedBatchNormGradV3', pooling]) {
    assert.ok(native.has(name), name);
  }
  assert.ok(!operationsOf(() => gradients(model)).has('ReluGrad'));
  assert.equal(tf.getGradient(tf.Relu), stock);
});

test('gradients of gradients still work', () => {
  const undo = registerNativeGradients();
  try {
    // d2/dx2 of relu(x)^3 is 6 x where x > 0.
    const second = tf.grad((x) => tf.grad((z) => tf.relu(z).pow(3))(x));
    assertClose(second(tf.tensor1d([-1, 2, 3])).dataSync(), [0, 12, 18], { what: 'second', tolerance: 1e-5 });
  } finally {
    undo();
  }
});

test('training leaves no tensors behind', () => {
  const undo = registerNativeGradients();
  try {
    const model = buildModel('valid');
    gradients(model);
    const before = tf.memory().numTensors;
    gradients(model);
    assert.equal(tf.memory().numTensors, before);
  } finally {
    undo();
  }
});
