import { rmSync } from 'node:fs';
import { predictPatiently } from '../predict/infer';
import { describePart } from '../predict/predict-run';
import { bestEpoch, saveHistory } from '../run/history';
import type { Predictions } from '../run/predictions';
import { savePredictions } from '../run/predictions-file';
import { describeDataset, type NetworkRecord } from '../run/record';
import { saveRecord } from '../run/record-file';
import type { NetworkRun } from '../run/run';
import { runFiles } from '../run/run-folder';
import { hashTensors, loadTensors } from '../run/tensor-file';
import type { Progression } from './progression';
import { stopped, type Training } from './training';

/**
 * Predicts the validation part with the best weights, and writes the history and, last, the record: a run with a
 * record is finished and needs neither its checkpoint nor its teacher any more.
 */
export async function finishRun(
  training: Training,
  done: Progression,
  teacherSha256: string | undefined,
): Promise<NetworkRun> {
  const { folder, network, lock } = training;
  const files = runFiles(folder);
  const { tensors } = loadTensors(files.weights);
  network.setWeights(tensors);
  const { crowdSha256 } = training.learnt;
  const hashes = {
    weightsSha256: hashTensors(tensors),
    ...(teacherSha256 && { teacherSha256 }),
    ...(crowdSha256 && { crowdSha256 }),
  };
  const record = describeTraining(training, done, hashes);
  const predictions = await predictValidation(training, record);
  lock.check();
  savePredictions(files.predictions('validation'), predictions);
  const { history } = done;
  saveHistory(files.history, history);
  saveRecord(files.record, record);
  for (const file of [files.checkpoint, files.teacher, files.environments]) rmSync(file, { force: true });
  return { kind: 'network', folder, record, history };
}

async function predictValidation(
  { config, options, split, network }: Training,
  record: NetworkRecord,
): Promise<Predictions> {
  const { dataset, signal } = options;
  const rows = split.validation;
  const views = config.testTimeViews;
  const probabilities = await predictPatiently(network, dataset, rows, { views, signal });
  if (!probabilities) throw stopped('after the last epoch, before the predictions', options);
  const part = { part: 'validation', rows, training: split.training } as const;
  return { ...describePart(record, dataset, part), probabilities };
}

function describeTraining(
  { config, options, split, network }: Training,
  { history, seconds, startedAt, environments }: Progression,
  hashes: Pick<NetworkRecord, 'weightsSha256' | 'teacherSha256' | 'crowdSha256'>,
): NetworkRecord {
  const { training, validation, test } = split;
  return {
    format: 'ferlab-record-2',
    kind: 'network',
    config,
    dataset: describeDataset(options.dataset),
    precision: network.precision,
    parameters: network.parameterCount,
    environments,
    counts: { training: training.length, validation: validation.length, test: test.count },
    ...hashes,
    bestEpoch: bestEpoch(history)!.epoch,
    startedAt,
    finishedAt: new Date().toISOString(),
    trainingSeconds: Math.round(seconds * 10) / 10,
    imagesPerSecond: Math.round((history.length * training.length) / seconds),
  };
}
