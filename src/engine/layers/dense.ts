import type { NativeTensor } from '../device';
import { fanInNormal } from '../initialize';
import * as op from '../operations';
import { Variable, zeros } from '../variable';
import type { Layer, LayerContext, Pass } from './layer';
import { WorkingCopy } from './working-copy';

export interface DenseOptions {
  readonly units: number;
  readonly bias: boolean;
  /** See `fanInNormal`. */
  readonly gain: number;
}

/** Fully connected: [b, inputs] to [b, units]. */
export class Dense implements Layer {
  readonly outputShape: readonly number[];
  readonly kernel: Variable;
  readonly bias: Variable | null;
  readonly #kernelCopy: WorkingCopy;
  readonly #biasCopy: WorkingCopy | null;
  #input: NativeTensor | null = null;

  constructor(context: LayerContext, options: DenseOptions) {
    const { device, name } = context;
    const inputs = context.inputShape[0]!;
    const values = fanInNormal(inputs * options.units, {
      fanIn: inputs,
      gain: options.gain,
      seed: context.seed,
      name,
    });
    this.outputShape = [options.units];
    this.kernel = new Variable(device, `${name}/kernel`, [inputs, options.units], values);
    this.bias = options.bias ? zeros(device, `${name}/bias`, [options.units]) : null;
    this.#kernelCopy = new WorkingCopy(this.kernel, context.dtype);
    this.#biasCopy = this.bias && new WorkingCopy(this.bias, context.dtype);
  }

  get variables(): readonly Variable[] {
    return this.bias ? [this.kernel, this.bias] : [this.kernel];
  }

  forward(x: NativeTensor, pass: Pass): NativeTensor {
    const product = this.#kernelCopy.use((kernel) => op.matMul(x, kernel));
    if (pass.training) this.#input = x;
    else x.release();
    if (!this.#biasCopy) return product;
    const y = this.#biasCopy.use((bias) => op.biasAdd(product, bias));
    product.release();
    return y;
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    const x = this.#input!;
    this.#input = null;
    this.#kernelCopy.setGradient(op.matMul(x, dy, { a: true }));
    this.#biasCopy?.setGradient(op.biasAddGradient(dy));
    x.release();
    const dx = needsInput ? this.#kernelCopy.use((kernel) => op.matMul(dy, kernel, { b: true })) : null;
    dy.release();
    return dx;
  }
}
