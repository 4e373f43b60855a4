import type * as tf from '@tensorflow/tfjs-node';
import { type Attribute, attribute, DTYPE, ONEDNN_KERNEL } from '../attribute';
import { Device } from '../device';
import { tensorflow } from '../tensorflow';

type Gradients = ReturnType<tf.GradFunc>;
type Saved = Parameters<tf.GradFunc>[1];
type Attributes = Parameters<tf.GradFunc>[2];

/** The part of tfjs-node's backend that runs an operation on tfjs's own tensors. */
interface Backend {
  executeSingleOutput(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.Tensor[],
  ): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
}

const FLOAT = attribute.type('T', DTYPE.float32);
const NHWC = attribute.string('data_format', 'NHWC');

const backend = () => tensorflow().backend() as unknown as Backend;

/**
 * A gradient on native operations, or null where it does not apply.
 * @param saved the tensors that tfjs's own gradient of this kernel keeps, in its order
 */
type NativeGradient = (
  dy: tf.Tensor,
  saved: readonly tf.Tensor[],
  attributes: Attributes,
) => Gradients | null;

/**
 * Makes ordinary tfjs models train faster: from here on the gradients of ReLU, max pooling, batch norm and bias
 * call one native operation each, where tfjs composes them of many. Gradients of gradients, other backends and
 * cases that the native operations do not cover keep tfjs's own formulas. Returns a function that undoes it.
 */
export function registerNativeGradients(): () => void {
  const { Relu, FusedBatchNorm, Add, MaxPool } = tensorflow();
  const undo = [
    replaceGradient(Relu, reluGradient),
    replaceGradient(FusedBatchNorm, batchNormGradient),
    replaceGradient(Add, biasGradient),
  ];
  if (new Device().hasOneDnn) undo.push(replaceGradient(MaxPool, maxPoolGradient));
  return () => {
    for (const restore of undo) restore();
  };
}

function replaceGradient(kernelName: string, native: NativeGradient): () => void {
  const { getBackend, getGradient, registerGradient, unregisterGradient } = tensorflow();
  const stock = getGradient(kernelName);
  const gradFunc = (dy: tf.Tensor | tf.Tensor[], saved: Saved, attributes: Attributes): Gradients => {
    const single = dy as tf.Tensor;
    const applies = getBackend() === 'tensorflow' && !isTapeOn() && single.dtype === 'float32';
    return (applies && native(single, saved, attributes)) || stock.gradFunc(dy, saved, attributes);
  };
  unregisterGradient(kernelName);
  registerGradient({ ...stock, gradFunc });
  return () => {
    unregisterGradient(kernelName);
    registerGradient(stock);
  };
}

/** Whether a gradient is itself being differentiated: then each of its operations must have a gradient in tfjs. */
function isTapeOn(): boolean {
  return tensorflow().engine().state.gradientDepth > 0;
}

/** Saved: the input. */
const reluGradient: NativeGradient = (dy, [x]) => ({
  x: () => backend().executeSingleOutput('ReluGrad', [FLOAT], [dy, tensorflow().cast(x!, 'float32')]),
});

/** Saved: both terms. Applies where the second is a vector along the last axis of the first. */
const biasGradient: NativeGradient = (dy, [a, b]) => {
  if (b!.rank !== 1 || a!.rank < 2 || b!.size !== a!.shape.at(-1)) return null;
  return {
    a: () => dy.clone(),
    b: () => backend().executeSingleOutput('BiasAddGrad', [FLOAT, NHWC], [dy]),
  };
};

/** Saved: input and output. The pooling is run once more to learn which pixels were largest. */
const maxPoolGradient: NativeGradient = (dy, [x, y], attributes) => {
  const { filterSize, strides, pad } = attributes as unknown as tf.MaxPoolAttrs;
  if ((pad !== 'valid' && pad !== 'same') || x!.dtype !== 'float32') return null;
  const window = (value: number | [number, number]) => {
    const [height, width] = typeof value === 'number' ? [value, value] : value;
    return [1, height, width, 1];
  };
  const pooling = [
    FLOAT,
    attribute.int('ksize', window(filterSize)),
    attribute.int('strides', window(strides)),
    attribute.string('padding', pad.toUpperCase()),
    NHWC,
    attribute.bool('workspace_enabled', true),
    ONEDNN_KERNEL,
  ];
  return {
    x: () => {
      const [, positions] = backend().executeMultipleOutputs('_MklNativeMaxPool', pooling, [x!], 2);
      return backend().executeSingleOutput('_MklNativeMaxPoolGrad', pooling, [x!, y!, dy, positions!]);
    },
  };
};

/**
 * Saved: input, mean, variance and scale. tfjs differentiates by mean and variance too, since it computes them
 * outside of this kernel: with r = 1 / sqrt(variance + epsilon), d mean = -scale r d offset and
 * d variance = -scale r^2 d scale / 2.
 */
const batchNormGradient: NativeGradient = (dy, [x, mean, variance, scale], attributes) => {
  const { varianceEpsilon } = attributes as unknown as tf.FusedBatchNormAttrs;
  if (!scale || mean!.rank !== 1 || x!.rank !== 4 || x!.dtype !== 'float32') return null;
  const normalisation = [
    FLOAT,
    attribute.type('U', DTYPE.float32),
    attribute.float('epsilon', varianceEpsilon),
    NHWC,
    attribute.bool('is_training', false),
  ];
  const { add, rsqrt, tensor1d } = tensorflow();
  const inputs = [dy, x!, scale, mean!, variance!, tensor1d([])];
  const outputs = backend().executeMultipleOutputs('FusedBatchNormGradV3', normalisation, inputs, 5);
  const [dx, dScale, dOffset] = outputs as [tf.Tensor, tf.Tensor, tf.Tensor];
  const root = rsqrt(add(variance!, varianceEpsilon));
  return {
    x: () => dx,
    scale: () => dScale,
    offset: () => dOffset,
    mean: () => dOffset.mul(scale).mul(root).neg(),
    variance: () => dScale.mul(scale).mul(root.square()).mul(-0.5),
  };
};
