import type { LayerDefinition, ModelDefinition } from '../model/definition';
import type { LayerRow } from './layers/kind';
import { kindOf } from './layers/kinds';
import { resolveLayers, rowsOf } from './layers/resolve';

/** The layers of a model in order, with those inside a residual block before the block itself. */
export function describeModel({ layers, inputShape }: ModelDefinition): LayerRow[] {
  return rowsOf(resolveLayers(layers, inputShape, ''));
}

/** Sums over all layers. */
export function modelSize(definition: ModelDefinition): { parameters: number; multiplyAdds: number } {
  const rows = describeModel(definition);
  return {
    parameters: rows.reduce((sum, row) => sum + row.parameters, 0),
    multiplyAdds: rows.reduce((sum, row) => sum + row.multiplyAdds, 0),
  };
}

/** The numbers of filters that are no multiples of 16, each once: oneDNN computes those more slowly. */
export function oddWidths(definition: ModelDefinition): number[] {
  const widths = describeModel(definition).map(({ filters }) => filters ?? 0);
  return [...new Set(widths.filter((width) => width % 16 !== 0))];
}

/** Whether a convolution of the model, also one inside a block, adds a bias. */
export function hasConvolutionBias({ layers }: { readonly layers: readonly LayerDefinition[] }): boolean {
  return layers.some((layer) => {
    const kind = kindOf(layer);
    const options = kind.resolve(layer) as { readonly bias?: boolean };
    return (
      (layer.kind === 'convolution' && options.bias === true) ||
      hasConvolutionBias({ layers: kind.inner?.(options) ?? [] })
    );
  });
}

/** Whether a model takes images of any size: flattening fixes the size, global pooling does not. */
export function takesAnySize({ layers }: { readonly layers: readonly LayerDefinition[] }): boolean {
  return layers.every((layer) => {
    const kind = kindOf(layer);
    return !kind.fixesSize && takesAnySize({ layers: kind.inner?.(kind.resolve(layer)) ?? [] });
  });
}
