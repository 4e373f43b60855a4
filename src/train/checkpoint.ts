import { existsSync, rmSync } from 'node:fs';
import type { Network, Precision } from '../engine/network';
import type { Trainer } from '../engine/trainer';
import type { WeightTensor } from '../engine/weights';
import { EXIT, FerlabError } from '../errors';
import { configHash, type RunConfig } from '../run/config';
import type { History } from '../run/history';
import { loadTensors, saveTensors } from '../run/tensor-file';

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
  /** When the first part of the run began. */
  readonly startedAt: string;
}

/** Where a run stands before its first step. */
export function beginning(): Progression {
  const startedAt = new Date().toISOString();
  return { epoch: 0, step: 0, lossSum: 0, correct: 0, history: [], seconds: 0, startedAt };
}

interface CheckpointMeta {
  readonly configHash: string;
  readonly datasetSha256: string;
  readonly precision: Precision;
  readonly progression: Progression;
}

export interface CheckpointTarget {
  readonly path: string;
  readonly config: RunConfig;
  readonly datasetSha256: string;
  readonly network: Network;
  readonly trainer: Trainer;
}

/**
 * Writes weights, optimiser, averages and progression in one file.
 * @throws FerlabError when a number among them is not finite; the checkpoint that was there is kept
 */
export function saveCheckpoint(target: CheckpointTarget, progression: Progression): void {
  const { network, trainer, config, datasetSha256 } = target;
  const tensors = [...network.weights(), ...trainer.state()];
  checkFinite(tensors);
  const { precision } = network;
  const meta: CheckpointMeta = { configHash: configHash(config), datasetSha256, precision, progression };
  saveTensors(target.path, { meta, tensors });
}

function checkFinite(tensors: readonly WeightTensor[]): void {
  const broken = tensors.find(({ values }) => !values.every(Number.isFinite));
  if (!broken) return;
  throw new FerlabError(`${broken.name} holds numbers that are not finite`, {
    remedy: 'lower the learning rate; the checkpoint before is kept',
    exitStatus: EXIT.diverged,
  });
}

/**
 * Puts network and trainer back to the checkpoint, if there is one.
 * @returns null where there is none
 * @throws FerlabError when it belongs to another configuration, other data or another element type
 */
export function restoreCheckpoint(target: CheckpointTarget): Progression | null {
  const { path, config, datasetSha256, network, trainer } = target;
  if (!existsSync(path)) return null;
  const { meta, tensors } = loadTensors<CheckpointMeta>(path);
  const refuse = (what: string) =>
    new FerlabError(`${path}: the checkpoint belongs to ${what}`, {
      remedy: 'resume with what the run was begun with, or train anew without --resume',
    });
  if (meta.configHash !== configHash(config)) throw refuse('another configuration');
  if (meta.datasetSha256 !== datasetSha256) throw refuse('other data');
  if (meta.precision !== network.precision)
    throw refuse(`training in ${meta.precision}, not ${network.precision}`);
  network.setWeights(tensors);
  trainer.setState(tensors);
  return meta.progression;
}

export function removeCheckpoint(path: string): void {
  rmSync(path, { force: true });
}
