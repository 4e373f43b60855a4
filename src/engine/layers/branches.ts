import type { NativeTensor } from '../device';
import { addTensors } from '../operations/arithmetic';
import { concat, split } from '../operations/shape';
import type { Variable } from '../variable';
import type { Layer, Pass } from './layer';

/** Branches that share an input, side by side: their outputs are added (`sum`) or joined along the channels (`concat`). */
export class Branches implements Layer {
  readonly outputShape: readonly number[];

  constructor(
    readonly branches: readonly Layer[],
    readonly join: 'sum' | 'concat',
  ) {
    const shapes = branches.map((branch) => branch.outputShape);
    const [first] = shapes as [readonly number[]];
    this.outputShape =
      join === 'sum'
        ? first
        : [...first.slice(0, -1), shapes.reduce((total, shape) => total + shape.at(-1)!, 0)];
  }

  get variables(): readonly Variable[] {
    return this.branches.flatMap((branch) => branch.variables);
  }

  forward(x: NativeTensor, pass: Pass): NativeTensor {
    const outputs = this.branches.map((branch) => branch.forward(x.retain(), pass));
    x.release();
    return this.join === 'sum' ? sum(outputs) : joined(outputs);
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    const widths = this.branches.map((branch) => branch.outputShape.at(-1)!);
    const parts = this.join === 'sum' ? this.branches.map(() => dy.retain()) : split(dy, widths);
    dy.release();
    const gradients = this.branches.map((branch, i) => branch.backward(parts[i]!, needsInput));
    if (!needsInput) {
      for (const gradient of gradients) gradient?.release();
      return null;
    }
    return sum(gradients as NativeTensor[]);
  }

  forget(): void {
    for (const branch of this.branches) branch.forget();
  }
}

/** Takes over the terms. */
function sum(terms: readonly NativeTensor[]): NativeTensor {
  return terms.reduce((total, term) => {
    const next = addTensors(total, term);
    total.release();
    term.release();
    return next;
  });
}

/** Takes over the parts. */
function joined(parts: readonly NativeTensor[]): NativeTensor {
  const whole = concat(parts);
  for (const part of parts) part.release();
  return whole;
}
