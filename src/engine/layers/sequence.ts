import type { NativeTensor } from '../device';
import type { Variable } from '../variable';
import type { Layer, Pass } from './layer';

/** Layers one after the other. */
export class Sequence implements Layer {
  constructor(
    readonly layers: readonly Layer[],
    readonly outputShape: readonly number[],
  ) {}

  get variables(): readonly Variable[] {
    return this.layers.flatMap((layer) => layer.variables);
  }

  forward(x: NativeTensor, pass: Pass): NativeTensor {
    return this.layers.reduce((value, layer) => layer.forward(value, pass), x);
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    let gradient: NativeTensor | null = dy;
    for (let i = this.layers.length - 1; i >= 0 && gradient; i--) {
      gradient = this.layers[i]!.backward(gradient, needsInput || this.#hasWeightsBelow(i));
    }
    return gradient;
  }

  forget(): void {
    for (const layer of this.layers) layer.forget();
  }

  /** The first layer with weights needs no gradient by its input: the images are not trained. */
  #hasWeightsBelow(index: number): boolean {
    return this.layers
      .slice(0, index)
      .some((layer) => layer.variables.some((variable) => variable.trainable));
  }
}
