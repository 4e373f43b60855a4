import type { NativeTensor } from '../device';
import { fanInNormal } from '../initialize';
import {
  biasAddGradient,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
} from '../operations/convolution';
import { Variable, zeros } from '../variable';
import type { Layer, LayerContext } from './layer';

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
  }

  get variables(): readonly Variable[] {
    return this.bias ? [this.filter, this.bias] : [this.filter];
  }

  forward(x: NativeTensor): NativeTensor {
    const filter = this.filter.read(this.dtype);
    const bias = this.bias?.read(this.dtype);
    const y = conv2d(x, { filter, bias }, this.stride);
    filter.release();
    bias?.release();
    this.#input = x;
    return y;
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    const x = this.#input!;
    this.#input = null;
    if (this.filter.trainable) {
      const { shape } = this.filter;
      this.filter.setGradient(conv2dFilterGradient(dy, x, { shape, stride: this.stride }));
      this.bias?.setGradient(biasAddGradient(dy));
    }
    const dx = needsInput ? this.#inputGradient(dy, x.shape) : null;
    x.release();
    dy.release();
    return dx;
  }

  #inputGradient(dy: NativeTensor, shape: readonly number[]): NativeTensor {
    const filter = this.filter.read(this.dtype);
    const dx = conv2dInputGradient(dy, filter, { shape, stride: this.stride });
    filter.release();
    return dx;
  }
}
