import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';

/** The weights of a network by their name, such as `convolution-1/filter`. */
export type WeightsByName = (name: string) => WeightTensor;

/** @throws FerlabError when a weight is asked for that is not there */
export function weightsByName(weights: readonly WeightTensor[]): WeightsByName {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  return (name) => {
    const weight = byName.get(name);
    if (weight) return weight;
    throw new FerlabError(`the weights have no ${name}`, { remedy: 'export weights of the same model' });
  };
}
