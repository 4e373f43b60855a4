import { type Attribute, attribute, DTYPE, ONEDNN_KERNEL } from '../attribute';
import type { NativeTensor } from '../device';
import { rectify } from './arithmetic';
import { NHWC, typeOf } from './attributes';

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

function batchNormAttributes(x: NativeTensor, epsilon: number): Attribute[] {
  return [
    typeOf(x),
    attribute.type('U', DTYPE.float32),
    attribute.float('epsilon', epsilon),
    NHWC,
    attribute.bool('is_training', true),
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
    ...batchNormAttributes(x, options.epsilon),
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
  const y = rectify(x);
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
    batchNormAttributes(x, options.epsilon),
    [dy, x, scale, ...options.reserved],
    5,
  );
  unused1!.release();
  unused2!.release();
  return { dx: dx!, dScale: dScale!, dOffset: dOffset! };
}
