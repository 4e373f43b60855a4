import type { NativeTensor } from '../device';
import { fanInNormal } from '../initialize';
import { rectify, reluGradient } from '../operations/arithmetic';
import {
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  conv2dRelu,
  conv2dWeightGradients,
} from '../operations/convolution';
import { Variable, zeros } from '../variable';
import type { WeightTensor } from '../weights';
import { Kept } from './kept';
import type { Affine, Arranged, Effect, GraphPlace, LayerKind, OnnxPlace, Shape } from './kind';
import type { Layer, LayerContext } from './layer';

interface ConvolutionSettings {
  readonly filters: number;
  /** Height and width of the filters. */
  readonly kernelSize: number;
  /** 1 unless given. */
  readonly stride?: number;
  /** true unless given */
  readonly bias?: boolean;
  /** true unless given */
  readonly trainable?: boolean;
}
type Options = Required<ConvolutionSettings & Arranged>;

declare module '../../model/definition' {
  interface LayerSettings {
    convolution: ConvolutionSettings;
  }
}

export const convolution: LayerKind<'convolution', Options> = {
  name: 'convolution',
  absorbsAffine: true,
  absorbsRelu: true,
  resolve: (definition) => ({ stride: 1, bias: true, trainable: true, relu: false, ...definition }),
  describe,
  build: (options, context) => new Convolution(context, options),
  infer,
  onnx,
  layersModel({ filters, kernelSize, stride, bias: useBias, trainable }, { layers, apply, label, input }) {
    const name = label();
    const settings = { name, filters, kernelSize, strides: stride, useBias, trainable };
    return apply(layers.conv2d({ ...settings, padding: 'same' }), input, ['filter', 'bias']);
  },
};

/** Two-dimensional convolution with `same` padding: [b, h, w, c] to [b, h/stride, w/stride, filters]. */
export class Convolution implements Layer {
  readonly outputShape: readonly number[];
  readonly filter: Variable;
  readonly bias: Variable | null;
  readonly stride: number;
  readonly dtype: number;
  readonly #relu: boolean;
  readonly #kept = new Kept<{
    x: NativeTensor;
    /** The output, kept only for the gradient of the ReLU. */
    y: NativeTensor | null;
  }>();

  constructor(context: LayerContext, options: Options) {
    const [height, width, channels] = context.inputShape as [number, number, number];
    const { device, name } = context;
    const { kernelSize, filters, stride } = options;
    const shape = [kernelSize, kernelSize, channels, filters];
    const fanIn = kernelSize * kernelSize * channels;
    const values = fanInNormal(fanIn * filters, { fanIn, gain: 2, seed: context.seed, name });
    this.stride = stride;
    this.#relu = options.relu;
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
    const y = this.#convolve(x, filter, bias);
    filter.release();
    bias?.release();
    this.#kept.keep({ x, y: this.#relu ? y.retain() : null });
    return y;
  }

  #convolve(x: NativeTensor, filter: NativeTensor, bias: NativeTensor | undefined): NativeTensor {
    if (!this.#relu) return conv2d(x, { filter, bias }, this.stride);
    if (bias) return conv2dRelu(x, { filter, bias }, this.stride);
    const convolved = conv2d(x, { filter }, this.stride);
    const y = rectify(convolved);
    convolved.release();
    return y;
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    const { x, y } = this.#kept.take();
    const gradient = y ? reluGradient(dy, y) : dy.retain();
    if (this.filter.trainable) this.#weightGradients(gradient, x);
    const dx = needsInput ? this.#inputGradient(gradient, x.shape) : null;
    for (const tensor of [x, y, dy, gradient]) tensor?.release();
    return dx;
  }

  forget(): void {
    this.#kept.forget();
  }

  #weightGradients(dy: NativeTensor, x: NativeTensor): void {
    const filter = { shape: this.filter.shape, stride: this.stride };
    if (this.bias) {
      const gradients = conv2dWeightGradients(dy, x, filter);
      this.filter.setGradient(gradients.filter);
      this.bias.setGradient(gradients.bias);
    } else this.filter.setGradient(conv2dFilterGradient(dy, x, filter));
  }

  #inputGradient(dy: NativeTensor, shape: readonly number[]): NativeTensor {
    const filter = this.filter.read(this.dtype);
    const dx = conv2dInputGradient(dy, filter, { shape, stride: this.stride });
    filter.release();
    return dx;
  }
}

function describe({ filters, kernelSize, stride, bias, trainable }: Options, input: Shape): Effect {
  const [height, width, channels] = input as [number, number, number];
  const weights = kernelSize ** 2 * channels * filters;
  const outputShape = [Math.ceil(height / stride), Math.ceil(width / stride), filters];
  return {
    outputShape,
    parameters: trainable ? weights + (bias ? filters : 0) : 0,
    multiplyAdds: weights * outputShape[0]! * outputShape[1]!,
    filters,
  };
}

/** TensorFlow joins the convolution, the bias and a ReLU behind it to one operation. */
function infer({ filters, stride, bias }: Options, place: GraphPlace): string {
  const { name } = place;
  const own = {
    filter: place.weight('filter'),
    bias: bias ? place.weight('bias').values : new Float32Array(filters),
  };
  const folded = place.affine ? fold(own, place.affine) : own;
  const filter = place.constant(`${name}/filter`, folded.filter.shape, folded.filter.values);
  const convolved = place.add('Conv2D', `${name}/product`, [place.input, filter], {
    strides: [1, stride, stride, 1],
    padding: 'SAME',
  });
  return place.add('BiasAdd', name, [convolved, place.constant(`${name}/bias`, [filters], folded.bias)]);
}

interface Folded {
  readonly filter: WeightTensor;
  readonly bias: Float32Array;
}

/** A convolution and what is done to its output, as one convolution. */
function fold({ filter, bias }: Folded, { gain, offset }: Affine): Folded {
  const values = new Float32Array(filter.values.length);
  for (let start = 0; start < values.length; start += gain.length)
    for (let c = 0; c < gain.length; c++) values[start + c] = filter.values[start + c]! * gain[c]!;
  return { filter: { ...filter, values }, bias: offset.map((value, c) => value + bias[c]! * gain[c]!) };
}

function onnx({ kernelSize, stride, bias }: Options, place: OnnxPlace): string {
  const filter = place.constant(filtersFirst(place.weight('filter')));
  const biases = bias ? [place.constant(place.weight('bias'))] : [];
  return place.add('Conv', place.name, [place.input, filter, ...biases], {
    auto_pad: 'SAME_UPPER',
    kernel_shape: [kernelSize, kernelSize],
    strides: [stride, stride],
  });
}

/** [height, width, input, output] to [output, input, height, width]. */
function filtersFirst({ name, shape, values }: WeightTensor): WeightTensor {
  const [height, width, input, output] = shape as [number, number, number, number];
  const area = height * width;
  const turned = new Float32Array(values.length);
  for (const [i, value] of values.entries()) {
    const out = i % output;
    const into = Math.floor(i / output) % input;
    const place = Math.floor(i / (output * input));
    turned[(out * input + into) * area + place] = value;
  }
  return { name, shape: [output, input, height, width], values: turned };
}
