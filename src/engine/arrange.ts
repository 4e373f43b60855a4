import type { LayerDefinition } from '../model/definition';
import type { Arranged } from './layers/kind';
import { kindOf } from './layers/kinds';

/**
 * Layers as they are trained: a ReLU goes behind a layer that it commutes with and that leaves it less work, and becomes
 * part of the layer before it where that can do both in one pass over memory. The outcome is the same.
 */
export function arrange(definitions: readonly LayerDefinition[]): (LayerDefinition & Arranged)[] {
  const swapped = [...definitions];
  for (let i = 1; i < swapped.length; i++) {
    const [before, here] = [swapped[i - 1]!, swapped[i]!];
    if (isRelu(before) && kindOf(here).commutesWithRelu) [swapped[i - 1], swapped[i]] = [here, before];
  }
  return swapped.flatMap((layer, i): (LayerDefinition & Arranged)[] => {
    if (isRelu(layer) && absorbsRelu(swapped[i - 1])) return [];
    return absorbsRelu(layer) ? [{ ...layer, relu: isRelu(swapped[i + 1]) }] : [layer];
  });
}

const isRelu = (layer: LayerDefinition | undefined) => layer?.kind === 'relu';
const absorbsRelu = (layer: LayerDefinition | undefined) => Boolean(layer && kindOf(layer).absorbsRelu);
