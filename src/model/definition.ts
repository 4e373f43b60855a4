/**
 * One layer of a network, as data. Spatial sizes are [height, width]; padding is `same` unless said otherwise.
 * Filters in multiples of 16 train fastest on processors: oneDNN computes channels in blocks of 16, and with 45 filters
 * instead of 48 batch norm and its gradient take 4 to 7 times as long (`npm run bench:widths`).
 */
export type LayerDefinition =
  | {
      readonly kind: 'convolution';
      readonly filters: number;
      readonly kernelSize: number;
      readonly stride?: number;
      readonly bias?: boolean;
      readonly trainable?: boolean;
    }
  | { readonly kind: 'batchNorm'; readonly momentum?: number; readonly epsilon?: number }
  | { readonly kind: 'relu' }
  | { readonly kind: 'maxPool'; readonly size: number; readonly stride?: number }
  | { readonly kind: 'globalPool'; readonly statistic: 'mean' | 'max' | 'meanAndMax' }
  | { readonly kind: 'dropout'; readonly rate: number; readonly perChannel?: boolean }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'dense'; readonly units: number; readonly bias?: boolean }
  /** x + layers(x); where the channel counts differ a 1x1 convolution with batch norm carries x. */
  | { readonly kind: 'residual'; readonly layers: readonly LayerDefinition[] };

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

/** Whether a model takes images of any size: flattening fixes the size, global pooling does not. */
export function takesAnySize({ layers }: Pick<ModelDefinition, 'layers'>): boolean {
  return layers.every(
    (layer) => layer.kind !== 'flatten' && (layer.kind !== 'residual' || takesAnySize(layer)),
  );
}
