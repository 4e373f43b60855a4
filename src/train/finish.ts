import { rmSync } from 'node:fs';
import { labelsOf, predictPatiently } from '../predict/infer';
import { bestEpoch, saveHistory } from '../run/history';
import { originOf } from '../run/open-run';
import type { Predictions } from '../run/predictions';
import { savePredictions } from '../run/predictions-file';
import { describeDataset, type NetworkRecord } from '../run/record';
import { saveRecord } from '../run/record-file';
import type { NetworkRun } from '../run/run';
import { runFiles } from '../run/run-folder';
import { hashTensors, loadTensors } from '../run/tensor-file';
import { type Progression, removeCheckpoint } from './checkpoint';
import { type SessionParts, stopped } from './session';

/**
 * Predicts the validation part with the best weights, and writes the history and, last, the record: a run with a
 * record is finished and needs neither its checkpoint nor its teacher any more.
 */
export async function finishRun(parts: SessionParts, progression: Progression): Promise<NetworkRun> {
  const { folder, network } = parts;
  const files = runFiles(folder);
  const { tensors } = loadTensors(files.weights);
  network.setWeights(tensors);
  const record = describeTraining(parts, progression, hashTensors(tensors));
  savePredictions(files.predictions('validation'), await predictValidation(parts, record));
  const { history } = progression;
  saveHistory(files.history, history);
  saveRecord(files.record, record);
  removeCheckpoint(files.checkpoint);
  for (const file of [files.teacher, files.environments]) rmSync(file, { force: true });
  return { kind: 'network', folder, record, history };
}

async function predictValidation(parts: SessionParts, record: NetworkRecord): Promise<Predictions> {
  const { config, options, split, network } = parts;
  const { dataset, signal } = options;
  const rows = split.validation;
  const views = config.testTimeViews;
  const probabilities = await predictPatiently(network, dataset, rows, { views, signal });
  if (!probabilities) throw stopped('after the last epoch, before the predictions');
  return { ...originOf(record, 'validation'), rows, labels: labelsOf(dataset, rows), probabilities };
}

function describeTraining(
  parts: SessionParts,
  progression: Progression,
  weightsSha256: string,
): NetworkRecord {
  const { config, options, split, network, teacher } = parts;
  const { training, validation, test } = split;
  const { history, seconds, startedAt, environments } = progression;
  return {
    format: 'ferlab-record-2',
    kind: 'network',
    config,
    dataset: describeDataset(options.dataset),
    precision: network.precision,
    parameters: network.parameterCount,
    environments,
    counts: { training: training.length, validation: validation.length, test: test.count },
    weightsSha256,
    ...(teacher && { teacherSha256: teacher.weightsSha256 }),
    bestEpoch: bestEpoch(history)!.epoch,
    startedAt,
    finishedAt: new Date().toISOString(),
    trainingSeconds: Math.round(seconds * 10) / 10,
    imagesPerSecond: Math.round((history.length * training.length) / seconds),
  };
}
