import { type ResolvedLayer, resolveLayers } from '../engine/layers/resolve';
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
 * Splits a network behind the last ReLU of its feature maps.
 * @throws FerlabError for a network without feature maps, or with a kind of layer that has weights on both sides: layers are
 * numbered by kind, so one behind would take the weights of one in front
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
  const resolved = resolveLayers(layers, inputShape, '');
  checkNames(definition.name, resolved.slice(0, last + 1), resolved.slice(last + 1));
  const front = layers.slice(0, last + 1);
  const shape = resolved[last]!.effect.outputShape;
  return {
    front: { ...definition, layers: front },
    head: {
      ...definition,
      layers: layers.slice(last + 1),
      inputShape: shape as ModelDefinition['inputShape'],
    },
  };
}

function checkNames(network: string, front: readonly ResolvedLayer[], head: readonly ResolvedLayer[]): void {
  const weighted = (layers: readonly ResolvedLayer[]) =>
    layers.filter(({ effect }) => (effect.parameters ?? 0) > 0).map(({ kind }) => kind.name);
  const twice = weighted(head).find((kind) => weighted(front).includes(kind));
  if (twice === undefined) return;
  throw new FerlabError(`${network} has layers of the kind ${twice} on both sides of its last feature maps`, {
    remedy: 'choose a network that ends its feature maps with a ReLU',
  });
}
