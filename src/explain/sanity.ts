import { Network } from '../engine/network';
import type { WeightTensor } from '../engine/weights';
import type { ModelDefinition } from '../model/definition';
import { ExplainedNetwork } from './explained-network';
import { rankCorrelation } from './heat';

export interface SanityCheck {
  /** Mean rank correlation of the maps of trained and random weights, over the images. */
  readonly correlation: number;
  /** The same between two seeds of random weights: what chance and the images alone give. */
  readonly randomCorrelation: number;
  readonly images: number;
}

/** An image [side, side] in [0, 1] and the class whose map is drawn. */
export interface Explained {
  readonly image: Float32Array;
  readonly label: number;
}

/**
 * Compares the Grad-CAM maps of a trained network with those of random weights (Adebayo et al. 2018, arXiv 1810.03292): a map
 * that stays the same shows the image, not what the network has learnt.
 */
export function checkSanity(
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  explained: readonly Explained[],
): SanityCheck {
  const trained = mapsOf(definition, weights, explained);
  const [first, second] = [1, 2].map((seed) =>
    mapsOf(definition, randomWeights(definition, seed), explained),
  );
  return {
    correlation: meanCorrelation(trained, first!),
    randomCorrelation: meanCorrelation(first!, second!),
    images: explained.length,
  };
}

function randomWeights(definition: ModelDefinition, seed: number): WeightTensor[] {
  const network = Network.build(definition, { seed });
  const weights = network.weights();
  network.dispose();
  return weights;
}

function mapsOf(
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  explained: readonly Explained[],
): Float32Array[] {
  const network = new ExplainedNetwork(definition, weights);
  const maps = explained.map(({ image, label }) => network.gradCam(image, label).values);
  network.dispose();
  return maps;
}

const meanCorrelation = (a: readonly Float32Array[], b: readonly Float32Array[]) =>
  a.reduce((sum, map, i) => sum + rankCorrelation(map, b[i]!), 0) / a.length;
