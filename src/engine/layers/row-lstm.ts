import { DTYPE } from '../attribute';
import type { NativeTensor } from '../device';
import { fanInNormal } from '../initialize';
import { type LstmSteps, type LstmWeights, lstm, lstmGradient } from '../operations/lstm';
import { concat, convert, reshape, split, transpose, zerosOf } from '../operations/shape';
import { Variable } from '../variable';
import { Kept } from './kept';
import type { Effect, LayerKind, Shape } from './kind';
import type { Layer, LayerContext } from './layer';
import { inferRowLstm, type RowLstmSettings, rowLstmLayers, rowLstmOnnx } from './row-lstm-forms';

declare module '../../model/definition' {
  interface LayerSettings {
    rowLstm: RowLstmSettings;
  }
}

export const rowLstm: LayerKind<'rowLstm', RowLstmSettings> = {
  name: 'rowLstm',
  fixesSize: true,
  resolve: (definition) => definition,
  describe,
  build: (options, context) => new RowLstm(context, options),
  infer: inferRowLstm,
  onnx: rowLstmOnnx,
  layersModel: rowLstmLayers,
};

/** Gates of a unit; their weights stand in the order input, forget, candidate, output, as in Keras. */
const GATES = 4;

function describe({ units }: RowLstmSettings, [height, width, channels]: Shape): Effect {
  const weights = (width! * channels! + units) * GATES * units;
  return { outputShape: [units], parameters: weights + GATES * units, multiplyAdds: height! * weights };
}

/**
 * A long short-term memory that reads feature maps row by row from the top: [b, h, w, c] to [b, units], its output after the
 * last row. It computes in float32.
 */
class RowLstm implements Layer {
  readonly outputShape: readonly number[];
  readonly kernel: Variable;
  readonly recurrent: Variable;
  readonly bias: Variable;
  readonly #dtype: number;
  readonly #inputShape: readonly number[];
  readonly #kept = new Kept<Record<string, NativeTensor>>();

  constructor({ device, name, inputShape, seed, dtype }: LayerContext, { units }: RowLstmSettings) {
    const inputs = inputShape[1]! * inputShape[2]!;
    const weights = (part: string, fanIn: number) => {
      const options = { fanIn, gain: 1, seed, name: `${name}/${part}` };
      const values = fanInNormal(fanIn * GATES * units, options);
      return new Variable(device, `${name}/${part}`, [fanIn, GATES * units], values);
    };
    this.kernel = weights('kernel', inputs);
    this.recurrent = weights('recurrent', units);
    // Units that remember at first learn over many steps (Jozefowicz et al. 2015).
    const biases = Float32Array.from({ length: GATES * units }, (_, i) =>
      Math.floor(i / units) === 1 ? 1 : 0,
    );
    this.bias = new Variable(device, `${name}/bias`, [GATES * units], biases);
    this.outputShape = [units];
    this.#inputShape = inputShape;
    this.#dtype = dtype;
  }

  get variables(): readonly Variable[] {
    return [this.kernel, this.recurrent, this.bias];
  }

  forward(x: NativeTensor): NativeTensor {
    const rows = this.#rowsOf(x);
    const weights = this.#weights();
    const steps = lstm(rows, weights);
    const [height, batch, units] = steps.at(-1)!.shape as [number, number, number];
    const [earlier, last] = split(steps.at(-1)!, [height - 1, 1], 0);
    const y = reshape(last!, [batch, units]);
    for (const tensor of [earlier!, last!]) tensor.release();
    this.#kept.keep({ rows, ...weights, ...Object.fromEntries(steps.map((step, i) => [i, step])) });
    return convert(y, this.#dtype);
  }

  /** Takes over [b, h, w, c] and gives [h, b, w c], float32. */
  #rowsOf(x: NativeTensor): NativeTensor {
    const [height, width, channels] = this.#inputShape as [number, number, number];
    const sequences = reshape(x, [x.shape[0]!, height, width * channels]);
    x.release();
    const rows = transpose(sequences, [1, 0, 2]);
    sequences.release();
    return convert(rows, DTYPE.float32);
  }

  #weights(): LstmWeights {
    const parts = [this.kernel.read(), this.recurrent.read()];
    const kernel = concat(parts, 0);
    for (const part of parts) part.release();
    return { kernel, bias: this.bias.read() };
  }

  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null {
    const kept = this.#kept.take();
    const { rows, kernel, bias, ...numbered } = kept;
    const steps: LstmSteps = Object.values(numbered);
    const dh = this.#spread(dy);
    const { dx, dKernel, dBias } = lstmGradient(dh, rows!, {
      weights: { kernel: kernel!, bias: bias! },
      steps,
    });
    const [byKernel, byRecurrent] = split(dKernel, [this.kernel.shape[0]!, this.recurrent.shape[0]!], 0);
    this.kernel.setGradient(byKernel!);
    this.recurrent.setGradient(byRecurrent!);
    this.bias.setGradient(dBias);
    for (const tensor of [...Object.values(kept), dh, dKernel]) tensor.release();
    if (needsInput) return this.#mapsOf(dx);
    dx.release();
    return null;
  }

  /** Takes over the gradient by the last output [b, units] and gives that by all, [h, b, units]. */
  #spread(dy: NativeTensor): NativeTensor {
    const [batch, units] = dy.shape as [number, number];
    const last = convert(reshape(dy, [1, batch, units]), DTYPE.float32);
    dy.release();
    const earlier = zerosOf(last.device, [this.#inputShape[0]! - 1, batch, units]);
    const all = concat([earlier, last], 0);
    for (const tensor of [earlier, last]) tensor.release();
    return all;
  }

  /** The inverse of {@link #rowsOf}. */
  #mapsOf(rows: NativeTensor): NativeTensor {
    const sequences = transpose(rows, [1, 0, 2]);
    rows.release();
    const maps = reshape(sequences, [sequences.shape[0]!, ...this.#inputShape]);
    sequences.release();
    return convert(maps, this.#dtype);
  }

  forget(): void {
    this.#kept.forget();
  }
}
