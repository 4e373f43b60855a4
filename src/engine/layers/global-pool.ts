import type { NativeTensor } from '../device';
import { divide, equal, multiply, reduceMax, reduceMean, reduceSum, scalar } from '../operations/arithmetic';
import { upsampleNearest } from '../operations/pooling';
import { cast, reshape } from '../operations/shape';
import type { Layer, LayerContext } from './layer';

const SPATIAL = [1, 2];

/** Mean over height and width: [b, h, w, c] to [b, c]. */
export class GlobalMeanPool implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  #inputShape: readonly number[] = [];

  constructor(context: LayerContext) {
    this.outputShape = [context.inputShape[2]!];
  }

  forward(x: NativeTensor): NativeTensor {
    this.#inputShape = x.shape;
    const y = reduceMean(x, SPATIAL);
    x.release();
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const [batch, height, width, channels] = this.#inputShape as [number, number, number, number];
    const scaled = multiply(dy, scalar(dy.device, 1 / (height * width), dy.dtype));
    dy.release();
    const dx = spread(scaled, [batch, height, width, channels]);
    scaled.release();
    return dx;
  }
}

/** Maximum over height and width: [b, h, w, c] to [b, c]; ties share the gradient equally. */
export class GlobalMaxPool implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  #kept: { x: NativeTensor; y: NativeTensor } | null = null;

  constructor(context: LayerContext) {
    this.outputShape = [context.inputShape[2]!];
  }

  forward(x: NativeTensor): NativeTensor {
    const y = reduceMax(x, SPATIAL);
    this.#kept = { x, y: y.retain() };
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { x, y } = this.#kept!;
    this.#kept = null;
    const maximum = reshape(y, [x.shape[0]!, 1, 1, x.shape[3]!]);
    const isMaximum = equal(x, maximum);
    const mask = cast(isMaximum, x.dtype);
    const ties = reduceSum(mask, SPATIAL);
    const each = divide(dy, ties);
    const column = reshape(each, maximum.shape);
    const dx = multiply(mask, column);
    for (const tensor of [x, y, dy, maximum, isMaximum, mask, ties, each, column]) tensor.release();
    return dx;
  }
}

/** Repeats [b, c] over every pixel of `shape`. */
function spread(values: NativeTensor, shape: readonly [number, number, number, number]): NativeTensor {
  const column = reshape(values, [shape[0], 1, 1, shape[3]]);
  const filled = upsampleNearest(column, shape[1], shape[2]);
  column.release();
  return filled;
}
