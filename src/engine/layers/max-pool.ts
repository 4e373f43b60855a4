import type { NativeTensor } from '../device';
import { maxPool, maxPoolGradient, type PoolingWindow } from '../operations/pooling';
import { Kept } from './kept';
import type { LayerKind, Shape } from './kind';
import type { Layer, LayerContext } from './layer';

interface MaxPoolSettings {
  /** Height and width of the windows. */
  readonly size: number;
  /** The size unless given. */
  readonly stride?: number;
}

declare module '../../model/definition' {
  interface LayerSettings {
    maxPool: MaxPoolSettings;
  }
}

export const maxPooling: LayerKind<'maxPool', PoolingWindow> = {
  name: 'maxPool',
  // ReLU is monotone; behind the pooling it has a quarter of the work.
  commutesWithRelu: true,
  resolve: (definition) => ({ stride: definition.size, ...definition }),
  describe: (window, inputShape) => ({ outputShape: pooledShape(window, inputShape) }),
  build: (window, context) => new MaxPool(context, window),
  infer: ({ size, stride }, { add, name, input }) =>
    add('MaxPool', name, [input], {
      ksize: [1, size, size, 1],
      strides: [1, stride, stride, 1],
      padding: 'VALID',
    }),
  onnx: ({ size, stride }, { add, name, input }) =>
    add('MaxPool', name, [input], { kernel_shape: [size, size], strides: [stride, stride] }),
  layersModel: ({ size, stride }, { layers, apply, label, input }) =>
    apply(layers.maxPooling2d({ name: label(), poolSize: size, strides: stride }), input),
};

/** A window that would reach over the edge is left out. */
function pooledShape({ size, stride }: PoolingWindow, input: Shape): Shape {
  const [height, width, channels] = input as [number, number, number];
  const windows = (length: number) => 1 + Math.floor((length - size) / stride);
  return [windows(height), windows(width), channels];
}

/** Largest value of each size x size window, without padding: a remainder at the right and bottom edge is dropped. */
export class MaxPool implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  readonly #kept = new Kept<{ x: NativeTensor; y: NativeTensor; positions: NativeTensor | null }>();

  constructor(
    context: LayerContext,
    readonly window: PoolingWindow,
  ) {
    this.outputShape = pooledShape(window, context.inputShape);
  }

  forward(x: NativeTensor): NativeTensor {
    const { y, positions } = maxPool(x, this.window);
    this.#kept.keep({ x, y: y.retain(), positions });
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { x, y, positions } = this.#kept.take();
    const dx = maxPoolGradient(dy, { x, y, positions }, this.window);
    for (const tensor of [x, y, dy, positions]) tensor?.release();
    return dx;
  }

  forget(): void {
    this.#kept.forget();
  }
}
