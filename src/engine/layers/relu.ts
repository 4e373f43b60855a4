import type { NativeTensor } from '../device';
import { rectify, reluGradient } from '../operations/arithmetic';
import { Kept } from './kept';
import type { LayerKind } from './kind';
import type { Layer } from './layer';

declare module '../../model/definition' {
  interface LayerSettings {
    relu: object;
  }
}

export const relu: LayerKind<'relu', object> = {
  name: 'relu',
  resolve: (definition) => definition,
  describe: (_, inputShape) => ({ outputShape: inputShape }),
  build: (_, context) => new Relu(context.inputShape),
  infer: (_, { add, name, input }) => add('Relu', name, [input]),
  onnx: (_, { add, name, input }) => add('Relu', name, [input]),
  layersModel: (_, { layers, apply, label, input }) => apply(layers.reLU({ name: label() }), input),
};

/** max(x, 0) */
export class Relu implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  readonly #kept = new Kept<{ y: NativeTensor }>();

  constructor(shape: readonly number[]) {
    this.outputShape = shape;
  }

  forward(x: NativeTensor): NativeTensor {
    const y = rectify(x);
    x.release();
    // The output is kept rather than the input: the next layer keeps it as well, so it costs no memory.
    this.#kept.keep({ y: y.retain() });
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { y } = this.#kept.take();
    const dx = reluGradient(dy, y);
    y.release();
    dy.release();
    return dx;
  }

  forget(): void {
    this.#kept.forget();
  }
}
