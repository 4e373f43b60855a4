import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Float16Array } from '@petamoriken/float16';
import type { ImageDataset } from '../dataset/dataset';
import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';
import { evaluateFinal } from '../evaluate/final';
import { loadResults } from '../evaluate/results';
import { predictValidation } from '../predict/predict-run';
import { checkRunData, loadWeights, openNetworkRun, openRun } from '../run/open-run';
import { savePredictions } from '../run/predictions-file';
import { modelFiles, modelsFolder, validationAccuracy } from '../run/published-models';
import type { NetworkRecord } from '../run/record';
import { saveRecord } from '../run/record-file';
import type { NetworkRun } from '../run/run';
import { runFiles } from '../run/run-folder';
import { hashTensors, saveTensors } from '../run/tensor-file';
import { explainWriteFailure, writeWhole } from '../write-whole';
import { modelCard } from './card';
import { saveNumbers } from './numbers-file';
import { writeOverview } from './overview';

/** Largest loss of validation accuracy by rounding that is accepted: 0.2 points. */
const LARGEST_LOSS = 0.002;

export interface PublishOptions {
  /** Name of the model's folder. */
  readonly name: string;
  readonly dataset: ImageDataset;
  /** Folder of all published models; `models/` unless given. */
  readonly models?: string;
}

/**
 * Publishes a finished run: rounds its weights to float16, measures on the validation part what that costs, evaluates
 * the rounded weights, in float32, once on the test part, and leaves a folder that holds weights, record, predictions
 * and card, and that is a run's folder too: all commands take it as one.
 * @returns the model's folder
 * @throws FerlabError when the name is taken, when rounding costs more than {@link LARGEST_LOSS}, and as
 * {@link evaluateFinal}, such as when other weights of this training have seen the test part; nothing is left then
 */
export function publishRun(folder: string, options: PublishOptions): string {
  const run = openNetworkRun(folder);
  checkRunData(run, options.dataset);
  return buildModelFolder(options, (made) => writeRounded(run, made), folder);
}

/**
 * Makes a model's folder of what `write` puts into it: predicts the validation part, evaluates once on the test part,
 * describes, and only then gives the folder its name.
 * @param write writes configuration, record, history and, unless they lie elsewhere, weights
 * @param trainedIn folder of the training whose rounded weights these are
 */
export function buildModelFolder(
  { name, dataset, models = modelsFolder() }: PublishOptions,
  write: (folder: string) => void,
  trainedIn?: string,
): string {
  const target = join(models, name);
  checkName(name, target);
  mkdirSync(models, { recursive: true });
  const made = mkdtempSync(join(models, '.publish-'));
  try {
    write(made);
    savePredictions(runFiles(made).predictions('validation'), predictValidation(openRun(made), dataset));
    if (trainedIn) checkLoss(trainedIn, made);
    evaluateFinal(made, dataset, { trainedIn });
    describePublished(made, name);
    chmodSync(made, 0o755); // temporary folders are their owner's alone
    renameSync(made, target);
  } catch (error) {
    throw explainWriteFailure(target, error, 'publish again');
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  writeOverview(models);
  return target;
}

function checkName(name: string, target: string): void {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw new FerlabError(`"${name}" can't be the name of a model`, {
      remedy: 'use lower-case letters, digits and hyphens',
    });
  }
  if (existsSync(target)) {
    throw new FerlabError(`${target}: a model of this name is published`, {
      remedy: 'choose another name, or remove that folder if it shall go',
    });
  }
}

/** The weights to the nearest float16. @throws FerlabError when one is too large for it */
export function roundWeights(tensors: readonly WeightTensor[]): WeightTensor[] {
  return tensors.map((tensor) => {
    const values = Float32Array.from(new Float16Array(tensor.values));
    if (values.every(Number.isFinite)) return { ...tensor, values };
    throw new FerlabError(`${tensor.name}: a weight is too large for float16`, {
      remedy: 'train with more weight decay',
    });
  });
}

/** A run's folder with rounded weights, that computes in float32. */
function writeRounded(run: NetworkRun, made: string): void {
  const tensors = roundWeights(loadWeights(run));
  const files = runFiles(made);
  const { weightsSha256, precision } = run.record;
  const record: NetworkRecord = {
    ...run.record,
    precision: 'float32',
    weightsSha256: hashTensors(tensors),
    rounded: { to: 'float16', fromSha256: weightsSha256, fromPrecision: precision },
  };
  saveTensors(files.weights, { meta: { weightsSha256: record.weightsSha256 }, tensors }, 'float16');
  saveRecord(files.record, record);
  for (const name of ['config', 'history'] as const) cpSync(runFiles(run.folder)[name], files[name]);
}

function checkLoss(before: string, after: string): void {
  const [trained, rounded] = [before, after].map(validationAccuracy) as [number, number];
  if (trained - rounded <= LARGEST_LOSS) return;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  throw new FerlabError(
    `${before}: rounded weights reach ${percent(rounded)} of the validation part, the trained ones ${percent(trained)}`,
    { remedy: 'these weights do not bear float16: train with averaged weights or more weight decay' },
  );
}

function describePublished(folder: string, name: string): void {
  const results = loadResults(folder, name);
  saveNumbers(modelFiles(folder).results, results);
  writeWhole(modelFiles(folder).card, modelCard(openRun(folder), results));
}
