import type { NativeTensor } from '../device';
import * as op from '../operations';
import type { Layer, LayerContext, Pass } from './layer';

export interface MaxPoolOptions {
  readonly size: number;
  readonly stride: number;
}

/** Largest value of each size x size window, without padding: a remainder at the right and bottom edge is dropped. */
export class MaxPool implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  #kept: { x: NativeTensor; y: NativeTensor } | null = null;

  constructor(
    context: LayerContext,
    readonly options: MaxPoolOptions,
  ) {
    const [height, width, channels] = context.inputShape as [number, number, number];
    const { size, stride } = options;
    this.outputShape = [
      1 + Math.floor((height - size) / stride),
      1 + Math.floor((width - size) / stride),
      channels,
    ];
  }

  forward(x: NativeTensor, pass: Pass): NativeTensor {
    const y = op.maxPool(x, this.options.size, this.options.stride);
    if (pass.training) this.#kept = { x, y: y.retain() };
    else x.release();
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { x, y } = this.#kept!;
    this.#kept = null;
    const dx = tiles(x, this.options)
      ? tiledGradient(dy, x, { y, size: this.options.size })
      : op.maxPoolGradient(dy, x, y, this.options);
    for (const tensor of [x, y, dy]) tensor.release();
    return dx;
  }
}

function tiles(x: NativeTensor, { size, stride }: MaxPoolOptions): boolean {
  return size === stride && x.shape[1]! % size === 0 && x.shape[2]! % size === 0;
}

/**
 * Gradient for windows that tile the image. TensorFlow's MaxPoolGrad runs on the CPU one window after the other;
 * comparing with the repeated maximum is several times as fast. Values that tie for the maximum share the
 * gradient equally, as in TensorFlow's gradient of `reduce_max`; MaxPoolGrad gives all of it to the first.
 */
function tiledGradient(
  dy: NativeTensor,
  x: NativeTensor,
  options: { y: NativeTensor; size: number },
): NativeTensor {
  const [, height, width] = x.shape as [number, number, number, number];
  const maximum = op.upsampleNearest(options.y, height, width);
  const isMaximum = op.equal(x, maximum);
  maximum.release();
  const mask = op.cast(isMaximum, x.dtype);
  isMaximum.release();
  const share = op.averagePool(mask, options.size);
  const ties = op.multiply(share, op.scalar(x.device, options.size ** 2, x.dtype));
  share.release();
  const each = op.divide(dy, ties);
  ties.release();
  const spread = op.upsampleNearest(each, height, width);
  each.release();
  const dx = op.multiply(spread, mask);
  spread.release();
  mask.release();
  return dx;
}
