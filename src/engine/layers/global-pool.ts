import type { SymbolicTensor } from '@tensorflow/tfjs-node';
import { DTYPE } from '../attribute';
import type { NativeTensor } from '../device';
import { divide, equal, multiply, reduceMax, reduceMean, reduceSum, scalar } from '../operations/arithmetic';
import { upsampleNearest } from '../operations/pooling';
import { cast, reshape } from '../operations/shape';
import { Branches } from './branches';
import { Kept } from './kept';
import type { GraphPlace, LayerKind, LayersPlace, OnnxPlace } from './kind';
import type { Layer, LayerContext } from './layer';

interface GlobalPoolSettings {
  /** What becomes of the pixels of a channel; the two are joined to twice as many features. */
  readonly statistic: 'mean' | 'max' | 'meanAndMax';
}

declare module '../../model/definition' {
  interface LayerSettings {
    globalPool: GlobalPoolSettings;
  }
}

const STATISTICS = { mean: ['mean'], max: ['max'], meanAndMax: ['mean', 'max'] } as const;

export const globalPool: LayerKind<'globalPool', GlobalPoolSettings> = {
  name: 'globalPool',
  resolve: (definition) => definition,
  describe: ({ statistic }, inputShape) => ({
    outputShape: [STATISTICS[statistic].length * inputShape.at(-1)!],
  }),
  build({ statistic }, context) {
    if (statistic === 'mean') return new GlobalMeanPool(context);
    if (statistic === 'max') return new GlobalMaxPool(context);
    return new Branches([new GlobalMeanPool(context), new GlobalMaxPool(context)], 'concat');
  },
  infer,
  onnx,
  layersModel,
};

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

  forget(): void {}
}

/** Maximum over height and width: [b, h, w, c] to [b, c]; ties share the gradient equally. */
export class GlobalMaxPool implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  readonly #kept = new Kept<{ x: NativeTensor; y: NativeTensor }>();

  constructor(context: LayerContext) {
    this.outputShape = [context.inputShape[2]!];
  }

  forward(x: NativeTensor): NativeTensor {
    const y = reduceMax(x, SPATIAL);
    this.#kept.keep({ x, y: y.retain() });
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { x, y } = this.#kept.take();
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

  forget(): void {
    this.#kept.forget();
  }
}

/** Repeats [b, c] over every pixel of `shape`. */
function spread(values: NativeTensor, shape: readonly [number, number, number, number]): NativeTensor {
  const column = reshape(values, [shape[0], 1, 1, shape[3]]);
  const filled = upsampleNearest(column, shape[1], shape[2]);
  column.release();
  return filled;
}

function infer({ statistic }: GlobalPoolSettings, { add, integers, name, input }: GraphPlace): string {
  const axes = integers(`${name}/axes`, SPATIAL);
  const parts = STATISTICS[statistic].map((part) => {
    const operation = part === 'mean' ? 'Mean' : 'Max';
    return add(operation, `${name}/${operation}`, [input, axes], { Tidx: DTYPE.int32 });
  });
  if (parts.length === 1) return parts[0]!;
  const axis = integers(`${name}/axis`, [1], []);
  return add('ConcatV2', name, [...parts, axis], { N: parts.length, Tidx: DTYPE.int32 });
}

function onnx({ statistic }: GlobalPoolSettings, { add, name, input }: OnnxPlace): string {
  const parts = STATISTICS[statistic].map((part) => {
    const pooled = add(part === 'mean' ? 'GlobalAveragePool' : 'GlobalMaxPool', `${name}/${part}`, [input]);
    return add('Flatten', `${name}/${part}-row`, [pooled], { axis: 1 });
  });
  return parts.length === 1 ? parts[0]! : add('Concat', name, parts, { axis: 1 });
}

function layersModel({ statistic }: GlobalPoolSettings, place: LayersPlace): SymbolicTensor {
  const { layers, apply, label, input } = place;
  const parts = STATISTICS[statistic].map((part) => {
    const name = label(part);
    return apply(
      part === 'mean' ? layers.globalAveragePooling2d({ name }) : layers.globalMaxPooling2d({ name }),
      input,
    );
  });
  return parts.length === 1 ? parts[0]! : apply(layers.concatenate({ name: label() }), parts);
}
