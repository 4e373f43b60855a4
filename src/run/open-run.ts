import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { waysToName } from '../dataset/find';
import { loadDataset } from '../dataset/load';
import { isSample, knownSpec } from '../dataset/specs';
import { DTYPE } from '../engine/attribute';
import { Device } from '../engine/device';
import { encodeInference } from '../engine/graph/saved-model';
import { InferenceNetwork } from '../engine/inference-network';
import { Network } from '../engine/network';
import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';
import { buildModel } from '../model/models';
import { loadHistory } from './history';
import type { PredictedPart, Predictions, PredictionsOrigin } from './predictions';
import { loadPredictions } from './predictions-file';
import { evaluatedOn, isSampleData, type RunRecord } from './record';
import { loadRecord } from './record-file';
import type { BaselineRun, NetworkRun, Run } from './run';
import { runFiles } from './run-folder';
import { hashTensors, loadTensors } from './tensor-file';

/** Whether the run in this folder was trained to its end: its record is written last. */
export function isFinished(folder: string): boolean {
  return existsSync(runFiles(folder).record);
}

/**
 * Opens a finished run.
 * @throws FerlabError when the folder holds none, or a file of it is broken
 */
export function openRun(folder: string): Run {
  if (!isFinished(folder)) throw notFinished(folder);
  const files = runFiles(folder);
  const record = loadRecord(files.record);
  if (record.kind === 'ensemble') return { kind: 'ensemble', folder, record };
  if (record.kind === 'baseline') return { kind: 'baseline', folder, record };
  return { kind: 'network', folder, record, history: loadHistory(files.history) };
}

function notFinished(folder: string): FerlabError {
  if (!existsSync(folder)) {
    return new FerlabError(`${folder}: there is no such folder`, {
      remedy: 'give the folder of a run, in runs/',
    });
  }
  if (!existsSync(runFiles(folder).config)) {
    return new FerlabError(`${folder}: no run in this folder`, {
      remedy: 'give the folder of a run, in runs/, or train one with `ferlab train`',
    });
  }
  return new FerlabError(`${folder}: the run is not finished`, {
    remedy: 'finish it with its original flags, and `ferlab train --resume`',
  });
}

/**
 * Opens a finished run of a single network.
 * @throws FerlabError as {@link openRun}, and for an ensemble or a baseline
 */
export function openNetworkRun(folder: string): NetworkRun {
  const run = openRun(folder);
  if (run.kind === 'network') return run;
  throw new FerlabError(
    `${folder}: ${run.kind === 'ensemble' ? 'an ensemble' : 'a baseline'} has no network of its own`,
    {
      remedy:
        run.kind === 'ensemble'
          ? `name one of its members: ${run.record.members.join(', ')}`
          : 'name the run of a network',
    },
  );
}

/**
 * The networks of a run: the members of an ensemble, which lie beside it, or the run itself.
 * @throws FerlabError for a baseline, when a member is missing, or others lie there than the ensemble was made of
 */
export function networksOf(run: Run): NetworkRun[] {
  if (run.kind === 'baseline') {
    throw new FerlabError(`${run.folder}: a baseline has no network`, {
      remedy: 'name a network or an ensemble',
    });
  }
  if (run.kind === 'network') return [run];
  const members = run.record.members.map((name) => openNetworkRun(join(dirname(run.folder), name)));
  if (hashMembers(members) === run.record.weightsSha256) return members;
  throw new FerlabError(`${run.folder}: its members are not the models that it was made from`, {
    remedy: 'restore the members, or publish the ensemble again under another name',
  });
}

/** What the weights' hash of an ensemble is: that of its members' hashes. */
export function hashMembers(members: readonly NetworkRun[]): string {
  const hashes = members.map(({ record }) => record.weightsSha256).join('\n');
  return createHash('sha256').update(hashes).digest('hex');
}

/**
 * The weights of a network's best epoch, or of a baseline.
 * @throws FerlabError when they are not those that training left
 */
export function loadWeights({ folder, record }: NetworkRun | BaselineRun): readonly WeightTensor[] {
  const { weights } = runFiles(folder);
  const { tensors } = loadTensors(weights);
  if (hashTensors(tensors) === record.weightsSha256) return tensors;
  throw new FerlabError(`${weights}: these are not the weights that the training wrote`, {
    remedy: 'restore the weights of the run, or train it again',
  });
}

/** What the predictions of a run for a part have to be bound to. */
export function originOf(record: RunRecord, part: PredictedPart): PredictionsOrigin {
  const { weightsSha256 } = record;
  const { dataset } = evaluatedOn(record);
  const views = record.kind === 'network' ? { views: record.config.testTimeViews } : {};
  return { part, classes: dataset.classes, weightsSha256, datasetSha256: dataset.sha256, ...views };
}

/**
 * The saved predictions of a finished run.
 * @throws FerlabError when there are none, when they are not of this run's weights, data, part and classes, and as
 * {@link loadPredictions}
 */
export function loadRunPredictions({ folder, record }: Run, part: PredictedPart): Predictions {
  const path = runFiles(folder).predictions(part);
  if (!existsSync(path)) {
    throw new FerlabError(`${folder}: the run has no predictions for its ${part} part`, {
      remedy:
        part === 'test'
          ? 'evaluate it with `ferlab evaluate --final`'
          : 'continue with `ferlab train --resume`',
    });
  }
  const predictions = loadPredictions(path, originOf(record, part));
  const count = evaluatedOn(record).counts[part];
  if (predictions.rows.length === count) return predictions;
  throw new FerlabError(
    `${path}: ${predictions.rows.length} predictions, but the run has ${count} ${part} images`,
    { remedy: 'the file is incomplete or belongs to another run: evaluate the run again' },
  );
}

/** What a finished run predicts for its validation part. @throws FerlabError as {@link loadRunPredictions} */
export function loadValidation(folder: string): Predictions {
  return loadRunPredictions(openRun(folder), 'validation');
}

/**
 * The data that a run asks for: what stands at `path`, else the sample for a run of the sample, else the user's copy.
 * @throws FerlabError as {@link loadDataset}
 */
export function loadRunData({ record }: Pick<Run, 'record'>, path?: string): Promise<ImageDataset> {
  const sample = isSampleData(record.dataset) && !path;
  const { spec, copy } = record.dataset;
  return loadDataset(sample ? { sample } : { path, spec: knownSpec(spec), classes: copy?.statedOrder });
}

/**
 * Checks that a dataset is the one that a run was trained on, or that its numbers were corrected with.
 * @throws FerlabError when its content is another, or no copy was found and the sample took its place
 */
export function checkRunData(
  { record }: Pick<Run, 'record'>,
  { spec, source }: Pick<ImageDataset, 'spec' | 'source'>,
): void {
  const { dataset } = evaluatedOn(record);
  if (dataset.sha256 === source.sha256) return;
  const isMissing = isSample(spec) && !isSampleData(dataset);
  throw new FerlabError(
    isMissing
      ? `the run needs ${dataset.format}, and no copy of it was found`
      : `the run needs the ${dataset.format} from which its numbers were computed, but ${source.format} with other content was given`,
    {
      remedy: isMissing
        ? waysToName(knownSpec(dataset.spec))
        : 'give the data that the run was trained on, or the corrected data that its record names',
    },
  );
}

/**
 * The network of a finished run with {@link loadWeights}, to predict alone: it needs half the time of {@link loadNetwork}.
 * The caller disposes it.
 */
export function loadInference(run: NetworkRun): InferenceNetwork {
  const { config, precision, dataset } = run.record;
  const definition = buildModel(config.model, dataset);
  const bytes = encodeInference(definition, loadWeights(run), DTYPE[precision]);
  return new InferenceNetwork(definition, { device: () => new Device(), model: () => bytes });
}

/** The network of a finished run with {@link loadWeights}; the caller disposes it. */
export function loadNetwork(run: NetworkRun): Network {
  const weights = loadWeights(run);
  const { config, precision } = run.record;
  const network = Network.build(buildModel(config.model, run.record.dataset), {
    seed: null,
    precision,
  });
  network.setWeights(weights);
  return network;
}
