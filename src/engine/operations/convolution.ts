import { type Attribute, attribute, DTYPE, ONEDNN_KERNEL } from '../attribute';
import type { NativeTensor } from '../device';
import { rectify, reduceSum } from './arithmetic';
import { NHWC, typeOf } from './attributes';

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

/** max(conv2d(x) + bias, 0), in one pass over memory where oneDNN can be called. */
export function conv2dRelu(
  x: NativeTensor,
  weights: { filter: NativeTensor; bias: NativeTensor },
  stride: number,
): NativeTensor {
  const { filter, bias } = weights;
  if (x.device.hasFusedConvolution) {
    const attributes = [
      ...convolutionAttributes(x.dtype, stride),
      ...[attribute.int('num_args', 1), attribute.types('TArgs', [x.dtype])],
      ...[attribute.strings('fused_ops', ['BiasAdd', 'Relu']), attribute.float('epsilon', 1e-4)],
      ...[attribute.float('leakyrelu_alpha', 0.2), ONEDNN_KERNEL],
    ];
    return x.device.run('_MklNativeFusedConv2D', attributes, [x, filter, bias]);
  }
  const convolved = conv2d(x, weights, stride);
  const y = rectify(convolved);
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

/** Gradients of {@link conv2d} by its filter and by its bias. */
export function conv2dWeightGradients(
  dy: NativeTensor,
  x: NativeTensor,
  filter: { shape: readonly number[]; stride: number },
): { filter: NativeTensor; bias: NativeTensor } {
  // In float32 the two apart are as fast.
  if (!dy.device.hasOneDnn || dy.dtype === DTYPE.float32)
    return { filter: conv2dFilterGradient(dy, x, filter), bias: biasAddGradient(dy) };
  const [byFilter, byBias] = dy.device.execute(
    '_MklNativeConv2DBackpropFilterWithBias',
    [
      ...convolutionAttributes(dy.dtype, filter.stride).filter(({ name }) => name !== 'explicit_paddings'),
      ONEDNN_KERNEL,
    ],
    [x, dy.device.constant('int32', filter.shape), dy],
    2,
  );
  return { filter: byFilter!, bias: byBias! };
}

/** Adds `bias` [c] to the last axis. */
export function biasAdd(x: NativeTensor, bias: NativeTensor): NativeTensor {
  return x.device.run('BiasAdd', [typeOf(x), NHWC], [x, bias]);
}

/**
 * Sums over all axes but the last. `BiasAddGrad` is the fastest, but adds up bfloat16 in bfloat16: of a feature map of
 * 128 images it loses a third.
 */
export function biasAddGradient(dy: NativeTensor): NativeTensor {
  if (dy.dtype === DTYPE.float32) return dy.device.run('BiasAddGrad', [typeOf(dy), NHWC], [dy]);
  return reduceSum(
    dy,
    dy.shape.slice(1).map((_, axis) => axis),
  );
}
