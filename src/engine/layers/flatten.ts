import type { NativeTensor } from '../device';
import { reshape } from '../operations/shape';
import type { LayerKind } from './kind';
import type { Layer, LayerContext } from './layer';

declare module '../../model/definition' {
  interface LayerSettings {
    flatten: object;
  }
}

export const flatten: LayerKind<'flatten', object> = {
  name: 'flatten',
  fixesSize: true,
  resolve: (definition) => definition,
  describe: (_, inputShape) => ({
    outputShape: [inputShape.reduce((product, length) => product * length, 1)],
  }),
  build: (_, context) => new Flatten(context),
  infer(_, { add, integers, name, input, outputShape }) {
    return add('Reshape', name, [input, integers(`${name}/shape`, [-1, ...outputShape])]);
  },
  /** The dense layer behind it expects height, width, channels in this order. */
  onnx(_, { add, name, input }) {
    const last = add('Transpose', `${name}/channels-last`, [input], { perm: [0, 2, 3, 1] });
    return add('Flatten', name, [last], { axis: 1 });
  },
  layersModel: (_, { layers, apply, label, input }) => apply(layers.flatten({ name: label() }), input),
};

/** [b, h, w, c] to [b, h w c], without a copy. */
export class Flatten implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  readonly #inputShape: readonly number[];

  constructor(context: LayerContext) {
    this.#inputShape = context.inputShape;
    this.outputShape = [context.inputShape.reduce((product, length) => product * length, 1)];
  }

  forward(x: NativeTensor): NativeTensor {
    return moved(x, [x.shape[0]!, ...this.outputShape]);
  }

  backward(dy: NativeTensor): NativeTensor {
    return moved(dy, [dy.shape[0]!, ...this.#inputShape]);
  }

  forget(): void {}
}

function moved(tensor: NativeTensor, shape: readonly number[]): NativeTensor {
  const reshaped = reshape(tensor, shape);
  tensor.release();
  return reshaped;
}
