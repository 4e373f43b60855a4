import { rmSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { EMOTION_COUNT } from '../dataset/emotions';
import { splitDataset } from '../dataset/split';
import { Network } from '../engine/network';
import { choosePrecision } from '../engine/precision';
import { Trainer } from '../engine/trainer';
import { buildModel } from '../model/models';
import { checkConfig, type RunConfig } from '../run/config';
import { ENVIRONMENTS } from '../run/environment';
import { saveJson } from '../run/json-file';
import { lockFolder } from '../run/lock';
import { isFinished, openNetworkRun } from '../run/open-run';
import type { NetworkRun } from '../run/run';
import { runFiles, runFolder } from '../run/run-folder';
import { beginning, continued, removeCheckpoint, restoreCheckpoint } from './checkpoint';
import { finishRun } from './finish';
import type { TrainingProgress } from './progress';
import { checkResumable } from './resume';
import { checkpointTarget, type SessionParts, TrainingSession } from './session';
import { loadTeacher } from './teacher';

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

/**
 * Trains a run and leaves in its folder: configuration, history, the weights of the best epoch by validation
 * accuracy, their predictions for the validation part, and the record. To resume a finished run changes nothing.
 * @throws FerlabError with exit status 130 when `signal` stops it, and as the engine, the disk and the folder's
 * lock do; the last checkpoint is kept in each case
 */
export async function trainRun(config: RunConfig, options: TrainOptions): Promise<NetworkRun> {
  const checked = checkConfig(config, 'configuration');
  const folder = options.folder ?? runFolder(checked);
  if (options.resume) checkResumable(checked, options);
  const unlock = lockFolder(folder);
  try {
    if (options.resume && isFinished(folder)) return openNetworkRun(folder);
    if (!options.resume) clearFolder(folder);
    saveJson(runFiles(folder).config, checked);
    return await trainIn(folder, checked, options);
  } finally {
    unlock();
  }
}

/** A fresh start leaves nothing of an earlier run that could be taken for its own; what opened the test part stays. */
function clearFolder(folder: string): void {
  const { checkpoint, teacher, record, history, weights, environments, predictions } = runFiles(folder);
  removeCheckpoint(checkpoint);
  for (const file of [teacher, record, history, environments, weights]) rmSync(file, { force: true });
  for (const file of [predictions('validation'), predictions('test')]) {
    rmSync(file, { force: true });
  }
}

async function trainIn(folder: string, config: RunConfig, options: TrainOptions): Promise<NetworkRun> {
  const split = splitDataset(options.dataset, config);
  const teacher = await loadTeacher({ config, folder, options, split });
  const network = Network.build(buildModel(config.model, options.dataset.spec), {
    seed: config.seed,
    precision: choosePrecision(config.precision),
  });
  const trainer = buildTrainer(network, config, options.dataset, split.training);
  const parts: SessionParts = { config, folder, options, split, network, trainer, teacher };
  try {
    const from = options.resume ? restoreCheckpoint(checkpointTarget(parts)) : null;
    const begun = from ? continued(from) : beginning();
    const { environments } = begun;
    saveJson(runFiles(folder).environments, { format: ENVIRONMENTS.format, environments });
    const progression = await new TrainingSession(parts, begun).run();
    return await finishRun(parts, progression);
  } finally {
    trainer.dispose();
    network.dispose();
  }
}

function buildTrainer(
  network: Network,
  config: RunConfig,
  dataset: ImageDataset,
  training: Uint32Array,
): Trainer {
  return new Trainer(network, {
    optimizer: config.optimizer,
    labelSmoothing: config.labelSmoothing,
    classWeights: config.classWeights === 'balanced' ? balancedWeights(dataset, training) : undefined,
    seed: config.seed,
    averageDecay: config.averageDecay > 0 ? config.averageDecay : undefined,
  });
}

/** Weights in inverse proportion to the images of each class, with mean 1 over the images. */
function balancedWeights(dataset: ImageDataset, rows: Uint32Array): number[] {
  const counts = new Array<number>(EMOTION_COUNT).fill(0);
  for (const row of rows) counts[dataset.labels[row]!]!++;
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : rows.length / (present * count)));
}
