import { DTYPE } from '../attribute';
import type { WeightTensor } from '../weights';
import type { GraphPlace, LayersPlace, OnnxPlace } from './kind';

export interface RowLstmSettings {
  /** Numbers that it remembers, and gives in the end. */
  readonly units: number;
}

/** The layer in TensorFlow's graphs, in float32 as in training. */
export function inferRowLstm({ units }: RowLstmSettings, place: GraphPlace): string {
  const { name, input, inputShape, dtype, add: node, integers } = place;
  const [height, width, channels] = inputShape as [number, number, number];
  const float = { T: DTYPE.float32 };
  const maps = place.cast(input, `${name}/float`, { from: dtype, to: DTYPE.float32 });
  const sequenceShape = integers(`${name}/sequence-shape`, [-1, height, width * channels]);
  const sequences = node('Reshape', `${name}/sequences`, [maps, sequenceShape], float);
  const order = integers(`${name}/order`, [1, 0, 2]);
  const rows = node('Transpose', `${name}/rows`, [sequences, order], float);
  const count = place.cast(integers(`${name}/rows-32`, [height], []), `${name}/row-count`, {
    ...{ from: DTYPE.int32, to: DTYPE.int64 },
  });
  const before = zerosOfBatch(place, sequences, units);
  const peephole = place.floats(`${name}/peephole`, [units], new Float32Array(units));
  const weights = [kernelOf(place), ...Array<string>(3).fill(peephole), biasOf(place)];
  node('BlockLSTMV2', `${name}/steps`, [count, rows, before, before, ...weights], float);
  const [begin, size] = [
    integers(`${name}/begin`, [height - 1, 0, 0]),
    integers(`${name}/size`, [1, -1, units]),
  ];
  const last = node('Slice', `${name}/last`, [`${name}/steps:6`, begin, size], {
    ...float,
    Index: DTYPE.int32,
  });
  const y = node('Reshape', `${name}/output`, [last, integers(`${name}/output-shape`, [-1, units])], float);
  return place.cast(y, name, { from: DTYPE.float32, to: dtype });
}

/** What comes before the first row: zeros [b, units]. */
function zerosOfBatch({ name, add: node, integers, floats }: GraphPlace, of: string, units: number): string {
  const whole = { T: DTYPE.int32 };
  const shape = node('Shape', `${name}/shape`, [of], { T: DTYPE.float32 });
  const ends = [integers(`${name}/first`, [0]), integers(`${name}/one`, [1])];
  const batch = node('Slice', `${name}/batch`, [shape, ...ends], { ...whole, Index: DTYPE.int32 });
  const parts = [batch, integers(`${name}/units`, [units]), integers(`${name}/axis`, [0], [])];
  const zeroShape = node('ConcatV2', `${name}/zero-shape`, parts, { ...whole, N: 2, Tidx: DTYPE.int32 });
  const zero = floats(`${name}/zero`, [], Float32Array.of(0));
  return node('Fill', `${name}/zeros`, [zeroShape, zero], { T: DTYPE.float32 });
}

function kernelOf({ name, weight, floats }: GraphPlace): string {
  const [inputs, outputs] = [weight('kernel'), weight('recurrent')];
  const values = Float32Array.from([...inputs.values, ...outputs.values]);
  return floats(`${name}/kernel`, [inputs.shape[0]! + outputs.shape[0]!, inputs.shape[1]!], values);
}

function biasOf({ name, weight, floats }: GraphPlace): string {
  const { shape, values } = weight('bias');
  return floats(`${name}/bias`, shape, values);
}

export function rowLstmOnnx({ units }: RowLstmSettings, place: OnnxPlace): string {
  const { name, input, inputShape, add: node, constant, integers, weight } = place;
  const [height, width, channels] = inputShape as [number, number, number];
  // From [b, c, h, w].
  const turnedMaps = node('Transpose', `${name}/rows-first`, [input], { perm: [2, 0, 3, 1] });
  const rows = node('Reshape', `${name}/rows`, [
    turnedMaps,
    integers(`${name}/rows-shape`, [height, -1, width * channels]),
  ]);
  const weights = (['kernel', 'recurrent'] as const).map((part) => constant(gatesFirst(weight(part), units)));
  const bias = constant(biasesOfBoth(weight('bias'), units));
  const steps = node('LSTM', `${name}/steps`, [rows, ...weights, bias], { hidden_size: units });
  const last = node('Gather', `${name}/last`, [steps, integers(`${name}/last-row`, [height - 1], [])], {
    axis: 0,
  });
  return node('Reshape', name, [last, integers(`${name}/output-shape`, [-1, units])]);
}

/** Where each gate of ONNX, in the order input, output, forget, candidate, stands here. */
const ONNX_GATES = [0, 3, 1, 2];

/** [inputs, 4 units] to [1, 4 units, inputs] in the order of ONNX. */
function gatesFirst({ name, shape, values }: WeightTensor, units: number): WeightTensor {
  const [inputs, columns] = shape as [number, number];
  const turned = new Float32Array(values.length);
  for (let row = 0; row < columns; row++) {
    const from = ONNX_GATES[Math.floor(row / units)]! * units + (row % units);
    for (let i = 0; i < inputs; i++) turned[row * inputs + i] = values[i * columns + from]!;
  }
  return { name, shape: [1, columns, inputs], values: turned };
}

/** [4 units] to [1, 8 units]: ONNX knows a second bias, which is zero. */
function biasesOfBoth(bias: WeightTensor, units: number): WeightTensor {
  const row = gatesFirst({ ...bias, shape: [1, bias.values.length] }, units);
  const values = new Float32Array(2 * bias.values.length);
  values.set(row.values);
  return { ...bias, shape: [1, values.length], values };
}

export function rowLstmLayers(
  { units }: RowLstmSettings,
  { layers, apply, label, input, inputShape }: LayersPlace,
) {
  const [height, width, channels] = inputShape as [number, number, number];
  const targetShape = [height, width * channels];
  const rows = apply(layers.reshape({ name: label('rows'), targetShape }), input);
  const settings = {
    name: label(),
    units,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'glorotUniform',
  } as const;
  return apply(layers.lstm(settings), rows, ['kernel', 'recurrent', 'bias']);
}
