import type { DatasetSpec } from '../dataset/spec';

/** The settings of each kind of layer, by its name: each module of `engine/layers/` adds those of its own kind. */
// biome-ignore lint/suspicious/noEmptyInterface: the modules of the layers merge their settings into it
export interface LayerSettings {}

/** Name of a kind of layer, such as `convolution`. */
export type LayerName = keyof LayerSettings;

/** The definition of one kind of layer. */
export type DefinitionOf<Name extends LayerName> = { readonly kind: Name } & LayerSettings[Name];

/**
 * One layer of a network, as data. Spatial sizes are [height, width]; padding is `same` unless said otherwise.
 * Filters in multiples of 16 train fastest on processors: oneDNN computes channels in blocks of 16, and with 45 filters
 * instead of 48 batch norm and its gradient take 4 to 7 times as long (`npm run bench:widths`).
 */
export type LayerDefinition = { [Name in LayerName]: DefinitionOf<Name> }[LayerName];

/**
 * A network that maps [batch, height, width, channels] to logits [batch, classes]. The softmax belongs to
 * the loss and to prediction, so that both are computed stably from logits.
 */
export interface ModelDefinition {
  readonly name: string;
  /** [height, width, channels] */
  readonly inputShape: readonly [number, number, number];
  readonly classes: number;
  readonly layers: readonly LayerDefinition[];
}

/** What a network is made for: the side of the grey images in pixels, and the classes. */
export type ModelTask = Pick<DatasetSpec, 'side' | 'classes'>;

/** A network for square grey images. */
export function greyModel(
  name: string,
  { side, classes }: ModelTask,
  layers: readonly LayerDefinition[],
): ModelDefinition {
  return { name, inputShape: [side, side, 1], classes: classes.length, layers };
}
