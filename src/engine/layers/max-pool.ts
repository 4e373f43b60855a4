import type { NativeTensor } from '../device';
import { maxPool, maxPoolGradient, type Window } from '../operations/pooling';
import type { Layer, LayerContext } from './layer';

/** Largest value of each size x size window, without padding: a remainder at the right and bottom edge is dropped. */
export class MaxPool implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  #kept: { x: NativeTensor; y: NativeTensor; positions: NativeTensor | null } | null = null;

  constructor(
    context: LayerContext,
    readonly window: Window,
  ) {
    const [height, width, channels] = context.inputShape as [number, number, number];
    const { size, stride } = window;
    this.outputShape = [
      1 + Math.floor((height - size) / stride),
      1 + Math.floor((width - size) / stride),
      channels,
    ];
  }

  forward(x: NativeTensor): NativeTensor {
    const { y, positions } = maxPool(x, this.window);
    this.#kept = { x, y: y.retain(), positions };
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { x, y, positions } = this.#kept!;
    const dx = maxPoolGradient(dy, this.#kept!, this.window);
    this.#kept = null;
    for (const tensor of [x, y, dy, positions]) tensor?.release();
    return dx;
  }
}
