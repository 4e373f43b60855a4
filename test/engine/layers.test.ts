import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { arrange } from '../../src/engine/arrange';
import { DTYPE } from '../../src/engine/attribute';
import { BatchNorm } from '../../src/engine/layers/batch-norm';
import { Branches } from '../../src/engine/layers/branches';
import { Convolution } from '../../src/engine/layers/convolution';
import { Dense } from '../../src/engine/layers/dense';
import { Flatten } from '../../src/engine/layers/flatten';
import { GlobalMaxPool, GlobalMeanPool } from '../../src/engine/layers/global-pool';
import type { Layer, LayerContext } from '../../src/engine/layers/layer';
import { MaxPool } from '../../src/engine/layers/max-pool';
import { Relu } from '../../src/engine/layers/relu';
import { rowLstm } from '../../src/engine/layers/row-lstm';
import { Sequence } from '../../src/engine/layers/sequence';
import { squeezeExcite } from '../../src/engine/layers/squeeze-excite';
import { convolutionRelu } from '../../src/model/blocks';
import { NO_BFLOAT16 } from './bfloat16';
import {
  assertClose,
  assertMatchesDifferences,
  assertMatchesTfjs,
  layerContext,
  normals,
  type Reference,
  runLayer,
  separated,
} from './gradient-check';

const EPSILON = 1e-3;

interface Case {
  readonly build: (context: LayerContext) => Layer;
  readonly shape: readonly number[];
  readonly reference: Reference;
  readonly x?: Float32Array;
  /** Central differences want a layer without kinks close by. */
  readonly isKinked?: boolean;
}

function convolution(options: {
  stride: number;
  bias: boolean;
  kernelSize?: number;
  relu?: boolean;
}): Case['build'] {
  return (context) => {
    const defaults = { filters: 3, kernelSize: 3, trainable: true, relu: false };
    const layer = new Convolution(context, { ...defaults, ...options });
    layer.bias?.assign(normals(3, 'bias'));
    return layer;
  };
}

const convolve =
  (stride: number): Reference =>
  (x, filter, bias) => {
    const y = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, 'same');
    return bias ? y.add(bias) : y;
  };

function batchNorm(relu: boolean): Case['build'] {
  return (context) => {
    const layer = new BatchNorm(context, { momentum: 0.9, epsilon: EPSILON, relu });
    layer.scale.assign(normals(layer.scale.size, 'scale').map((value) => 1 + 0.3 * value));
    layer.offset.assign(normals(layer.offset.size, 'offset'));
    return layer;
  };
}

const normalise: Reference = (x, scale, offset) => {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return x.sub(mean).div(variance.add(EPSILON).sqrt()).mul(scale!).add(offset!);
};

const maxPool = (size: number, stride: number): Case['reference'] =>
  ((x) => tf.maxPool(x as tf.Tensor4D, size, stride, 'valid')) as Reference;

/** The output after the last row; gates in the order input, forget, candidate, output. */
const lastOfLstm: Reference = (x, kernel, recurrent, bias) => {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const units = recurrent!.shape[0]!;
  let [h, cell]: tf.Tensor[] = [tf.zeros([batch, units]), tf.zeros([batch, units])];
  for (const row of tf.unstack(x.reshape([batch, height, width * channels]), 1)) {
    const sums = tf
      .matMul(row as tf.Tensor2D, kernel as tf.Tensor2D)
      .add(tf.matMul(h!, recurrent!))
      .add(bias!);
    const [input, forget, candidate, output] = tf.split(sums, 4, 1) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    cell = tf
      .sigmoid(forget)
      .mul(cell!)
      .add(tf.sigmoid(input).mul(tf.tanh(candidate)));
    h = tf.sigmoid(output).mul(tf.tanh(cell));
  }
  return h!;
};

const CASES: Record<string, Case> = {
  convolution: {
    build: convolution({ stride: 1, bias: false }),
    shape: [2, 5, 4, 2],
    reference: convolve(1),
  },
  'convolution with bias': {
    build: convolution({ stride: 1, bias: true }),
    shape: [2, 5, 4, 2],
    reference: convolve(1),
  },
  'convolution with stride': {
    build: convolution({ stride: 2, bias: true }),
    shape: [2, 6, 5, 2],
    reference: convolve(2),
  },
  'convolution with bias and ReLU': {
    build: convolution({ stride: 1, bias: true, relu: true }),
    shape: [2, 5, 4, 2],
    reference: (...inputs) => tf.relu(convolve(1)(...inputs)),
    isKinked: true,
  },
  'convolution with ReLU': {
    build: convolution({ stride: 2, bias: false, relu: true }),
    shape: [2, 5, 4, 2],
    reference: (...inputs) => tf.relu(convolve(2)(...inputs)),
    isKinked: true,
  },
  'one-pixel convolution': {
    build: convolution({ stride: 1, bias: false, kernelSize: 1 }),
    shape: [3, 3, 3, 4],
    reference: convolve(1),
  },
  'batch norm': { build: batchNorm(false), shape: [3, 4, 4, 5], reference: normalise },
  'batch norm with ReLU': {
    build: batchNorm(true),
    shape: [3, 4, 4, 16],
    reference: (...inputs) => tf.relu(normalise(...inputs)),
    isKinked: true,
  },
  ReLU: { build: (context) => new Relu(context.inputShape), shape: [2, 3, 3, 2], reference: tf.relu },
  'max pooling': {
    build: (context) => new MaxPool(context, { size: 2, stride: 2 }),
    shape: [2, 4, 6, 3],
    reference: maxPool(2, 2),
  },
  'max pooling that leaves an edge': {
    build: (context) => new MaxPool(context, { size: 2, stride: 2 }),
    shape: [2, 5, 7, 3],
    reference: maxPool(2, 2),
  },
  'max pooling with overlap': {
    build: (context) => new MaxPool(context, { size: 3, stride: 2 }),
    shape: [2, 7, 5, 3],
    reference: maxPool(3, 2),
  },
  'global mean pooling': {
    build: (context) => new GlobalMeanPool(context),
    shape: [2, 3, 4, 5],
    reference: (x) => x.mean([1, 2]),
  },
  'global max pooling': {
    build: (context) => new GlobalMaxPool(context),
    shape: [2, 3, 4, 5],
    reference: (x) => x.max([1, 2]),
  },
  flatten: {
    build: (context) => new Flatten(context),
    shape: [2, 3, 4, 5],
    reference: (x) => x.reshape([2, 60]),
  },
  dense: {
    build: (context) => {
      const layer = new Dense(context, { units: 4, bias: true });
      layer.bias!.assign(normals(4, 'bias'));
      return layer;
    },
    shape: [3, 6],
    reference: (x, kernel, bias) => tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D).add(bias!),
  },
  'squeeze-and-excitation': {
    build: (context) => {
      const layer = squeezeExcite.build({ reduction: 2 }, context);
      for (const variable of layer.variables)
        if (variable.name.endsWith('bias')) variable.assign(normals(variable.size, variable.name));
      return layer;
    },
    shape: [2, 3, 4, 5],
    reference: (x, reduce, reduceBias, expand, expandBias) => {
      const dense = (rows: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
        tf.matMul(rows as tf.Tensor2D, kernel as tf.Tensor2D).add(bias);
      const hidden = tf.relu(dense(x.mean([1, 2]), reduce!, reduceBias!));
      return x.mul(tf.sigmoid(dense(hidden, expand!, expandBias!)).reshape([2, 1, 1, 5]));
    },
  },
  'LSTM over rows': {
    build: (context) => {
      const layer = rowLstm.build({ units: 3 }, context);
      layer.variables[2]!.assign(normals(12, 'bias'));
      return layer;
    },
    shape: [2, 4, 3, 2],
    reference: lastOfLstm,
    x: normals(48, 'rows'),
  },
  'branches that are added': {
    build: (context) => {
      const inner = convolution({ stride: 1, bias: false })({ ...context, inputShape: [4, 4, 3] });
      return new Branches([new Sequence([], [4, 4, 3]), new Sequence([inner], [4, 4, 3])], 'sum');
    },
    shape: [2, 4, 4, 3],
    reference: (x, filter) => x.add(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same')),
  },
  'branches that are joined': {
    build: (context) => new Branches([new GlobalMeanPool(context), new GlobalMaxPool(context)], 'concat'),
    shape: [2, 3, 3, 4],
    reference: (x) => tf.concat([x.mean([1, 2]), x.max([1, 2])], -1),
  },
};

for (const [name, { build, shape, reference, isKinked, x }] of Object.entries(CASES)) {
  const input = x ?? separated(shape.reduce((product, length) => product * length, 1));
  test(`${name}: output and gradients are those of tfjs`, () =>
    assertMatchesTfjs(build, { x: input, shape, reference }));
  test(`${name}: bfloat16 is close to tfjs`, { skip: NO_BFLOAT16 }, () =>
    assertMatchesTfjs(build, { x: input, shape, reference, dtype: DTYPE.bfloat16, tolerance: 0.03 }),
  );
  if (!isKinked) {
    test(`${name}: gradients are those of central differences`, () =>
      assertMatchesDifferences(build, { x: input, shape }));
  }
}

test('without the kernels of oneDNN the ordinary operations give the same', () => {
  for (const [name, { build, shape }] of Object.entries(CASES)) {
    const x = separated(shape.reduce((product, length) => product * length, 1));
    const [fused, plain] = [layerContext(shape.slice(1)), layerContext(shape.slice(1))];
    Object.defineProperty(plain.device, 'hasOneDnn', { value: false });
    const ours = runLayer(build(fused), { device: fused.device, x, shape });
    const theirs = runLayer(build(plain), { device: plain.device, x, shape });
    assertClose(ours.y, theirs.y, { what: `${name}: output`, tolerance: 1e-5 });
    assertClose(ours.dx!, theirs.dx!, { what: `${name}: gradient`, tolerance: 1e-5 });
  }
});

test('the gradient of a bias adds up many pixels in bfloat16 as exactly as in float32', {
  skip: NO_BFLOAT16,
}, () => {
  const [shape, channels] = [[64, 24, 24, 16], 16];
  const size = shape.reduce((product, length) => product * length, 1);
  const dy = normals(size, 'dy').map((value) => value + 0.1);
  const sums = new Float64Array(channels);
  dy.forEach((value, i) => {
    sums[i % channels]! += value;
  });
  for (const hasOneDnn of [true, false]) {
    const context = layerContext(shape.slice(1), DTYPE.bfloat16);
    if (!hasOneDnn) Object.defineProperty(context.device, 'hasOneDnn', { value: false });
    const options = { filters: channels, kernelSize: 1, stride: 1, bias: true, trainable: true, relu: false };
    const input = { device: context.device, x: normals(size, 'x'), shape, dtype: DTYPE.bfloat16 };
    const { variables } = runLayer(new Convolution(context, options), input, () => dy);
    assertClose(variables[1]!, sums, { what: 'gradient by the bias', tolerance: 0.01 });
  }
  const context = layerContext([channels], DTYPE.bfloat16);
  const rows = size / channels;
  const input = { device: context.device, x: normals(size, 'x'), shape: [rows, channels] };
  const layer = new Dense(context, { units: channels, bias: true });
  const { variables } = runLayer(layer, { ...input, dtype: DTYPE.bfloat16 }, () => dy);
  assertClose(variables[1]!, sums, { what: 'gradient by the bias of a dense layer', tolerance: 0.01 });
});

for (const dtype of [DTYPE.float32, DTYPE.bfloat16])
  test(`convolution, bias and ReLU in one operation give the bits of three (type ${dtype})`, {
    skip: dtype === DTYPE.bfloat16 && NO_BFLOAT16,
  }, () => {
    const shape = [4, 12, 12, 16];
    const size = shape.reduce((product, length) => product * length, 1);
    const options = { filters: 32, kernelSize: 3, stride: 1, bias: true, trainable: true, relu: true };
    const [one, three] = [true, false].map((isFused) => {
      const context = layerContext(shape.slice(1), dtype);
      if (!isFused) Object.defineProperty(context.device, 'hasFusedConvolution', { value: false });
      const layer = new Convolution(context, options);
      layer.bias!.assign(normals(32, 'bias'));
      return runLayer(layer, { device: context.device, x: normals(size, 'x'), shape, dtype });
    });
    assert.deepEqual(one, three);
    assert.ok(one!.y.some((value) => value === 0) && one!.y.some((value) => value > 0));
  });

test('the ReLU between two convolutions becomes part of the first', () => {
  const layers = arrange([...convolutionRelu(8), ...convolutionRelu(8), { kind: 'maxPool', size: 2 }]);
  assert.deepEqual(
    layers.map(({ kind, relu }) => [kind, relu]),
    [
      ['convolution', true],
      ['convolution', false],
      ['maxPool', undefined],
      ['relu', undefined],
    ],
  );
});

test('of equal largest values the first takes the gradient of a max pooling', () => {
  const context = layerContext([2, 2, 1]);
  const layer = new MaxPool(context, { size: 2, stride: 2 });
  const { dx } = runLayer(
    layer,
    { device: context.device, x: Float32Array.of(1, 5, 5, 5), shape: [1, 2, 2, 1] },
    () => Float32Array.of(3),
  );
  assert.deepEqual([...dx!], [0, 3, 0, 0]);
});

test('running statistics move by a tenth towards those of the batch', () => {
  const context = layerContext([2, 2, 1]);
  const layer = new BatchNorm(context, { momentum: 0.9, epsilon: EPSILON, relu: false });
  layer.runningMean.assign(Float32Array.of(10));
  layer.runningVariance.assign(Float32Array.of(2));
  runLayer(layer, { device: context.device, x: Float32Array.of(1, 2, 3, 6), shape: [1, 2, 2, 1] });
  // The batch has mean 3 and, with Bessel's correction, variance (4 + 1 + 0 + 9) / 3.
  assertClose(layer.runningMean.values(), [0.9 * 10 + 0.1 * 3], { what: 'mean', tolerance: 1e-6 });
  assertClose(layer.runningVariance.values(), [0.9 * 2 + (0.1 * 14) / 3], {
    what: 'variance',
    tolerance: 1e-6,
  });
});
