import type { NativeTensor } from '../device';
import { fanInNormal } from '../initialize';
import * as op from '../operations';
import { Variable, zeros } from '../variable';
import type { Layer, LayerContext, Pass } from './layer';
import { WorkingCopy } from './working-copy';

export interface ConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: number;
  readonly stride: number;
  readonly bias: boolean;
  readonly trainable: boolean;
}

/** Two-dimensional convolution with `same` padding: [b, h, w, c] to [b, h/stride, w/stride, filters]. */
export class Convolution implements Layer {
  readonly outputShape: readonly number[];
  readonly filter: Variable;
  readonly bias: Variable | null;
  readonly stride: number;
  readonly dtype: number;
  readonly #filterCopy: WorkingCopy;
  readonly #biasCopy: WorkingCopy | null;
  #input: NativeTensor | null = null;

  constructor(context: LayerContext, options: ConvolutionOptions) {
    const [height, width, channels] = context.inputShape as [number, number, number];
    const { device, name } = context;
    const { kernelSize, filters, stride } = options;
    const shape = [kernelSize, kernelSize, channels, filters];
    const fanIn = kernelSize * kernelSize * channels;
    const values = fanInNormal(fanIn * filters, { fanIn, gain: 2, seed: context.seed, name });
    this.stride = stride;
    this.dtype = context.dtype;
    this.outputShape = [Math.ceil(height / stride), Math.ceil(width / stride), filters];
    this.filter = new Variable(device, `${name}/filter`, shape, values, options.trainable);
    this.bias = options.bias ? zeros(device, `${name}/bias`, [filters], options.trainable) : null;
    this.#filterCopy = new WorkingCopy(this.filter, context.dtype);
    this.#biasCopy = this.bias && new WorkingCopy(this.bias, context.dtype);
  }

  get variables(): readonly Variable[] {
    return this.bias ? [this.filter, this.bias] : [this.filter];
  }

  forward(x: NativeTensor, pass: Pass): NativeTensor {
    const convolved = this.#filterCopy.use((filter) => op.conv2d(x, filter, this.stride));
    if (pass.training) this.#input = x;
    else x.release();
    if (!this.#biasCopy) return convolved;
    const y = this.#biasCopy.use((bias) => op.biasAdd(convolved, bias));
    convolved.release();
    return y;
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    const x = this.#input!;
    this.#input = null;
    if (this.filter.trainable) {
      this.#filterCopy.setGradient(op.conv2dFilterGradient(dy, x, this.filter.shape, this.stride));
      this.#biasCopy?.setGradient(op.biasAddGradient(dy));
    }
    const dx = needsInput
      ? this.#filterCopy.use((filter) => op.conv2dInputGradient(dy, filter, x.shape, this.stride))
      : null;
    x.release();
    dy.release();
    return dx;
  }
}
