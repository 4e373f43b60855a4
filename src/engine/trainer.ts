import type { MixedLabels } from '../augment/mixup';
import { EXIT, FerlabError } from '../errors';
import type { ModelDefinition } from '../model/definition';
import { DTYPE } from './attribute';
import type { NativeTensor } from './device';
import {
  countCorrect,
  imageWeights,
  type LossOptions,
  mixedTargets,
  smoothedTargets,
  type TaughtLabels,
  taughtTargets,
} from './loss';
import { assignByName, type Network } from './network';
import { multiply, subtract } from './operations/arithmetic';
import { convert } from './operations/shape';
import { softmaxCrossEntropy } from './operations/softmax';
import { buildOptimizer, type Optimizer, type OptimizerDefinition } from './optimizer';
import { choosePrecision } from './precision';
import { subtractScaled, Variable } from './variable';
import type { WeightTensor } from './weights';

export interface TrainerOptions extends LossOptions {
  readonly optimizer: OptimizerDefinition;
  /** Seed of the dropout masks. */
  readonly seed: number;
  /**
   * Keeps an exponential average of the weights that holds on to this share a step, such as 0.999; to less in the first
   * steps, so that the average forgets where the weights began.
   */
  readonly averageDecay?: number;
}

export interface TrainingBatch {
  /** [batch, height, width, channels] in [0, 1]; must not change during the step. */
  readonly images: Float32Array;
  /** Class of each image, [batch]. */
  readonly labels: Uint8Array;
  /** What a teacher says of each image, before any are mixed. */
  readonly taught?: TaughtLabels;
  /** The partner of each image, if images are mixed; class weights and the count of hits go by the image's own label. */
  readonly mixed?: MixedLabels;
  /** Height and width of the images; the model's own unless given. Without `flatten`, a model takes any. */
  readonly side?: number;
  readonly learningRate: number;
  /** Global step, from 0: keys the dropout masks and corrects Adam's bias. */
  readonly step: number;
}

export interface StepResult {
  /** Mean loss over the batch. */
  readonly loss: number;
  /** Images whose class was the most probable, before the update. */
  readonly correct: number;
}

/** Trains a network step by step. {@link dispose} frees the optimiser's and the averages' memory, not the network. */
export class Trainer {
  readonly #trainable: readonly Variable[];
  readonly #optimizer: Optimizer;
  readonly #averages: readonly Variable[];

  /** @throws FerlabError when this processor can't train in the network's element type */
  constructor(
    readonly network: Network,
    readonly options: TrainerOptions,
  ) {
    choosePrecision(network.precision);
    this.#trainable = network.variables.filter((variable) => variable.trainable);
    this.#optimizer = buildOptimizer(options.optimizer, this.#trainable);
    this.#averages = options.averageDecay === undefined ? [] : network.variables.map(averageOf);
  }

  /**
   * One forward pass, backward pass and update.
   * @throws FerlabError when the loss or a gradient is not a finite number, before any weight changes, or when
   * memory runs out. Nothing of the step then stays in memory.
   */
  step(batch: TrainingBatch): StepResult {
    return this.network.device.guard(
      () => this.#step(batch),
      () => this.#forget(),
    );
  }

  #step(batch: TrainingBatch): StepResult {
    const { network, options } = this;
    const count = batch.labels.length;
    const pass = { step: batch.step, seed: options.seed };
    const images = network.device.upload(batch.images, [count, ...imageShape(batch, network.definition)]);
    const logits = convert(network.layers.forward(convert(images, network.dtype), pass), DTYPE.float32);
    const correct = countCorrect(network.device.download(logits) as Float32Array, batch.labels);
    const { loss, gradient } = this.#loss(logits, batch);
    if (!Number.isFinite(loss)) throw notFinite(`the loss is ${loss}`, batch);
    network.layers.backward(convert(gradient, network.dtype), false)?.release();
    network.layers.forget(); // layers before the first that learns get no gradient
    this.#checkGradient(batch);
    this.#optimizer.apply(batch.learningRate, batch.step);
    this.#average(batch.step);
    network.forgetInference();
    return { loss, correct };
  }

  /** Lets go of all tensors of a step. */
  #forget(): void {
    this.network.layers.forget();
    for (const variable of [...this.network.variables, ...this.#stateVariables()]) variable.forget();
  }

  /** Takes over the logits. */
  #loss(logits: NativeTensor, batch: TrainingBatch): { loss: number; gradient: NativeTensor } {
    const { device } = this.network;
    const { labels } = batch;
    const weights = imageWeights(labels, this.options.classWeights);
    const targets = device.upload(this.#targets(batch), logits.shape);
    const perImage = softmaxCrossEntropy(logits, targets);
    const losses = device.download(perImage.loss) as Float32Array;
    const weightColumn = device.upload(weights, [labels.length, 1]);
    const gradient = multiply(perImage.gradient, weightColumn);
    for (const tensor of [logits, targets, perImage.loss, perImage.gradient, weightColumn]) tensor.release();
    return { loss: losses.reduce((sum, loss, i) => sum + loss * weights[i]!, 0), gradient };
  }

  /** [batch, classes] */
  #targets({ labels, taught, mixed }: TrainingBatch): Float32Array {
    const own = smoothedTargets(labels, this.network.definition.classes, this.options.labelSmoothing ?? 0);
    const all = taught ? taughtTargets(own, taught) : own;
    return mixed ? mixedTargets(all, mixed) : all;
  }

  /**
   * Max pooling can hide a NaN from the loss, but never from the gradient of the first layer, to which all others
   * contribute.
   */
  #checkGradient(batch: TrainingBatch): void {
    const first = this.#trainable[0]?.gradient;
    if (first && !this.network.device.download(first).every(Number.isFinite)) {
      throw notFinite('a gradient is not a number', batch);
    }
  }

  /** average -= (1 - decay) (average - weight) */
  #average(step: number): void {
    const { averageDecay } = this.options;
    if (averageDecay === undefined) return;
    const { device, variables } = this.network;
    const decay = Math.min(averageDecay, (1 + step) / (10 + step));
    const rate = device.upload(Float32Array.of(1 - decay), []);
    for (const [i, average] of this.#averages.entries()) {
      const value = average.read();
      const weight = variables[i]!.read();
      const difference = subtract(value, weight);
      value.release();
      weight.release();
      subtractScaled(average, rate, difference);
      difference.release();
    }
    rate.release();
  }

  /** Copies of the optimiser's slots and of the averages: with the network's weights, all that a resumed run needs. */
  state(): WeightTensor[] {
    return this.#stateVariables().map((variable) => ({
      name: variable.name,
      shape: variable.shape,
      values: variable.values(),
    }));
  }

  /** @throws FerlabError when the state belongs to another network or optimiser */
  setState(state: readonly WeightTensor[]): void {
    assignByName(this.#stateVariables(), state);
  }

  #stateVariables(): readonly Variable[] {
    return [...this.#optimizer.slots, ...this.#averages];
  }

  /** Calls `fn` while the network holds the averaged weights, if averages are kept, and the trained ones after it. */
  withAveragedWeights<T>(fn: () => T): T {
    if (this.#averages.length === 0) return fn();
    const trained = this.network.weights();
    const averaged = this.#averages.map((average, i) => ({
      name: this.network.variables[i]!.name,
      shape: average.shape,
      values: average.values(),
    }));
    this.network.setWeights(averaged);
    try {
      return fn();
    } finally {
      this.network.setWeights(trained);
    }
  }

  dispose(): void {
    for (const variable of this.#stateVariables()) variable.dispose();
  }
}

/** Height, width and channels of a batch's images. */
function imageShape({ side }: TrainingBatch, { inputShape }: ModelDefinition): readonly number[] {
  return side === undefined ? inputShape : [side, side, inputShape[2]];
}

function averageOf(variable: Variable): Variable {
  return new Variable(variable.device, `${variable.name}/average`, variable.shape, variable.values(), false);
}

function notFinite(problem: string, batch: TrainingBatch): FerlabError {
  return new FerlabError(`${problem} at step ${batch.step} (learning rate ${batch.learningRate})`, {
    remedy:
      'lower the learning rate, or check the images for values outside [0, 1]; the last checkpoint was kept',
    exitStatus: EXIT.diverged,
  });
}
