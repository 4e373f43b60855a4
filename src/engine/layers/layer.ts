import type { LayerDefinition } from '../../model/definition';
import type { Device, NativeTensor } from '../device';
import type { Variable } from '../variable';

/** What a layer has to know about the step of training it takes part in. */
export interface Pass {
  /** Global step, which keys the random masks. */
  readonly step: number;
  readonly seed: number;
}

/** What a layer is built with. Shapes leave the batch axis out. */
export interface LayerContext {
  readonly device: Device;
  /** Unique within the network; the first part of its variables' names. */
  readonly name: string;
  readonly inputShape: readonly number[];
  /** Of the initial weights; null where others will take their place. */
  readonly seed: number | null;
  /** Element type of the feature maps, float32 or bfloat16. */
  readonly dtype: number;
  /** Whether no other layer follows, so that a softmax or a sum takes the output. */
  readonly isLast: boolean;
  /** Builds the layers inside a layer. @param prefix of their names, which ends in `/` */
  buildInner(layers: readonly LayerDefinition[], prefix: string): Layer;
}

/**
 * One part of a network in training, with its gradient; predictions come from the inference graph. Tensors are handed
 * on: `forward` takes over its input and `backward` its gradient, and each releases what it does not keep or return.
 */
export interface Layer {
  readonly outputShape: readonly number[];
  readonly variables: readonly Variable[];
  forward(x: NativeTensor, pass: Pass): NativeTensor;
  /**
   * Leaves the gradients of the layer's variables in them and returns the gradient by the input, or null where
   * `needsInput` is false. Comes once after each forward pass.
   */
  backward(dy: NativeTensor, needsInput: boolean): NativeTensor | null;
  /** Lets go of what a forward pass has kept, where no backward pass has come. */
  forget(): void;
}
