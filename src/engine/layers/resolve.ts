import type { LayerDefinition } from '../../model/definition';
import type { Effect, Flow, LayerKind, LayerRow, Shape } from './kind';
import { kindOf } from './kinds';
import { nameLayers } from './named-layers';

/** A layer at its place in a network: named, with the defaults of its settings filled in. */
export interface ResolvedLayer {
  readonly name: string;
  readonly kind: LayerKind;
  readonly options: unknown;
  readonly inputShape: Shape;
  readonly effect: Effect;
}

/** Layers in order. @param prefix of their names: nothing, or one that ends in `/` */
export function resolveLayers(
  definitions: readonly LayerDefinition[],
  input: Shape,
  prefix: string,
): ResolvedLayer[] {
  let inputShape = input;
  return nameLayers(definitions, prefix).map(({ name, layer }) => {
    const kind = kindOf(layer);
    const options = kind.resolve(layer);
    const effect = kind.describe(options, inputShape, (inner, shape, part) =>
      rowsOf(resolveLayers(inner, shape, `${name}/${part}`)),
    );
    const resolved = { name, kind, options, inputShape, effect };
    inputShape = effect.outputShape;
    return resolved;
  });
}

/** Each layer's row, with those of the layers inside before it. */
export function rowsOf(layers: readonly ResolvedLayer[]): LayerRow[] {
  return layers.flatMap(({ name, effect }) => {
    const { outputShape, parameters = 0, multiplyAdds = 0, filters, inner = [] } = effect;
    const row = { layer: name, outputShape, parameters, multiplyAdds };
    return [...inner, filters === undefined ? row : { ...row, filters }];
  });
}

/** Carries a value through layers. */
export function applyLayers<Value>(
  layers: readonly ResolvedLayer[],
  input: Flow<Value>,
  apply: (layer: ResolvedLayer, value: Value, neighbours: Neighbours) => Value,
): Flow<Value> {
  const value = layers.reduce(
    (before, layer, i) => apply(layer, before, { previous: layers[i - 1], next: layers[i + 1] }),
    input.value,
  );
  return { value, shape: layers.at(-1)?.effect.outputShape ?? input.shape };
}

/** The layers before and behind a layer, where there are such. */
export interface Neighbours {
  readonly previous: ResolvedLayer | undefined;
  readonly next: ResolvedLayer | undefined;
}
