import { resolveLayers } from '../engine/layers/resolve';
import { FerlabError } from '../errors';
import type { LayerDefinition, ModelDefinition } from '../model/definition';

/** A network in two: from images to the last feature maps, and on to the classes. */
export interface SplitDefinition {
  readonly front: ModelDefinition;
  readonly head: ModelDefinition;
}

/** Layers that leave no height and width. */
const ENDS: readonly LayerDefinition['kind'][] = ['flatten', 'globalPool', 'rowLstm'];

/**
 * Splits a network behind the last ReLU of its feature maps. Its layers keep their names, as what comes behind has none of
 * the kinds that have weights in front.
 * @throws FerlabError for a network without feature maps
 */
export function splitDefinition(definition: ModelDefinition): SplitDefinition {
  const { layers, inputShape } = definition;
  const end = layers.findIndex(({ kind }) => ENDS.includes(kind));
  const last = layers.slice(0, end).findLastIndex(({ kind }) => kind === 'relu');
  if (end < 0 || last < 0) {
    throw new FerlabError(`${definition.name} has no feature maps to look at`, {
      remedy: 'choose a network with convolutions, each followed by a ReLU',
    });
  }
  const front = layers.slice(0, last + 1);
  const shape = resolveLayers(front, inputShape, '').at(-1)!.effect.outputShape;
  return {
    front: { ...definition, layers: front },
    head: {
      ...definition,
      layers: layers.slice(last + 1),
      inputShape: shape as ModelDefinition['inputShape'],
    },
  };
}
