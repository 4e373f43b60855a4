import { existsSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { Network, Precision } from '../engine/network';
import type { Trainer } from '../engine/trainer';
import type { WeightTensor } from '../engine/weights';
import { EXIT, FerlabError } from '../errors';
import { configHash, type RunConfig } from '../run/config';
import { describeEnvironment, type TrainingEnvironment, trainingEnvironmentSchema } from '../run/environment';
import { type History, historySchema } from '../run/history';
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
  /** Where it has been trained so far. */
  readonly environments: readonly TrainingEnvironment[];
}

/** Where a run stands before its first step. */
export function beginning(): Progression {
  const startedAt = new Date().toISOString();
  const environments = [{ event: 'start', at: startedAt, ...describeEnvironment() }] as const;
  return { epoch: 0, step: 0, lossSum: 0, correct: 0, history: [], seconds: 0, startedAt, environments };
}

/** The same progression, gone on with by this process. */
export function continued(progression: Progression): Progression {
  const here = { event: 'resume', at: new Date().toISOString(), ...describeEnvironment() } as const;
  return { ...progression, environments: [...progression.environments, here] };
}

interface CheckpointMeta {
  readonly configHash: string;
  readonly datasetSha256: string;
  readonly precision: Precision;
  readonly progression: Progression;
}

const count = z.int().min(0);
/** Checkpoints of earlier versions name no environments: where such a run was begun is not known. */
const metaSchema: z.ZodType<CheckpointMeta> = z.strictObject({
  configHash: z.string(),
  datasetSha256: z.string(),
  precision: z.enum(['float32', 'bfloat16']),
  progression: z.strictObject({
    epoch: count,
    step: count,
    lossSum: z.number(),
    correct: count,
    history: historySchema,
    seconds: z.number().min(0),
    startedAt: z.iso.datetime(),
    environments: z.array(trainingEnvironmentSchema).default([]),
  }),
});

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
  const { meta, tensors } = loadTensors(path, metaSchema);
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
