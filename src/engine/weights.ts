import { FerlabError } from '../errors';

/** The value of one variable under its name, such as `convolution-1/filter`. */
export interface WeightTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The weights of a network by their name. */
export type WeightsByName = (name: string) => WeightTensor;

/** @throws FerlabError when a weight is asked for that is not there */
export function weightsByName(weights: readonly WeightTensor[]): WeightsByName {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  return (name) => {
    const weight = byName.get(name);
    if (weight) return weight;
    throw new FerlabError(`the weights have no ${name}`, { remedy: 'use weights of the same model' });
  };
}
