import type { NativeTensor } from '../device';

/** Tensors that a layer keeps from its forward pass for its backward pass. */
export class Kept<Tensors extends Readonly<Record<string, NativeTensor | null>>> {
  #tensors: Tensors | null = null;

  /** Takes over the tensors, and lets go of what an earlier pass has left. */
  keep(tensors: Tensors): void {
    this.forget();
    this.#tensors = tensors;
  }

  /** Hands over what was kept; the caller releases it. */
  take(): Tensors {
    const tensors = this.#tensors;
    if (!tensors) throw new Error('backward pass without a forward pass before it');
    this.#tensors = null;
    return tensors;
  }

  forget(): void {
    for (const tensor of Object.values(this.#tensors ?? {})) tensor?.release();
    this.#tensors = null;
  }
}
