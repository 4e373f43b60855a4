import { attribute, DTYPE } from '../attribute';
import type { Device, NativeTensor } from '../device';
import { typeOf } from './attributes';
import { cast, zerosOf } from './shape';

/** No gate looks at the cell's state. */
const PEEPHOLES = attribute.bool('use_peephole', false);

/** Weights of an LSTM; the gates stand in the order input, forget, candidate, output. */
export interface LstmWeights {
  /** [inputs + units, 4 units]: rows of the inputs, then of the last step's output */
  readonly kernel: NativeTensor;
  /** [4 units] */
  readonly bias: NativeTensor;
}

/** What TensorFlow's operation gives for each step, all [steps, b, units]: gates and cell states, and last the outputs. */
export type LstmSteps = readonly NativeTensor[];

/** A long short-term memory over all steps (Hochreiter and Schmidhuber 1997), from zeros. @param x [steps, b, inputs], float32 */
export function lstm(x: NativeTensor, weights: LstmWeights): LstmSteps {
  const { inputs, release } = inputsOf(x, weights);
  const steps = x.device.execute('BlockLSTMV2', [typeOf(x)], inputs, 7);
  release();
  return steps;
}

/** Gradients of {@link lstm} by its input and its weights. @param dh gradient by the outputs, [steps, b, units] */
export function lstmGradient(
  dh: NativeTensor,
  x: NativeTensor,
  { weights, steps }: { readonly weights: LstmWeights; readonly steps: LstmSteps },
): { dx: NativeTensor; dKernel: NativeTensor; dBias: NativeTensor } {
  const { inputs, release } = inputsOf(x, weights);
  const dStates = zerosOf(x.device, dh.shape);
  const [dx, dFirstState, dFirst, dKernel, dInputPeephole, dForgetPeephole, dOutputPeephole, dBias] =
    x.device.execute('BlockLSTMGradV2', [typeOf(x), PEEPHOLES], [...inputs, ...steps, dStates, dh], 8);
  release();
  for (const unused of [dStates, dFirstState, dFirst, dInputPeephole, dForgetPeephole, dOutputPeephole])
    unused!.release();
  return { dx: dx!, dKernel: dKernel!, dBias: dBias! };
}

/** What both operations take first: the number of steps, the input, what was before it, and the weights. */
function inputsOf(
  x: NativeTensor,
  { kernel, bias }: LstmWeights,
): { inputs: NativeTensor[]; release: () => void } {
  const [steps, batch, inputs] = x.shape as [number, number, number];
  const units = kernel.shape[0]! - inputs;
  const before = zerosOf(x.device, [batch, units]);
  const peephole = zerosOf(x.device, [units]);
  return {
    inputs: [stepCount(x.device, steps), x, before, before, kernel, peephole, peephole, peephole, bias],
    release: () => {
      before.release();
      peephole.release();
    },
  };
}

function stepCount(device: Device, steps: number): NativeTensor {
  return device.cached(`int64:${steps}`, () => cast(device.constant('int32', [steps], []), DTYPE.int64));
}
