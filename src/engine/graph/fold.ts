import type { WeightsByName, WeightTensor } from '../weights';

/** A convolution's filter [k, k, in, out] with the bias [out] that is added to what it gives. */
export interface FoldedConvolution {
  readonly filter: WeightTensor;
  readonly bias: Float32Array;
}

/** A batch norm, by its name, with which the names of its weights begin. */
export interface Norm {
  readonly name: string;
  readonly epsilon: number;
}

/**
 * Convolution and batch norm as one: scale / sqrt(variance + epsilon) goes into the filter, the rest into the bias.
 * @param bias of the convolution before the norm
 */
export function foldNorm(
  { filter, bias }: FoldedConvolution,
  weight: WeightsByName,
  norm: Norm,
): FoldedConvolution {
  const { gain, offset } = normAsGain(weight, norm);
  const values = filter.values.map((value, i) => value * gain[i % gain.length]!);
  return { filter: { ...filter, values }, bias: offset.map((value, c) => value + bias[c]! * gain[c]!) };
}

/** A batch norm of running statistics as gain * x + offset, both [channels]. */
export function normAsGain(
  weight: WeightsByName,
  { name, epsilon }: Norm,
): { gain: Float32Array; offset: Float32Array } {
  const [scale, offset, mean, variance] = ['scale', 'offset', 'running-mean', 'running-variance'].map(
    (part) => weight(`${name}/${part}`).values,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const gain = scale.map((value, c) => value / Math.sqrt(variance[c]! + epsilon));
  return { gain, offset: offset.map((value, c) => value - mean[c]! * gain[c]!) };
}
