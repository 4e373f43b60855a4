import * as tf from '@tensorflow/tfjs-node';
import { type WeightTensor, weightsByName } from '../engine/weights';
import { buildLayersModel } from '../export/layers-model';
import type { ModelDefinition } from '../model/definition';
import { splitDefinition } from './split-definition';

/** Values of a layer for one image. */
export interface FeatureMaps {
  /** [height, width, channels] */
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * A network that shows what goes on in it, as a model of tfjs, which can differentiate any part of it. {@link dispose}
 * frees it.
 */
export class ExplainedNetwork {
  readonly #front: tf.LayersModel;
  readonly #head: tf.LayersModel;
  /** Names of the layers up to the last feature maps, in order. */
  readonly layerNames: readonly string[];

  constructor(
    readonly definition: ModelDefinition,
    weights: readonly WeightTensor[],
  ) {
    const { front, head } = splitDefinition(definition);
    const weight = weightsByName(weights);
    this.#front = withoutSoftmax(buildLayersModel(front, weight));
    this.#head = withoutSoftmax(buildLayersModel(head, weight));
    this.layerNames = this.#front.layers.slice(1).map(({ name }) => name);
  }

  /** What a layer makes of an image [height, width, 1] in [0, 1]. */
  featureMaps(image: Float32Array, layer: string): FeatureMaps {
    const output = this.#front.getLayer(layer).output as tf.SymbolicTensor;
    const model = tf.model({ inputs: this.#front.inputs, outputs: output });
    return mapsOf(tf.tidy(() => model.predict(this.#batch(image)) as tf.Tensor4D));
  }

  /** The class scores before the softmax. */
  logits(image: Float32Array): Float32Array {
    return tf.tidy(() => {
      const maps = this.#front.predict(this.#batch(image)) as tf.Tensor;
      return (this.#head.predict(maps) as tf.Tensor).dataSync() as Float32Array;
    });
  }

  /**
   * Where the last feature maps speak for a class (Selvaraju et al. 2017, arXiv 1610.02391): each map is weighted with the
   * mean gradient of the class's score by it, and what is left of the sum above zero is shown.
   * @returns [height, width] of the feature maps, not scaled
   */
  gradCam(image: Float32Array, label: number): FeatureMaps {
    return mapsOf(
      tf.tidy(() => {
        const maps = this.#front.predict(this.#batch(image)) as tf.Tensor4D;
        const score = (features: tf.Tensor) => {
          const logits = this.#head.apply(features) as tf.Tensor2D;
          return logits.slice([0, label], [1, 1]).asScalar();
        };
        const weights = tf.grad(score)(maps).mean([1, 2], true);
        return maps.mul(weights).sum(3, true).relu() as tf.Tensor4D;
      }),
    );
  }

  #batch(image: Float32Array): tf.Tensor4D {
    const [height, width, channels] = this.definition.inputShape as [number, number, number];
    return tf.tensor4d(image, [1, height, width, channels]);
  }

  dispose(): void {
    for (const model of [this.#front, this.#head]) for (const layer of model.layers) layer.dispose();
  }
}

/** A model that `buildLayersModel` made, without its last layer. */
function withoutSoftmax(model: tf.LayersModel): tf.LayersModel {
  const last = model.layers.at(-2)!.output as tf.SymbolicTensor;
  return tf.model({ inputs: model.inputs, outputs: last });
}

/** Takes the values out of a tensor, and disposes it. */
function mapsOf(tensor: tf.Tensor4D): FeatureMaps {
  const [, height, width, channels] = tensor.shape;
  const values = tensor.dataSync() as Float32Array;
  tensor.dispose();
  return { values, height, width, channels };
}
