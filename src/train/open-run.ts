import { existsSync } from 'node:fs';
import { Network } from '../engine/network';
import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';
import { buildModel } from '../model/models';
import type { History } from './history';
import type { RunRecord } from './record';
import { loadJson, runFiles } from './run-folder';
import { hashTensors, loadTensors } from './tensor-file';
import type { TrainedRun } from './train';

/** Whether the run in this folder was trained to its end: its record is written last. */
export function isFinished(folder: string): boolean {
  return existsSync(runFiles(folder).record);
}

/**
 * Opens a finished run.
 * @throws FerlabError when the folder holds none
 */
export function openRun(folder: string): TrainedRun {
  if (!isFinished(folder)) {
    throw new FerlabError(`${folder}: no finished run in this folder`, {
      remedy: 'train one with `ferlab train`, or finish it with `ferlab train --resume`',
    });
  }
  const { record, history } = runFiles(folder);
  return { folder, record: loadJson<RunRecord>(record), history: loadJson<History>(history) };
}

/**
 * The weights of a finished run's best epoch.
 * @throws FerlabError when they are not those that training left
 */
export function loadWeights({ folder, record }: TrainedRun): readonly WeightTensor[] {
  const { weights } = runFiles(folder);
  const { tensors } = loadTensors(weights);
  if (hashTensors(tensors) === record.weightsSha256) return tensors;
  throw new FerlabError(`${weights}: these are other weights than the run was trained to`, {
    remedy: 'put the weights of the run back, or train it again',
  });
}

/** The network of a finished run with {@link loadWeights}; the caller disposes it. */
export function loadNetwork(run: TrainedRun): Network {
  const weights = loadWeights(run);
  const { config, precision } = run.record;
  const network = Network.build(buildModel(config.model), { seed: config.seed, precision });
  network.setWeights(weights);
  return network;
}
