import { rmSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { EMOTION_COUNT } from '../dataset/emotions';
import { type Split, splitDataset } from '../dataset/split';
import { Network } from '../engine/network';
import { Trainer } from '../engine/trainer';
import { EXIT, FerlabError } from '../errors';
import { savePredictions } from '../evaluate/predictions';
import { buildModel } from '../model/models';
import {
  BEGINNING,
  type CheckpointTarget,
  type Progression,
  removeCheckpoint,
  restoreCheckpoint,
  saveCheckpoint,
} from './checkpoint';
import { checkConfig, type RunConfig } from './config';
import { type EpochSums, learningRate, stepsPerEpoch, trainEpoch } from './epoch';
import { bestEpoch, type EpochResult, type History } from './history';
import { crossEntropy, predictRows } from './infer';
import { choosePrecision } from './precision';
import { type TrainingProgress, throttle } from './progress';
import { describeDataset, describeEnvironment, type RunRecord } from './record';
import { claimFolder, runFiles, runFolder, saveJson } from './run-folder';
import { hashTensors, loadTensors, saveTensors } from './tensor-file';

export interface TrainOptions {
  readonly dataset: ImageDataset;
  /** Goes on from the run's checkpoint instead of from the start. */
  readonly resume?: boolean;
  /** Stops after the step in progress, leaving a checkpoint. */
  readonly signal?: AbortSignal;
  /** Called at most twice a second, and after each epoch. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Folder of the run; named after the configuration, below `runs/`, unless given. */
  readonly folder?: string;
  /** Longest time between two checkpoints, in seconds; 60 unless given. There is one after each epoch in any case. */
  readonly checkpointSeconds?: number;
}

export interface TrainedRun {
  readonly folder: string;
  readonly record: RunRecord;
  readonly history: History;
}

/**
 * Trains a run and leaves in its folder: configuration, history, the weights of the best epoch by validation
 * accuracy, their predictions for the validation part, and the record.
 * @throws FerlabError with exit status 130 when `signal` stops it, and as the engine, the disk and the folder's
 * lock do; the last checkpoint is kept in each case
 */
export async function trainRun(config: RunConfig, options: TrainOptions): Promise<TrainedRun> {
  const checked = checkConfig(config, 'configuration');
  const folder = options.folder ?? runFolder(checked);
  const release = claimFolder(folder);
  const session = new TrainingSession(checked, folder, options);
  try {
    return await session.run();
  } finally {
    session.dispose();
    release();
  }
}

/** One process's work on a run, from its checkpoint or the start. */
class TrainingSession {
  readonly #files: ReturnType<typeof runFiles>;
  readonly #split: Split;
  readonly #network: Network;
  readonly #trainer: Trainer;
  readonly #target: CheckpointTarget;
  readonly #startedAt = new Date();
  readonly #isDue = throttle();
  #progression = BEGINNING;
  #lastCheckpoint = performance.now();
  /** Images trained in this process, for the speed. */
  #trained = 0;

  constructor(
    readonly config: RunConfig,
    readonly folder: string,
    readonly options: TrainOptions,
  ) {
    const { dataset } = options;
    this.#files = runFiles(folder);
    this.#split = splitDataset(dataset, config);
    this.#network = Network.build(buildModel(config.model), {
      seed: config.seed,
      precision: choosePrecision(config.precision),
    });
    this.#trainer = new Trainer(this.#network, {
      optimizer: config.optimizer,
      labelSmoothing: config.labelSmoothing,
      classWeights:
        config.classWeights === 'balanced' ? balancedWeights(dataset, this.#split.training) : undefined,
      seed: config.seed,
      averageDecay: config.averageDecay > 0 ? config.averageDecay : undefined,
    });
    this.#target = {
      path: this.#files.checkpoint,
      config,
      datasetSha256: dataset.source.sha256,
      network: this.#network,
      trainer: this.#trainer,
    };
  }

  async run(): Promise<TrainedRun> {
    if (this.options.resume) this.#progression = restoreCheckpoint(this.#target);
    else this.#clear();
    saveJson(this.#files.config, this.config);
    while (this.#progression.epoch < this.config.epochs) await this.#epoch();
    return this.#finish();
  }

  /** A fresh start leaves nothing of an earlier run behind that could be taken for its own. */
  #clear(): void {
    removeCheckpoint(this.#files.checkpoint);
    const { record, history, weights, predictions } = this.#files;
    for (const file of [record, history, weights, predictions('validation'), predictions('test')]) {
      rmSync(file, { force: true });
    }
  }

  async #epoch(): Promise<void> {
    const before = this.#progression;
    const started = performance.now();
    const trainedBefore = this.#trained;
    const at = (sums: EpochSums): Progression => ({
      ...before,
      ...sums,
      seconds: before.seconds + (performance.now() - started) / 1000,
    });
    const sums = await trainEpoch(
      {
        config: this.config,
        dataset: this.options.dataset,
        training: this.#split.training,
        trainer: this.#trainer,
        epoch: before.epoch,
        onStep: (now) => {
          this.#trained = trainedBefore + (now.step - before.step) * this.config.batchSize;
          if (this.#isDue()) this.#report(at(now), { since: started, images: this.#trained - trainedBefore });
          this.#checkpointIfDue(at(now));
          return !this.options.signal?.aborted;
        },
      },
      before,
    );
    if (this.options.signal?.aborted) this.#stop(at(sums));
    const result = this.#validate(sums);
    this.#progression = {
      ...at(BEGINNING),
      epoch: before.epoch + 1,
      history: [...before.history, result],
    };
    this.#keepIfBest(result);
    this.#checkpoint(this.#progression);
    this.#report(this.#progression, { since: started, images: this.#trained - trainedBefore });
  }

  #stop(progression: Progression): never {
    this.#checkpoint(progression);
    throw new FerlabError(
      `stopped in epoch ${progression.epoch + 1} of ${this.config.epochs}, after step ${progression.step}`,
      { remedy: 'go on with --resume', exitStatus: EXIT.interrupted },
    );
  }

  #checkpointIfDue(progression: Progression): void {
    const age = (performance.now() - this.#lastCheckpoint) / 1000;
    if (age >= (this.options.checkpointSeconds ?? 60)) this.#checkpoint(progression);
  }

  #checkpoint(progression: Progression): void {
    saveCheckpoint(this.#target, progression);
    this.#lastCheckpoint = performance.now();
  }

  #validate(sums: EpochSums): EpochResult {
    const { config } = this;
    const { dataset } = this.options;
    const { validation, training } = this.#split;
    const steps = stepsPerEpoch(training.length, config.batchSize);
    const seen = sums.step * Math.min(config.batchSize, training.length);
    const labels = labelsOf(dataset, validation);
    const probabilities = this.#trainer.withAveragedWeights(() =>
      predictRows(this.#network, dataset, validation),
    );
    return {
      epoch: this.#progression.epoch + 1,
      learningRate: learningRate(config, this.#progression.epoch, sums.step - 1, steps),
      loss: sums.lossSum / seen,
      accuracy: sums.correct / seen,
      valLoss: crossEntropy(probabilities, labels),
      valAccuracy: accuracy(probabilities, labels),
    };
  }

  #keepIfBest(result: EpochResult): void {
    if (bestEpoch(this.#progression.history) !== result) return;
    const tensors = this.#trainer.withAveragedWeights(() => this.#network.weights());
    saveTensors(this.#files.weights, { meta: { model: this.config.model, epoch: result.epoch }, tensors });
  }

  #report(progression: Progression, pace: { since: number; images: number }): void {
    const { config } = this;
    const last = progression.history.at(-1);
    const steps = stepsPerEpoch(this.#split.training.length, config.batchSize);
    const seen = Math.max(1, progression.step * config.batchSize);
    const imagesPerSecond = (1000 * pace.images) / (performance.now() - pace.since);
    const stepsLeft = (config.epochs - progression.epoch) * steps - progression.step;
    const isEpochEnd = progression.step === 0;
    this.options.onProgress?.({
      epoch: isEpochEnd ? progression.epoch : progression.epoch + 1,
      epochs: config.epochs,
      step: isEpochEnd ? steps : progression.step,
      steps,
      loss: isEpochEnd ? last!.loss : progression.lossSum / seen,
      accuracy: isEpochEnd ? last!.accuracy : progression.correct / seen,
      valLoss: last?.valLoss,
      valAccuracy: last?.valAccuracy,
      imagesPerSecond,
      secondsLeft: (stepsLeft * config.batchSize) / imagesPerSecond,
      isEpochEnd,
      history: progression.history,
    });
  }

  #finish(): TrainedRun {
    const { dataset } = this.options;
    const { history, seconds } = this.#progression;
    const { tensors } = loadTensors(this.#files.weights);
    this.#network.setWeights(tensors);
    const { validation } = this.#split;
    savePredictions(this.#files.predictions('validation'), {
      part: 'validation',
      rows: validation,
      labels: labelsOf(dataset, validation),
      probabilities: predictRows(this.#network, dataset, validation, this.config.testTimeViews),
    });
    saveJson(this.#files.history, history);
    const record = this.#record(hashTensors(tensors), seconds);
    saveJson(this.#files.record, record);
    return { folder: this.folder, record, history };
  }

  #record(weightsSha256: string, trainingSeconds: number): RunRecord {
    const { training, validation, test } = this.#split;
    const { history } = this.#progression;
    return {
      config: this.config,
      dataset: describeDataset(this.options.dataset),
      precision: this.#network.precision,
      parameters: this.#network.parameterCount,
      environment: describeEnvironment(),
      counts: { training: training.length, validation: validation.length, test: test.count },
      weightsSha256,
      bestEpoch: bestEpoch(history)!.epoch,
      startedAt: this.#startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      trainingSeconds: Math.round(trainingSeconds * 10) / 10,
      imagesPerSecond: Math.round((history.length * training.length) / trainingSeconds),
    };
  }

  dispose(): void {
    this.#trainer.dispose();
    this.#network.dispose();
  }
}

/** The labels of some rows. */
export function labelsOf(dataset: Pick<ImageDataset, 'labels'>, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => dataset.labels[row]!);
}

function accuracy(probabilities: Float32Array, labels: Uint8Array): number {
  let correct = 0;
  for (const [i, label] of labels.entries()) {
    const row = probabilities.subarray(i * EMOTION_COUNT, (i + 1) * EMOTION_COUNT);
    if (row.indexOf(Math.max(...row)) === label) correct++;
  }
  return correct / labels.length;
}

/** Weights in inverse proportion to the images of each class, with mean 1 over the images. */
function balancedWeights(dataset: ImageDataset, rows: Uint32Array): number[] {
  const counts = new Array<number>(EMOTION_COUNT).fill(0);
  for (const row of rows) counts[dataset.labels[row]!]!++;
  return counts.map((count) => (count === 0 ? 0 : rows.length / (EMOTION_COUNT * count)));
}
