import type { NativeTensor } from '../device';
import { fanInNormal } from '../initialize';
import { matMul } from '../operations/arithmetic';
import { biasAdd, biasAddGradient } from '../operations/convolution';
import { Variable, zeros } from '../variable';
import { Kept } from './kept';
import type { LayerKind } from './kind';
import type { Layer, LayerContext } from './layer';

interface DenseSettings {
  readonly units: number;
  /** true unless given */
  readonly bias?: boolean;
}
type DenseOptions = Required<DenseSettings>;

declare module '../../model/definition' {
  interface LayerSettings {
    dense: DenseSettings;
  }
}

export const dense: LayerKind<'dense', DenseOptions> = {
  name: 'dense',
  resolve: (definition) => ({ bias: true, ...definition }),
  describe({ units, bias }, [inputs]) {
    const weights = inputs! * units;
    return { outputShape: [units], parameters: weights + (bias ? units : 0), multiplyAdds: weights };
  },
  build: (options, context) => new Dense(context, options),
  infer({ units, bias }, place) {
    const { name, weight, constant } = place;
    const kernel = constant(`${name}/kernel`, weight('kernel').shape, weight('kernel').values);
    const product = place.add('MatMul', `${name}/product`, [place.input, kernel]);
    if (!bias) return product;
    return place.add('BiasAdd', name, [product, constant(`${name}/bias`, [units], weight('bias').values)]);
  },
  onnx({ bias }, { add, constant, weight, name, input }) {
    const weights = ['kernel', ...(bias ? ['bias'] : [])].map((part) => constant(weight(part)));
    return add('Gemm', name, [input, ...weights]);
  },
  layersModel: ({ units, bias }, { layers, apply, label, input }) =>
    apply(layers.dense({ name: label(), units, useBias: bias }), input, ['kernel', 'bias']),
};

/** Fully connected: [b, inputs] to [b, units]. */
export class Dense implements Layer {
  readonly outputShape: readonly number[];
  readonly kernel: Variable;
  readonly bias: Variable | null;
  readonly #dtype: number;
  readonly #kept = new Kept<{ x: NativeTensor }>();

  constructor(context: LayerContext, options: DenseOptions) {
    const { device, name } = context;
    const inputs = context.inputShape[0]!;
    const values = fanInNormal(inputs * options.units, {
      fanIn: inputs,
      gain: context.isLast ? 1 : 2,
      seed: context.seed,
      name,
    });
    this.outputShape = [options.units];
    this.kernel = new Variable(device, `${name}/kernel`, [inputs, options.units], values);
    this.bias = options.bias ? zeros(device, `${name}/bias`, [options.units]) : null;
    this.#dtype = context.dtype;
  }

  get variables(): readonly Variable[] {
    return this.bias ? [this.kernel, this.bias] : [this.kernel];
  }

  forward(x: NativeTensor): NativeTensor {
    const kernel = this.kernel.read(this.#dtype);
    const product = matMul(x, kernel);
    kernel.release();
    this.#kept.keep({ x });
    return this.bias ? this.#withBias(product, this.bias) : product;
  }

  /** Takes over the product. */
  #withBias(product: NativeTensor, variable: Variable): NativeTensor {
    const bias = variable.read(this.#dtype);
    const y = biasAdd(product, bias);
    bias.release();
    product.release();
    return y;
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    const { x } = this.#kept.take();
    this.kernel.setGradient(matMul(x, dy, { a: true }));
    this.bias?.setGradient(biasAddGradient(dy));
    x.release();
    const dx = needsInput ? this.#inputGradient(dy) : null;
    dy.release();
    return dx;
  }

  forget(): void {
    this.#kept.forget();
  }

  #inputGradient(dy: NativeTensor): NativeTensor {
    const kernel = this.kernel.read(this.#dtype);
    const dx = matMul(dy, kernel, { b: true });
    kernel.release();
    return dx;
  }
}
