import { DTYPE } from '../attribute';
import type { NativeTensor } from '../device';
import { addTensors, multiply, reduceSum } from '../operations/arithmetic';
import { typeOf } from '../operations/attributes';
import { reshape } from '../operations/shape';
import type { Variable } from '../variable';
import type { WeightTensor } from '../weights';
import { Dense } from './dense';
import { GlobalMeanPool } from './global-pool';
import { Kept } from './kept';
import type { Effect, GraphPlace, LayerKind, LayersPlace, OnnxPlace, Shape } from './kind';
import type { Layer, LayerContext, Pass } from './layer';
import { Relu } from './relu';
import { Sequence } from './sequence';

interface SqueezeExciteSettings {
  /** The dense layer in the middle has the channels divided by this, rounded up; 16 unless given. */
  readonly reduction?: number;
}
type Options = Required<SqueezeExciteSettings>;

declare module '../../model/definition' {
  interface LayerSettings {
    squeezeExcite: SqueezeExciteSettings;
  }
}

export const squeezeExcite: LayerKind<'squeezeExcite', Options> = {
  name: 'squeezeExcite',
  resolve: (definition) => ({ reduction: 16, ...definition }),
  describe,
  build: (options, context) => new SqueezeExcite(context, options),
  infer,
  onnx,
  layersModel,
};

const unitsOf = ({ reduction }: Options, [, , channels]: Shape) => Math.ceil(channels! / reduction);

/**
 * Weighs each channel of an image by a number in (0, 1) that two dense layers draw from the means of all channels
 * (Hu et al. 2018, arXiv 1709.01507).
 */
class SqueezeExcite implements Layer {
  readonly outputShape: readonly number[];
  /** From the feature maps to the logits of the weights. */
  readonly #squeeze: Sequence;
  readonly #kept = new Kept<{ x: NativeTensor; scale: NativeTensor }>();

  constructor(context: LayerContext, options: Options) {
    const { inputShape, name } = context;
    const [channels, units] = [inputShape[2]!, unitsOf(options, inputShape)];
    const dense = (part: string, from: number, to: number) =>
      new Dense(
        { ...context, name: `${name}/${part}`, inputShape: [from], isLast: part === 'expand' },
        { units: to, bias: true },
      );
    const layers = [
      new GlobalMeanPool(context),
      dense('reduce', channels, units),
      new Relu([units]),
      dense('expand', units, channels),
    ];
    this.#squeeze = new Sequence(layers, [channels]);
    this.outputShape = inputShape;
  }

  get variables(): readonly Variable[] {
    return this.#squeeze.variables;
  }

  forward(x: NativeTensor, pass: Pass): NativeTensor {
    const logits = this.#squeeze.forward(x.retain(), pass);
    const rows = x.device.run('Sigmoid', [typeOf(logits)], [logits]);
    logits.release();
    const scale = reshape(rows, [x.shape[0]!, 1, 1, x.shape[3]!]);
    rows.release();
    const y = multiply(x, scale);
    this.#kept.keep({ x, scale });
    return y;
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    const { x, scale } = this.#kept.take();
    const products = multiply(dy, x);
    const dScale = reduceSum(products, [1, 2], true);
    const dColumn = x.device.run('SigmoidGrad', [typeOf(scale)], [scale, dScale]);
    const dLogits = reshape(dColumn, [x.shape[0]!, x.shape[3]!]);
    const direct = needsInput ? multiply(dy, scale) : null;
    for (const tensor of [x, scale, dy, products, dScale, dColumn]) tensor.release();
    const through = this.#squeeze.backward(dLogits, needsInput);
    if (!direct || !through) return null;
    const dx = addTensors(direct, through);
    direct.release();
    through.release();
    return dx;
  }

  forget(): void {
    this.#kept.forget();
    this.#squeeze.forget();
  }
}

function describe(options: Options, inputShape: Shape): Effect {
  const [channels, units] = [inputShape[2]!, unitsOf(options, inputShape)];
  const multiplyAdds = 2 * channels * units;
  return { outputShape: inputShape, parameters: multiplyAdds + channels + units, multiplyAdds };
}

function infer(_: Options, place: GraphPlace): string {
  const { name, input, inputShape, add: node, weight, integers } = place;
  const dense = (part: string, rows: string) => {
    const [kernel, bias] = [weight(`${part}/kernel`), weight(`${part}/bias`)].map(
      ({ name: path, shape, values }) => place.constant(path, shape, values),
    );
    const product = node('MatMul', `${name}/${part}/product`, [rows, kernel!]);
    return node('BiasAdd', `${name}/${part}`, [product, bias!]);
  };
  const axes = integers(`${name}/axes`, [1, 2]);
  const means = node('Mean', `${name}/means`, [input, axes], { Tidx: DTYPE.int32 });
  const reduced = node('Relu', `${name}/relu`, [dense('reduce', means)]);
  const rows = node('Sigmoid', `${name}/sigmoid`, [dense('expand', reduced)]);
  const shape = integers(`${name}/shape`, [-1, 1, 1, inputShape[2]!]);
  return node('Mul', name, [input, node('Reshape', `${name}/scale`, [rows, shape])]);
}

function onnx(_: Options, { name, input, add: node, constant, weight }: OnnxPlace): string {
  // A dense layer over [batch, channels, 1, 1] is a convolution of one pixel.
  const dense = (part: string, from: string) => {
    const kernel = weight(`${part}/kernel`);
    const bias = constant(weight(`${part}/bias`));
    return node('Conv', `${name}/${part}`, [from, constant(turned(kernel)), bias], { kernel_shape: [1, 1] });
  };
  const means = node('GlobalAveragePool', `${name}/means`, [input]);
  const reduced = node('Relu', `${name}/relu`, [dense('reduce', means)]);
  return node('Mul', name, [input, node('Sigmoid', `${name}/scale`, [dense('expand', reduced)])]);
}

/** [input, output] to [output, input, 1, 1]. */
function turned({ name, shape, values }: WeightTensor): WeightTensor {
  const [input, output] = shape as [number, number];
  const filters = values.map((_, i) => values[(i % input) * output + Math.floor(i / input)]!);
  return { name, shape: [output, input, 1, 1], values: filters };
}

function layersModel(options: Options, { layers, apply, label, input, inputShape }: LayersPlace) {
  const [channels, units] = [inputShape[2]!, unitsOf(options, inputShape)];
  const means = apply(layers.globalAveragePooling2d({ name: label('means') }), input);
  const reduced = apply(layers.dense({ name: label('reduce'), units, activation: 'relu' }), means, [
    'reduce/kernel',
    'reduce/bias',
  ]);
  const rows = apply(
    layers.dense({ name: label('expand'), units: channels, activation: 'sigmoid' }),
    reduced,
    ['expand/kernel', 'expand/bias'],
  );
  const scale = apply(layers.reshape({ name: label('scale'), targetShape: [1, 1, channels] }), rows);
  return apply(layers.multiply({ name: label() }), [input, scale]);
}
