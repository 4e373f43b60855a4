import { FerlabError } from '../errors';
import type { ModelDefinition } from '../model/definition';
import { DTYPE } from './attribute';
import { buildLayers } from './build';
import { Device } from './device';
import { encodeInference } from './graph/saved-model';
import { InferenceNetwork, type PredictingNetwork, type PredictOptions } from './inference-network';
import type { Layer } from './layers/layer';
import type { Variable } from './variable';
import type { WeightTensor } from './weights';

/** Element type of the feature maps; weights, statistics and losses are float32 in both. */
export type Precision = 'float32' | 'bfloat16';

export interface NetworkOptions {
  /** Seed of the initial weights; null for zeros, where {@link Network.setWeights} follows. */
  readonly seed: number | null;
  /** float32 unless given. */
  readonly precision?: Precision;
}

/** A convolutional network on TensorFlow's native operations. {@link dispose} frees its memory. */
export class Network implements PredictingNetwork {
  readonly device = new Device();
  readonly layers: Layer;
  readonly dtype: number;
  readonly #inference: InferenceNetwork;

  private constructor(
    readonly definition: ModelDefinition,
    readonly precision: Precision,
    seed: number | null,
  ) {
    this.dtype = DTYPE[precision];
    this.layers = buildLayers(definition, { device: this.device, seed, dtype: this.dtype });
    this.#inference = new InferenceNetwork(definition, {
      device: () => this.device,
      model: () => encodeInference(definition, this.weights(), this.dtype),
    });
  }

  /**
   * A network with fresh weights.
   * @throws FerlabError when the layers do not fit together
   */
  static build(definition: ModelDefinition, options: NetworkOptions): Network {
    return new Network(definition, options.precision ?? 'float32', options.seed);
  }

  get variables(): readonly Variable[] {
    return this.layers.variables;
  }

  /** Number of weights that training changes. */
  get parameterCount(): number {
    return this.variables.reduce((total, variable) => total + (variable.trainable ? variable.size : 0), 0);
  }

  /** Copies of all weights and running statistics. */
  weights(): WeightTensor[] {
    return this.variables.map((variable) => ({
      name: variable.name,
      shape: variable.shape,
      values: variable.values(),
    }));
  }

  /**
   * Replaces all weights and running statistics.
   * @throws FerlabError when a name or a size does not belong to this network
   */
  setWeights(weights: readonly WeightTensor[]): void {
    assignByName(this.variables, weights);
    this.forgetInference();
  }

  /** To be called when weights have changed, so that predictions use the new ones. */
  forgetInference(): void {
    this.#inference.dispose();
  }

  /**
   * Logits [n, classes] of grey images.
   * @param images [n, height, width, channels] in [0, 1]
   */
  logits(images: Float32Array, options: PredictOptions = {}): Float32Array {
    return this.#inference.logits(images, options);
  }

  /** Class probabilities [n, classes]; see {@link logits}. */
  predict(images: Float32Array, options: PredictOptions = {}): Float32Array {
    return this.#inference.predict(images, options);
  }

  dispose(): void {
    this.forgetInference();
    for (const variable of this.variables) variable.dispose();
    this.device.dispose();
  }
}

/** Sets each variable to the tensor of its name. */
export function assignByName(variables: readonly Variable[], tensors: readonly WeightTensor[]): void {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  for (const variable of variables) {
    const tensor = byName.get(variable.name);
    if (!tensor || tensor.values.length !== variable.size) {
      const found = tensor ? `has ${tensor.values.length} numbers instead of ${variable.size}` : 'is missing';
      throw new FerlabError(`weights do not fit the network: ${variable.name} ${found}`, {
        remedy: 'use weights that were saved from the same model definition',
      });
    }
    variable.assign(tensor.values);
  }
}
