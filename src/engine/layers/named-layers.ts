import type { LayerDefinition } from '../../model/definition';

/**
 * Layers with their names: kind and number, such as `convolution-2`, with which the names of their weights begin.
 * @param prefix of those inside a layer, such as `residual-1/`
 */
export function nameLayers<Layer extends Pick<LayerDefinition, 'kind'>>(
  layers: readonly Layer[],
  prefix = '',
): { name: string; layer: Layer }[] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const nth = (counts.get(layer.kind) ?? 0) + 1;
    counts.set(layer.kind, nth);
    return { name: `${prefix}${layer.kind}-${nth}`, layer };
  });
}
