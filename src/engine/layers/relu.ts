import type { NativeTensor } from '../device';
import { relu, reluGradient } from '../operations/arithmetic';
import type { Layer } from './layer';

/** max(x, 0) */
export class Relu implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  #output: NativeTensor | null = null;

  constructor(shape: readonly number[]) {
    this.outputShape = shape;
  }

  forward(x: NativeTensor): NativeTensor {
    const y = relu(x);
    x.release();
    // The output is kept rather than the input: the next layer keeps it as well, so it costs no memory.
    this.#output = y.retain();
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const dx = reluGradient(dy, this.#output!);
    this.#output!.release();
    this.#output = null;
    dy.release();
    return dx;
  }
}
