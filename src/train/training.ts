import type { ImageDataset } from '../dataset/dataset';
import { type Split, splitDataset } from '../dataset/split';
import { Network } from '../engine/network';
import { choosePrecision } from '../engine/precision';
import { Trainer } from '../engine/trainer';
import { FerlabError, stopStatus } from '../errors';
import { buildModel } from '../model/models';
import { checkConfig, type RunConfig } from '../run/config';
import type { FolderLock } from '../run/lock';
import { runFolder } from '../run/run-folder';
import { type LearntLabels, learntLabels } from './learnt-labels';
import type { TrainingProgress } from './progress';

export interface TrainOptions {
  readonly dataset: ImageDataset;
  /**
   * Goes on from the run's checkpoint instead of from the start. `true` expects a run that was begun: where one of the same
   * profile and seed was begun with other settings, these are named. `if-begun` begins without a word, as studies do.
   */
  readonly resume?: boolean | 'if-begun';
  /** Discards what the folder holds of an earlier run with these settings, finished or not. */
  readonly anew?: boolean;
  /** Stops after the step in progress, leaving a checkpoint. */
  readonly signal?: AbortSignal;
  /** Called at most twice a second, and after each epoch. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Called with what people should know, such as that a finished run is used again. */
  readonly onNote?: (note: string) => void;
  /** Folder of the run; named after the configuration, below `runs/`, unless given. */
  readonly folder?: string;
  /** Longest time between two checkpoints, in seconds; 60 unless given. There is one after each epoch in any case. */
  readonly checkpointSeconds?: number;
}

/** What is to be trained, where, and how. */
export class TrainingTask {
  readonly config: RunConfig;
  readonly folder: string;

  /** @throws FerlabError when the configuration is none */
  constructor(
    config: RunConfig,
    readonly options: TrainOptions,
  ) {
    this.config = checkConfig(config, 'configuration');
    this.folder = options.folder ?? runFolder(this.config, options.dataset);
  }
}

/** What a run is trained with. */
export interface Training extends TrainingTask {
  /** To be checked before anything is written. */
  readonly lock: FolderLock;
  /** Of the training part, the images that have a label to learn. */
  readonly split: Split;
  readonly learnt: LearntLabels;
  readonly network: Network;
  readonly trainer: Trainer;
  /** Steps of an epoch: what is left over after the last whole batch waits for another epoch's order. */
  readonly steps: number;
  /** Images of a step. */
  readonly stepImages: number;
}

/**
 * Divides the data and builds network and trainer; the caller disposes both.
 * @throws FerlabError when the data has no such parts, or images of another size than the configuration ends with
 */
export function prepareTraining({ config, folder, options }: TrainingTask, lock: FolderLock): Training {
  const { dataset } = options;
  const { spec } = dataset;
  const last = config.imageSizes.at(-1)!.side;
  if (last !== spec.side) {
    throw new FerlabError(
      `imageSizes ends with ${last} pixels, but images of ${spec.title} have ${spec.side}`,
      {
        remedy: `end with {"side": ${spec.side}, ...}`,
      },
    );
  }
  const parts = splitDataset(dataset, config);
  const learnt = learntLabels(config, dataset, parts.training);
  const split = { ...parts, training: learnt.rows };
  const precision = choosePrecision(config.precision);
  const network = Network.build(buildModel(config.model, spec), { seed: config.seed, precision });
  const stepImages = Math.min(config.batchSize, split.training.length);
  return {
    ...{ config, folder, options, lock, split, learnt, network, stepImages },
    trainer: buildTrainer(network, config, classWeights(config, dataset, split.training)),
    steps: Math.max(1, Math.floor(split.training.length / config.batchSize)),
  };
}

function buildTrainer(network: Network, config: RunConfig, weights: number[] | undefined): Trainer {
  return new Trainer(network, {
    optimizer: config.optimizer,
    labelSmoothing: config.labelSmoothing,
    classWeights: weights,
    seed: config.seed,
    averageDecay: config.averageDecay > 0 ? config.averageDecay : undefined,
  });
}

/** Weights in inverse proportion to the images of each class, with mean 1 over the images. */
function classWeights(config: RunConfig, dataset: ImageDataset, rows: Uint32Array): number[] | undefined {
  if (config.classWeights === 'none') return undefined;
  const counts = dataset.spec.classes.map(() => 0);
  for (const row of rows) counts[dataset.labels[row]!]!++;
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : rows.length / (present * count)));
}

const CONTINUE =
  'give the same command again: studies and notebooks continue by themselves, `ferlab train` with --resume';

/** The error of a run that its signal stopped. */
export function stopped(where: string, { signal }: Pick<TrainOptions, 'signal'>): FerlabError {
  return new FerlabError(`stopped ${where}`, { remedy: CONTINUE, exitStatus: stopStatus(signal?.reason) });
}
