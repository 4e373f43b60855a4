import { FerlabError } from '../errors';
import type { ModelDefinition } from '../model/definition';
import { DTYPE } from './attribute';
import { buildLayers } from './build';
import { Device } from './device';
import type { OutputName } from './graph/inference-graph';
import { encodeInference } from './graph/saved-model';
import { InferenceSession } from './inference-session';
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

export interface PredictOptions {
  /** Images that go through the network at once; 64 unless given. */
  readonly batchSize?: number;
  /**
   * Fills up the last batch. The last bits of what TensorFlow computes hang on the size of the batch; so they don't hang on
   * how many images there are.
   */
  readonly isPadded?: boolean;
}

/** A convolutional network on TensorFlow's native operations. {@link dispose} frees its memory. */
export class Network {
  readonly device = new Device();
  readonly layers: Layer;
  readonly dtype: number;
  #inference: InferenceSession | null = null;

  private constructor(
    readonly definition: ModelDefinition,
    readonly precision: Precision,
    seed: number | null,
  ) {
    this.dtype = precision === 'bfloat16' ? DTYPE.bfloat16 : DTYPE.float32;
    this.layers = buildLayers(definition, { device: this.device, seed, dtype: this.dtype });
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
    this.#inference?.dispose();
    this.#inference = null;
  }

  /**
   * Logits [n, classes] of grey images.
   * @param images [n, height, width, channels] in [0, 1]
   */
  logits(images: Float32Array, options: PredictOptions = {}): Float32Array {
    return this.#infer(images, options, 'logits');
  }

  /** Class probabilities [n, classes]; see {@link logits}. */
  predict(images: Float32Array, options: PredictOptions = {}): Float32Array {
    return this.#infer(images, options, 'probabilities');
  }

  #infer(images: Float32Array, options: PredictOptions, output: OutputName): Float32Array {
    const { inputShape, classes } = this.definition;
    const pixels = inputShape.reduce((product, length) => product * length, 1);
    const count = images.length / pixels;
    const batchSize = options.batchSize ?? 64;
    const result = new Float32Array(count * classes);
    this.#inference ??= this.#openInference();
    const inference = this.#inference;
    for (let start = 0; start < count; start += batchSize) {
      const end = Math.min(start + batchSize, count);
      const batch = images.subarray(start * pixels, end * pixels);
      const whole = options.isPadded ? padded(batch, batchSize * pixels) : batch;
      const values = this.device.guard(() => this.#inferBatch(inference, whole, output));
      result.set(values.subarray(0, (end - start) * classes), start * classes);
    }
    return result;
  }

  #inferBatch(inference: InferenceSession, images: Float32Array, output: OutputName): Float32Array {
    const { inputShape } = this.definition;
    const pixels = inputShape.reduce((product, length) => product * length, 1);
    const x = this.device.upload(images, [images.length / pixels, ...inputShape]);
    const y = inference.run(x, output);
    const values = this.device.download(y) as Float32Array;
    x.release();
    y.release();
    return values;
  }

  #openInference(): InferenceSession {
    return InferenceSession.open(this.device, encodeInference(this.definition, this.weights(), this.dtype));
  }

  dispose(): void {
    this.forgetInference();
    for (const variable of this.variables) variable.dispose();
    this.device.dispose();
  }
}

function padded(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const whole = new Float32Array(length);
  whole.set(values);
  return whole;
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
