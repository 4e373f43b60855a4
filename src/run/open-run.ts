import { existsSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { loadDataset } from '../dataset/load';
import { FER2013 } from '../dataset/specs/fer2013';
import { Network } from '../engine/network';
import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';
import { buildModel } from '../model/models';
import type { TrainedRun } from '../train/train';
import type { History } from './history';
import { loadPredictions, type Predictions } from './predictions';
import type { RunRecord } from './record';
import { loadJson, runFiles } from './run-folder';
import { hashTensors, loadTensors } from './tensor-file';

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

/**
 * What a finished run predicts for its validation part.
 * @throws FerlabError when the run is not finished, and as {@link loadPredictions}
 */
export function loadValidation(folder: string): Predictions {
  const path = runFiles(folder).predictions('validation');
  if (existsSync(path)) return loadPredictions(path, 'validation');
  throw new FerlabError(`${folder}: the run is not finished`, {
    remedy: 'go on with `ferlab train --resume`',
  });
}

/**
 * The data that a run asks for: what stands at `path`, else the sample for a run of the sample, else the user's copy.
 * @throws FerlabError as {@link loadDataset}
 */
export function loadRunData({ record }: Pick<TrainedRun, 'record'>, path?: string): Promise<ImageDataset> {
  const sample = record.dataset.kind === 'synthetic' && !path;
  return loadDataset(sample ? { sample } : { path });
}

/**
 * Checks that a dataset is the one that a run was trained on.
 * @throws FerlabError when its content is another, or FER-2013 was not found and the sample took its place
 */
export function checkRunData({ record }: TrainedRun, { source }: Pick<ImageDataset, 'source'>): void {
  if (record.dataset.sha256 === source.sha256) return;
  const isMissing = source.kind === 'synthetic' && record.dataset.kind !== 'synthetic';
  throw new FerlabError(
    isMissing
      ? `the run was trained on ${record.dataset.format}, and no copy of FER-2013 was found`
      : `the run was trained on ${record.dataset.format}, but ${source.format} was given (other content)`,
    {
      remedy: isMissing
        ? 'give its path with --data, or set FER2013 to it'
        : 'evaluate with the data that the run was trained on',
    },
  );
}

/** The network of a finished run with {@link loadWeights}; the caller disposes it. */
export function loadNetwork(run: TrainedRun): Network {
  const weights = loadWeights(run);
  const { config, precision } = run.record;
  const network = Network.build(buildModel(config.model, FER2013), { seed: config.seed, precision });
  network.setWeights(weights);
  return network;
}
