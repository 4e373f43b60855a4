import { type Attribute, attribute, type Device, DTYPE, type NativeTensor, ONEDNN_KERNEL } from './device';

// Each function here is one TensorFlow operation under the field's name. Inputs stay the caller's; outputs are
// new tensors that the caller releases. Layout is NHWC throughout.

const NHWC = attribute.string('data_format', 'NHWC');
const typeOf = (tensor: NativeTensor) => attribute.type('T', tensor.dtype);

function convolutionAttributes(dtype: number, stride: number): Attribute[] {
  return [
    attribute.type('T', dtype),
    attribute.int('strides', [1, stride, stride, 1]),
    attribute.bool('use_cudnn_on_gpu', true),
    attribute.string('padding', 'SAME'),
    attribute.int('explicit_paddings', []),
    NHWC,
    attribute.int('dilations', [1, 1, 1, 1]),
  ];
}

/** [b, h, w, c] with filter [k, k, c, f] to [b, h/stride, w/stride, f]; a bias [f] is added if given. */
export function conv2d(
  x: NativeTensor,
  weights: { filter: NativeTensor; bias?: NativeTensor | undefined },
  stride: number,
): NativeTensor {
  const { filter, bias } = weights;
  const attributes = convolutionAttributes(x.dtype, stride);
  if (bias && x.device.hasOneDnn) {
    return x.device.run('_MklNativeConv2DWithBias', [...attributes, ONEDNN_KERNEL], [x, filter, bias]);
  }
  const convolved = x.device.run('Conv2D', attributes, [x, filter]);
  if (!bias) return convolved;
  const y = biasAdd(convolved, bias);
  convolved.release();
  return y;
}

/** Gradient of {@link conv2d} by its input. */
export function conv2dInputGradient(
  dy: NativeTensor,
  filter: NativeTensor,
  input: { shape: readonly number[]; stride: number },
): NativeTensor {
  const sizes = dy.device.constant('int32', input.shape);
  const attributes = convolutionAttributes(dy.dtype, input.stride);
  return dy.device.run('Conv2DBackpropInput', attributes, [sizes, filter, dy]);
}

/** Gradient of {@link conv2d} by its filter. */
export function conv2dFilterGradient(
  dy: NativeTensor,
  x: NativeTensor,
  filter: { shape: readonly number[]; stride: number },
): NativeTensor {
  const sizes = dy.device.constant('int32', filter.shape);
  const attributes = convolutionAttributes(dy.dtype, filter.stride);
  return dy.device.run('Conv2DBackpropFilter', attributes, [x, sizes, dy]);
}

/** Adds `bias` [c] to the last axis. */
export function biasAdd(x: NativeTensor, bias: NativeTensor): NativeTensor {
  return x.device.run('BiasAdd', [typeOf(x), NHWC], [x, bias]);
}

/** Sums over all axes but the last. */
export function biasAddGradient(dy: NativeTensor): NativeTensor {
  return dy.device.run('BiasAddGrad', [typeOf(dy), NHWC], [dy]);
}

export function relu(x: NativeTensor): NativeTensor {
  return x.device.run('Relu', [typeOf(x)], [x]);
}

/** dy where y > 0, else 0; `y` may be the input or the output of {@link relu}. */
export function reluGradient(dy: NativeTensor, y: NativeTensor): NativeTensor {
  return dy.device.run('ReluGrad', [typeOf(dy)], [dy, y]);
}

/** Windows of a pooling, in pixels. */
export interface Window {
  readonly size: number;
  readonly stride: number;
}

function poolAttributes(x: NativeTensor, { size, stride }: Window): Attribute[] {
  return [
    typeOf(x),
    attribute.int('ksize', [1, size, size, 1]),
    attribute.int('strides', [1, stride, stride, 1]),
    attribute.string('padding', 'VALID'),
    NHWC,
  ];
}

const KEEP_POSITIONS = attribute.bool('workspace_enabled', true);

/** Largest value of each window; `positions`, where oneDNN can tell, says in its own form where it stood. */
export function maxPool(
  x: NativeTensor,
  window: Window,
): { y: NativeTensor; positions: NativeTensor | null } {
  const attributes = poolAttributes(x, window);
  if (!x.device.hasOneDnn) return { y: x.device.run('MaxPool', attributes, [x]), positions: null };
  const [y, positions] = x.device.execute(
    '_MklNativeMaxPool',
    [...attributes, KEEP_POSITIONS, ONEDNN_KERNEL],
    [x],
    2,
  );
  return { y: y!, positions: positions! };
}

/** Gradient of {@link maxPool}: all of it goes to the first of the largest values of a window. */
export function maxPoolGradient(
  dy: NativeTensor,
  pooled: { x: NativeTensor; y: NativeTensor; positions: NativeTensor | null },
  window: Window,
): NativeTensor {
  const { x, y, positions } = pooled;
  const attributes = poolAttributes(x, window);
  if (!positions) return dy.device.run('MaxPoolGrad', attributes, [x, y, dy]);
  return dy.device.run(
    '_MklNativeMaxPoolGrad',
    [...attributes, KEEP_POSITIONS, ONEDNN_KERNEL],
    [x, y, dy, positions],
  );
}

/** Enlarges to [b, height, width, c] by repeating pixels. */
export function upsampleNearest(x: NativeTensor, height: number, width: number): NativeTensor {
  return x.device.run(
    'ResizeNearestNeighbor',
    [typeOf(x), attribute.bool('align_corners', false), attribute.bool('half_pixel_centers', false)],
    [x, x.device.constant('int32', [height, width])],
  );
}

/** Product of two matrices, each transposed first if asked. */
export function matMul(
  a: NativeTensor,
  b: NativeTensor,
  transpose: { a?: boolean; b?: boolean } = {},
): NativeTensor {
  return a.device.run(
    'MatMul',
    [
      typeOf(a),
      attribute.bool('transpose_a', transpose.a ?? false),
      attribute.bool('transpose_b', transpose.b ?? false),
    ],
    [a, b],
  );
}

/** Converts to another element type; bfloat16 rounds to nearest even. */
export function cast(x: NativeTensor, dtype: number): NativeTensor {
  return x.device.run(
    'Cast',
    [attribute.type('SrcT', x.dtype), attribute.type('DstT', dtype), attribute.bool('Truncate', false)],
    [x],
  );
}

/** Takes over `x` and returns it in another element type. */
export function convert(x: NativeTensor, dtype: number): NativeTensor {
  if (x.dtype === dtype) return x;
  const converted = cast(x, dtype);
  x.release();
  return converted;
}

/** The same elements under another shape; no copy. */
export function reshape(x: NativeTensor, shape: readonly number[]): NativeTensor {
  return x.device.run(
    'Reshape',
    [typeOf(x), attribute.type('Tshape', DTYPE.int32)],
    [x, x.device.constant('int32', shape)],
  );
}

const binary = (name: string) => (a: NativeTensor, b: NativeTensor) =>
  a.device.run(name, [typeOf(a)], [a, b]);

export const add = binary('AddV2');
export const subtract = binary('Sub');
export const multiply = binary('Mul');
export const divide = binary('RealDiv');
export const greaterEqual = binary('GreaterEqual');

/** Where two tensors are equal, as bool. */
export function equal(a: NativeTensor, b: NativeTensor): NativeTensor {
  return a.device.run('Equal', [typeOf(a), attribute.bool('incompatible_shape_error', true)], [a, b]);
}

function reduction(name: string) {
  return (x: NativeTensor, axes: readonly number[], keepAxes = false): NativeTensor =>
    x.device.run(
      name,
      [typeOf(x), attribute.type('Tidx', DTYPE.int32), attribute.bool('keep_dims', keepAxes)],
      [x, x.device.constant('int32', axes)],
    );
}

export const reduceMax = reduction('Max');
export const reduceMean = reduction('Mean');
export const reduceSum = reduction('Sum');

/** Probabilities from logits, over the last axis. */
export function softmax(logits: NativeTensor): NativeTensor {
  return logits.device.run('Softmax', [typeOf(logits)], [logits]);
}

export interface BatchNormOptions {
  readonly epsilon: number;
  /** Share of the old running statistics that a step keeps. */
  readonly momentum: number;
  /** Puts negative outputs to zero. */
  readonly relu: boolean;
}

export interface BatchNormOutput {
  readonly y: NativeTensor;
  /** The new running mean, by channel. */
  readonly mean: NativeTensor;
  /** The new running variance, by channel; the batch's share has Bessel's correction. */
  readonly variance: NativeTensor;
  /** What the gradient needs: the batch's mean, its variance and a scratch tensor. */
  readonly reserved: readonly [NativeTensor, NativeTensor, NativeTensor];
}

function batchNormAttributes(x: NativeTensor, epsilon: number, training: boolean): Attribute[] {
  return [
    typeOf(x),
    attribute.type('U', DTYPE.float32),
    attribute.float('epsilon', epsilon),
    NHWC,
    attribute.bool('is_training', training),
  ];
}

const WITH_RELU = [
  attribute.int('num_side_inputs', 0),
  attribute.string('activation_mode', 'Relu'),
  ONEDNN_KERNEL,
];

/**
 * Normalises by the batch's own statistics, over all axes but the last.
 * @param parameters scale, offset, running mean and running variance, each [c], float32
 */
export function batchNormTraining(
  x: NativeTensor,
  parameters: readonly NativeTensor[],
  options: BatchNormOptions,
): BatchNormOutput {
  const attributes = [
    ...batchNormAttributes(x, options.epsilon, true),
    attribute.float('exponential_avg_factor', 1 - options.momentum),
  ];
  const isFused = options.relu && x.device.hasOneDnn;
  const [y, mean, variance, reserved1, reserved2, reserved3] = isFused
    ? x.device.execute('_MklNativeFusedBatchNormEx', [...attributes, ...WITH_RELU], [x, ...parameters], 6)
    : x.device.execute('FusedBatchNormV3', attributes, [x, ...parameters], 6);
  return {
    y: options.relu && !isFused ? rectified(y!) : y!,
    mean: mean!,
    variance: variance!,
    reserved: [reserved1!, reserved2!, reserved3!],
  };
}

/** Takes over `x`. */
function rectified(x: NativeTensor): NativeTensor {
  const y = relu(x);
  x.release();
  return y;
}

/** Gradients of {@link batchNormTraining}, without its ReLU, by input, scale and offset. */
export function batchNormGradient(
  dy: NativeTensor,
  x: NativeTensor,
  scale: NativeTensor,
  options: { reserved: BatchNormOutput['reserved']; epsilon: number },
): { dx: NativeTensor; dScale: NativeTensor; dOffset: NativeTensor } {
  const [dx, dScale, dOffset, unused1, unused2] = x.device.execute(
    'FusedBatchNormGradV3',
    batchNormAttributes(x, options.epsilon, true),
    [dy, x, scale, ...options.reserved],
    5,
  );
  unused1!.release();
  unused2!.release();
  return { dx: dx!, dScale: dScale!, dOffset: dOffset! };
}

/** Uniform random bytes, drawn four at a time; the same for the same pair of keys. */
export function randomBytes(
  device: Device,
  shape: readonly number[],
  keys: readonly [number, number],
): NativeTensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const seed = device.upload(Int32Array.from(keys), [2]);
  const words = device.run(
    'StatelessRandomUniformFullInt',
    [
      attribute.type('dtype', DTYPE.int32),
      attribute.type('T', DTYPE.int32),
      attribute.type('Tseed', DTYPE.int32),
    ],
    [device.constant('int32', [Math.ceil(size / 4)]), seed],
  );
  seed.release();
  const quadruples = device.run(
    'Bitcast',
    [attribute.type('T', DTYPE.int32), attribute.type('type', DTYPE.uint8)],
    [words],
  );
  words.release();
  const bytes = reshape(quadruples, [quadruples.size]);
  quadruples.release();
  const enough = bytes.size === size ? bytes.retain() : firstOf(bytes, size);
  bytes.release();
  const shaped = reshape(enough, shape);
  enough.release();
  return shaped;
}

/** A constant number of the given element type, made once for each device. */
export function scalar(device: Device, value: number, dtype: number): NativeTensor {
  return device.cached(`scalar:${dtype}:${value}`, () => {
    const single = device.constant('float32', [value], []);
    return dtype === DTYPE.float32 ? single.retain() : cast(single, dtype);
  });
}

/** Normalises by given statistics: parameters are scale, offset, mean and variance, each [c]. */
export function batchNormInference(
  x: NativeTensor,
  parameters: readonly NativeTensor[],
  epsilon: number,
): NativeTensor {
  const [y, ...rest] = x.device.execute(
    'FusedBatchNormV3',
    batchNormAttributes(x, epsilon, false),
    [x, ...parameters],
    6,
  );
  for (const tensor of rest) tensor.release();
  return y!;
}

/** The first `size` elements of a vector. */
export function firstOf(x: NativeTensor, size: number): NativeTensor {
  const { device } = x;
  return device.run(
    'Slice',
    [typeOf(x), attribute.type('Index', DTYPE.int32)],
    [x, device.constant('int32', [0]), device.constant('int32', [size])],
  );
}

/** Loss of each row, shape [b], and its gradient by the logits, shape [b, classes]; targets are distributions. */
export function softmaxCrossEntropy(
  logits: NativeTensor,
  targets: NativeTensor,
): { loss: NativeTensor; gradient: NativeTensor } {
  const [loss, gradient] = logits.device.execute(
    'SoftmaxCrossEntropyWithLogits',
    [typeOf(logits)],
    [logits, targets],
    2,
  );
  return { loss: loss!, gradient: gradient! };
}

/** Joins along the last axis. */
export function concat(parts: readonly NativeTensor[]): NativeTensor {
  const { device, dtype, shape } = parts[0]!;
  const attributes = [
    attribute.type('T', dtype),
    attribute.int('N', parts.length),
    attribute.type('Tidx', DTYPE.int32),
  ];
  return device.run('ConcatV2', attributes, [...parts, device.constant('int32', [shape.length - 1], [])]);
}

/** Takes the last axis apart into pieces of the given widths; the inverse of {@link concat}. */
export function split(x: NativeTensor, widths: readonly number[]): NativeTensor[] {
  const { device } = x;
  return device.execute(
    'SplitV',
    [typeOf(x), attribute.int('num_split', widths.length), attribute.type('Tlen', DTYPE.int32)],
    [x, device.constant('int32', widths), device.constant('int32', [x.shape.length - 1], [])],
    widths.length,
  );
}
