import type { WeightsByName, WeightTensor } from '../weights';

/** A convolution's filter [k, k, in, out] with the bias [out] that is added to what it gives. */
export interface FoldedConvolution {
  readonly filter: WeightTensor;
  readonly bias: Float32Array;
}

/**
 * Convolution and batch norm as one: scale / sqrt(variance + epsilon) goes into the filter, the rest into the bias.
 * @param bias of the convolution before the norm
 * @param name of the norm, with which the names of its weights begin
 */
export function foldNorm(
  { filter, bias }: FoldedConvolution,
  weight: WeightsByName,
  { name, epsilon }: { name: string; epsilon: number },
): FoldedConvolution {
  const { gain, offset } = normAsGain(weight, { name, epsilon });
  const values = filter.values.map((value, i) => value * gain[i % gain.length]!);
  return { filter: { ...filter, values }, bias: offset.map((value, c) => value + bias[c]! * gain[c]!) };
}

/** A batch norm of running statistics as gain * x + offset, both [channels]. */
export function normAsGain(
  weight: WeightsByName,
  { name, epsilon }: { name: string; epsilon: number },
): { gain: Float32Array; offset: Float32Array } {
  const [scale, offset, mean, variance] = ['scale', 'offset', 'running-mean', 'running-variance'].map(
    (part) => weight(`${name}/${part}`).values,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const gain = scale.map((value, c) => value / Math.sqrt(variance[c]! + epsilon));
  return { gain, offset: offset.map((value, c) => value - mean[c]! * gain[c]!) };
}
