import type { LayerDefinition } from './definition';

/**
 * Layers with their names: kind and number, such as `convolution-2`, with which the names of their weights begin.
 * @param prefix of those inside a residual block, such as `residual-1/`
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

/** What carries a residual block's input to its sum: nothing, or a 1x1 convolution where the channel counts differ. */
export function shortcutLayers(from: number, to: number): LayerDefinition[] {
  if (from === to) return [];
  return [{ kind: 'convolution', filters: to, kernelSize: 1, bias: false }, { kind: 'batchNorm' }];
}
