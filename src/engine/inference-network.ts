import type { ModelDefinition } from '../model/definition';
import type { Device } from './device';
import type { OutputName } from './graph/inference-graph';
import { InferenceSession } from './inference-session';

export interface PredictOptions {
  /** Images that go through the network at once; 64 unless given. */
  readonly batchSize?: number;
  /**
   * Fills up the last batch. The last bits of what TensorFlow computes hang on the size of the batch; so they don't hang on
   * how many images there are.
   */
  readonly isPadded?: boolean;
}

/** What predicts images of one size. */
export interface PredictingNetwork {
  readonly definition: ModelDefinition;
  /**
   * Class probabilities [n, classes] of grey images.
   * @param images [n, height, width, channels] in [0, 1]
   */
  predict(images: Float32Array, options?: PredictOptions): Float32Array;
}

/** Where an {@link InferenceNetwork} comes from; both are asked for at the first prediction. */
export interface InferenceSource {
  device(): Device;
  /** Bytes of a SavedModel; see `encodeInference`. */
  model(): Uint8Array;
}

/** A network that predicts and can't be trained: one graph with its weights as constants. {@link dispose} frees its memory. */
export class InferenceNetwork implements PredictingNetwork {
  #session: InferenceSession | null = null;

  constructor(
    readonly definition: ModelDefinition,
    private readonly source: InferenceSource,
  ) {}

  /** Logits [n, classes]; see {@link predict}. */
  logits(images: Float32Array, options: PredictOptions = {}): Float32Array {
    return this.#infer(images, options, 'logits');
  }

  predict(images: Float32Array, options: PredictOptions = {}): Float32Array {
    return this.#infer(images, options, 'probabilities');
  }

  #infer(images: Float32Array, options: PredictOptions, output: OutputName): Float32Array {
    const { inputShape, classes } = this.definition;
    const pixels = inputShape.reduce((product, length) => product * length, 1);
    const count = images.length / pixels;
    const batchSize = options.batchSize ?? 64;
    const result = new Float32Array(count * classes);
    this.#session ??= InferenceSession.open(this.source.device(), this.source.model());
    const session = this.#session;
    for (let start = 0; start < count; start += batchSize) {
      const end = Math.min(start + batchSize, count);
      const batch = images.subarray(start * pixels, end * pixels);
      const whole = options.isPadded ? padded(batch, batchSize * pixels) : batch;
      const values = session.device.guard(() => this.#inferBatch(session, whole, output));
      result.set(values.subarray(0, (end - start) * classes), start * classes);
    }
    return result;
  }

  #inferBatch(session: InferenceSession, images: Float32Array, output: OutputName): Float32Array {
    const { inputShape } = this.definition;
    const { device } = session;
    const pixels = inputShape.reduce((product, length) => product * length, 1);
    const x = device.upload(images, [images.length / pixels, ...inputShape]);
    const y = session.run(x, output);
    const values = device.download(y) as Float32Array;
    x.release();
    y.release();
    return values;
  }

  /** Frees the graph; a prediction after that builds it again. */
  dispose(): void {
    this.#session?.dispose();
    this.#session = null;
  }
}

function padded(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const whole = new Float32Array(length);
  whole.set(values);
  return whole;
}
