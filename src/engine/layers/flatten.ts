import type { NativeTensor } from '../device';
import { reshape } from '../operations/shape';
import type { Layer, LayerContext } from './layer';

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
}

function moved(tensor: NativeTensor, shape: readonly number[]): NativeTensor {
  const reshaped = reshape(tensor, shape);
  tensor.release();
  return reshaped;
}
