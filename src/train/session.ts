import type { Split } from '../dataset/split';
import type { Network } from '../engine/network';
import type { Trainer } from '../engine/trainer';
import { EXIT, FerlabError } from '../errors';
import type { RunConfig } from '../run/config';
import { bestEpoch, type EpochResult, isPatienceOver } from '../run/history';
import { runFiles } from '../run/run-folder';
import { saveTensors } from '../run/tensor-file';
import { type CheckpointTarget, type Progression, saveCheckpoint } from './checkpoint';
import { type EpochSums, learningRate, stepsPerEpoch, trainEpoch } from './epoch';
import { type Pace, progressOf, throttle } from './progress';
import type { Teacher } from './teacher';
import type { TrainOptions } from './train';
import { type Validation, validate } from './validate';

/** What a run is trained with. */
export interface SessionParts {
  readonly config: RunConfig;
  readonly folder: string;
  readonly options: TrainOptions;
  readonly split: Split;
  readonly network: Network;
  readonly trainer: Trainer;
  /** Null where the labels alone teach. */
  readonly teacher: Teacher | null;
}

/** One process's work on a run, from its checkpoint or the start to the last epoch. */
export class TrainingSession {
  readonly #target: CheckpointTarget;
  readonly #isDue = throttle();
  readonly #steps: number;
  readonly #stepImages: number;
  #lastCheckpoint = performance.now();

  constructor(
    readonly parts: SessionParts,
    private progression: Progression,
  ) {
    this.#target = checkpointTarget(parts);
    const images = parts.split.training.length;
    this.#steps = stepsPerEpoch(images, parts.config.batchSize);
    this.#stepImages = Math.min(parts.config.batchSize, images);
  }

  /** @throws FerlabError when it is stopped or fails; the last checkpoint is kept */
  async run(): Promise<Progression> {
    const { config } = this.parts;
    while (
      this.progression.epoch < config.epochs &&
      !isPatienceOver(this.progression.history, config.patienceEpochs)
    )
      await this.#epoch();
    return this.progression;
  }

  async #epoch(): Promise<void> {
    const { config, options, split, trainer, teacher } = this.parts;
    const { dataset } = options;
    const before = this.progression;
    const started = performance.now();
    const at = (sums: EpochSums): Progression => {
      const seconds = before.seconds + (performance.now() - started) / 1000;
      return { ...before, ...sums, seconds };
    };
    const pace = ({ step }: EpochSums): Pace => ({
      steps: this.#steps,
      stepImages: this.#stepImages,
      imagesPerSecond: (1000 * (step - before.step) * this.#stepImages) / (performance.now() - started),
    });
    const onStep = (sums: EpochSums) => {
      if (this.#isDue()) options.onProgress?.(progressOf(config, at(sums), pace(sums)));
      this.#checkpointIfDue(() => at(sums));
      return !options.signal?.aborted;
    };
    const context = {
      config,
      dataset,
      training: split.training,
      trainer,
      teacher,
      epoch: before.epoch,
      onStep,
    };
    const sums = await trainEpoch(context, before);
    const speed = pace(sums);
    const result = await this.#validate(sums);
    if (!result) return this.#stop(at(sums));
    const history = [...before.history, result];
    this.progression = { ...at({ step: 0, lossSum: 0, correct: 0 }), epoch: before.epoch + 1, history };
    this.#checkpoint(this.progression);
    options.onProgress?.(progressOf(config, this.progression, speed));
  }

  #stop(progression: Progression): never {
    this.#checkpoint(progression);
    const { epoch, step } = progression;
    const { epochs } = this.parts.config;
    throw stopped(`in epoch ${epoch + 1} of ${epochs}, after step ${step} of ${this.#steps}`);
  }

  #checkpointIfDue(progression: () => Progression): void {
    const age = (performance.now() - this.#lastCheckpoint) / 1000;
    if (age >= (this.parts.options.checkpointSeconds ?? 60)) this.#checkpoint(progression());
  }

  #checkpoint(progression: Progression): void {
    saveCheckpoint(this.#target, progression);
    this.#lastCheckpoint = performance.now();
  }

  /** Validates and keeps the weights if they are the best so far; null when it was stopped. */
  async #validate(sums: EpochSums): Promise<EpochResult | null> {
    const { config, options, split, network, trainer } = this.parts;
    const { signal, dataset } = options;
    const validation = signal?.aborted
      ? null
      : await validate({ network, trainer, dataset, rows: split.validation, signal });
    if (!validation) return null;
    const { epoch, history } = this.progression;
    const seen = sums.step * this.#stepImages;
    const result = {
      epoch: epoch + 1,
      learningRate: learningRate(config, epoch, sums.step - 1, this.#steps),
      loss: sums.lossSum / seen,
      accuracy: sums.correct / seen,
      valLoss: validation.loss,
      valAccuracy: validation.accuracy,
    };
    this.#keep(validation, result, bestEpoch([...history, result]) === result);
    return result;
  }

  #keep(validation: Validation, result: EpochResult, isBest: boolean): void {
    if (!Number.isFinite(validation.loss)) {
      throw new FerlabError(`the validation loss is ${validation.loss} after epoch ${result.epoch}`, {
        remedy: 'lower the learning rate; the last checkpoint is kept',
        exitStatus: EXIT.diverged,
      });
    }
    if (!isBest) return;
    const meta = { model: this.parts.config.model, epoch: result.epoch };
    saveTensors(runFiles(this.parts.folder).weights, { meta, tensors: validation.weights });
  }
}

/** Where the parts of a run keep their checkpoint. */
export function checkpointTarget({
  config,
  folder,
  options,
  network,
  trainer,
}: SessionParts): CheckpointTarget {
  const datasetSha256 = options.dataset.source.sha256;
  return { path: runFiles(folder).checkpoint, config, datasetSha256, network, trainer };
}

/** The error of a run that its signal stopped. */
export function stopped(where: string): FerlabError {
  return new FerlabError(`stopped ${where}`, { remedy: 'go on with --resume', exitStatus: EXIT.interrupted });
}
