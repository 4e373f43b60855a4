import { randomStream } from '../../random';
import type { NativeTensor } from '../device';
import { greaterEqual, multiply, scalar } from '../operations/arithmetic';
import { randomBytes } from '../operations/random';
import { cast } from '../operations/shape';
import { Kept } from './kept';
import type { LayerKind } from './kind';
import type { Layer, LayerContext, Pass } from './layer';

interface DropoutSettings {
  /** Share of the activations that are put to zero, in [0, 1); rounded to 1/256. */
  readonly rate: number;
  /** Drop whole channels of an image instead of single activations; false unless given. */
  readonly perChannel?: boolean;
}
type DropoutOptions = Required<DropoutSettings>;

declare module '../../model/definition' {
  interface LayerSettings {
    dropout: DropoutSettings;
  }
}

/** Does nothing to predictions. */
export const dropout: LayerKind<'dropout', DropoutOptions> = {
  name: 'dropout',
  resolve: (definition) => ({ perChannel: false, ...definition }),
  describe: (_, inputShape) => ({ outputShape: inputShape }),
  build: (options, context) => new Dropout(context, options),
  infer: (_, { input }) => input,
  onnx: (_, { input }) => input,
  layersModel: ({ rate }, { layers, apply, label, input }) =>
    apply(layers.dropout({ name: label(), rate }), input),
};

/**
 * Inverted dropout (Srivastava et al. 2014): kept activations are scaled by 1 / (1 - rate). Each mask depends on
 * the seed, the layer and the step alone, so that a resumed run draws the same ones.
 */
export class Dropout implements Layer {
  readonly outputShape: readonly number[];
  readonly variables = [];
  readonly #name: string;
  /** Of 256 random bytes this many are dropped. */
  readonly #threshold: number;
  readonly #kept = new Kept<{ mask: NativeTensor }>();

  constructor(
    context: LayerContext,
    readonly options: DropoutOptions,
  ) {
    this.outputShape = context.inputShape;
    this.#name = context.name;
    this.#threshold = Math.round(options.rate * 256);
  }

  forward(x: NativeTensor, pass: Pass): NativeTensor {
    if (this.#threshold === 0) return x;
    const mask = this.#drawMask(x, pass);
    const y = multiply(x, mask);
    x.release();
    this.#kept.keep({ mask });
    return y;
  }

  /** 0 where an activation is dropped, 1 / (1 - rate) elsewhere. */
  #drawMask(x: NativeTensor, pass: Pass): NativeTensor {
    const shape =
      this.options.perChannel && x.shape.length === 4 ? [x.shape[0]!, 1, 1, x.shape[3]!] : x.shape;
    const stream = randomStream(pass.seed, 'dropout', this.#name, pass.step);
    const keys = [stream.integer(0x7fffffff), stream.integer(0x7fffffff)] as const;
    const bytes = randomBytes(x.device, shape, keys);
    const threshold = x.device.cached(`byte:${this.#threshold}`, () =>
      x.device.upload(Uint8Array.of(this.#threshold), []),
    );
    const isKept = greaterEqual(bytes, threshold);
    bytes.release();
    const kept = cast(isKept, x.dtype);
    isKept.release();
    const mask = multiply(kept, scalar(x.device, 256 / (256 - this.#threshold), x.dtype));
    kept.release();
    return mask;
  }

  backward(dy: NativeTensor): NativeTensor {
    if (this.#threshold === 0) return dy;
    const { mask } = this.#kept.take();
    const dx = multiply(dy, mask);
    mask.release();
    dy.release();
    return dx;
  }

  forget(): void {
    this.#kept.forget();
  }
}
