import { existsSync, rmSync } from 'node:fs';
import type { Network } from '../engine/network';
import type { Trainer } from '../engine/trainer';
import { FerlabError } from '../errors';
import { configHash, type RunConfig } from './config';
import type { History } from './history';
import { loadTensors, saveTensors } from './tensor-file';

/** How far a run has come; with the tensors, all that the next step depends on. */
export interface Progression {
  /** Epochs that are finished. */
  readonly epoch: number;
  /** Steps of the present epoch that are finished. */
  readonly step: number;
  /** Sums over the present epoch's images so far. */
  readonly lossSum: number;
  readonly correct: number;
  readonly history: History;
  /** Seconds spent so far; nothing that is computed depends on it. */
  readonly seconds: number;
}

export const BEGINNING: Progression = { epoch: 0, step: 0, lossSum: 0, correct: 0, history: [], seconds: 0 };

interface CheckpointMeta {
  readonly configHash: string;
  readonly datasetSha256: string;
  readonly progression: Progression;
}

export interface CheckpointTarget {
  readonly path: string;
  readonly config: RunConfig;
  readonly datasetSha256: string;
  readonly network: Network;
  readonly trainer: Trainer;
}

/** Writes weights, optimiser, averages and progression in one file. */
export function saveCheckpoint(target: CheckpointTarget, progression: Progression): void {
  const meta: CheckpointMeta = {
    configHash: configHash(target.config),
    datasetSha256: target.datasetSha256,
    progression,
  };
  saveTensors(target.path, { meta, tensors: [...target.network.weights(), ...target.trainer.state()] });
}

/**
 * Puts network and trainer back to the checkpoint, if there is one.
 * @throws FerlabError when it belongs to another configuration or other data
 */
export function restoreCheckpoint(target: CheckpointTarget): Progression {
  if (!existsSync(target.path)) return BEGINNING;
  const { meta, tensors } = loadTensors<CheckpointMeta>(target.path);
  if (meta.configHash !== configHash(target.config)) {
    throw new FerlabError(`${target.path}: the checkpoint belongs to another configuration`, {
      remedy: 'resume with the same flags, or train anew without --resume',
    });
  }
  if (meta.datasetSha256 !== target.datasetSha256) {
    throw new FerlabError(`${target.path}: the checkpoint belongs to other data`, {
      remedy: 'resume with the same data, or train anew without --resume',
    });
  }
  target.network.setWeights(tensors);
  target.trainer.setState(tensors);
  return meta.progression;
}

export function removeCheckpoint(path: string): void {
  rmSync(path, { force: true });
}
