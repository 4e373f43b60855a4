import { rmSync } from 'node:fs';
import { predictPatiently } from '../predict/infer';
import { bestEpoch } from '../run/history';
import { type Predictions, savePredictions } from '../run/predictions';
import { describeDataset, describeEnvironment, type RunRecord } from '../run/record';
import { runFiles, saveJson } from '../run/run-folder';
import { hashTensors, loadTensors } from '../run/tensor-file';
import { explainWriteFailure } from '../write-whole';
import { type Progression, removeCheckpoint } from './checkpoint';
import { type SessionParts, stopped } from './session';
import type { TrainedRun } from './train';
import { labelsOf } from './validate';

/**
 * Predicts the validation part with the best weights, and writes the history and, last, the record: a run with a
 * record is finished and needs neither its checkpoint nor its teacher any more.
 */
export async function finishRun(parts: SessionParts, progression: Progression): Promise<TrainedRun> {
  const { folder, network } = parts;
  const files = runFiles(folder);
  const { tensors } = loadTensors(files.weights);
  network.setWeights(tensors);
  writePredictions(files.predictions('validation'), await predictValidation(parts));
  const { history } = progression;
  saveJson(files.history, history);
  const record = describeRun(parts, progression, hashTensors(tensors));
  saveJson(files.record, record);
  removeCheckpoint(files.checkpoint);
  rmSync(files.teacher, { force: true });
  return { folder, record, history };
}

async function predictValidation({ config, options, split, network }: SessionParts): Promise<Predictions> {
  const { dataset, signal } = options;
  const rows = split.validation;
  const views = config.testTimeViews;
  const probabilities = await predictPatiently(network, dataset, rows, { views, signal });
  if (!probabilities) throw stopped('after the last epoch, before the predictions');
  return { part: 'validation', rows, labels: labelsOf(dataset, rows), probabilities };
}

/** Saves predictions. @throws FerlabError when the disk is full */
export function writePredictions(path: string, predictions: Predictions): void {
  try {
    savePredictions(path, predictions);
  } catch (error) {
    throw explainWriteFailure(path, error);
  }
}

function describeRun(parts: SessionParts, progression: Progression, weightsSha256: string): RunRecord {
  const { config, options, split, network, teacher } = parts;
  const { training, validation, test } = split;
  const { history, seconds, startedAt } = progression;
  return {
    config,
    dataset: describeDataset(options.dataset),
    precision: network.precision,
    parameters: network.parameterCount,
    environment: describeEnvironment(),
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
