import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { FerlabError } from '../errors';
import { evaluateFinal } from '../evaluate/final';
import { loadResults } from '../evaluate/results';
import { errataOf } from '../run/errata';
import { loadMarks, saveMarks } from '../run/final-marks';
import { checkRunData, openNetworkRun, openRun } from '../run/open-run';
import { modelFiles, modelsFolder } from '../run/published-models';
import { saveRecord } from '../run/record-file';
import type { Run } from '../run/run';
import { runFiles } from '../run/run-folder';
import { explainWriteFailure, writeWhole } from '../write-whole';
import { modelCard } from './card/card';
import { saveFingerprint } from './fingerprint';
import { saveNumbers } from './numbers-file';
import { writeOverview } from './overview';

export interface PublishOptions {
  /** Name of the model's folder. */
  readonly name: string;
  readonly dataset: ImageDataset;
  /** Folder of all published models; `models/` unless given. */
  readonly models?: string;
}

/**
 * Publishes a finished run: makes its final evaluation, unless it has been made, and leaves a folder that holds the
 * rounded weights, record, predictions, numbers and card. It is a run's folder too: all commands take it as one.
 * @returns the model's folder
 * @throws FerlabError when the name is taken, and as {@link evaluateFinal}; nothing is left then
 */
export function publishRun(folder: string, options: PublishOptions): string {
  const { dataset } = options;
  checkRunData(openFitted(folder), dataset);
  return buildModelFolder(options, (made) => {
    evaluateFinal(folder, dataset);
    copyRun(folder, made);
  });
}

/** A run that was fitted itself. @throws FerlabError for an ensemble, which is made of published models */
function openFitted(folder: string): Run {
  const run = openRun(folder);
  return run.kind === 'baseline' ? run : openNetworkRun(folder);
}

/** Copies what a finished and evaluated run consists of, and the marks of its own weights. */
function copyRun(folder: string, made: string): void {
  const [from, to] = [runFiles(folder), runFiles(made)];
  for (const name of ['config', 'record', 'history', 'weights'] as const) {
    if (existsSync(from[name])) cpSync(from[name], to[name]); // a baseline has neither configuration nor history
  }
  for (const part of ['validation', 'test'] as const) cpSync(from.predictions(part), to.predictions(part));
  const { weightsSha256 } = openRun(made).record;
  saveMarks(
    made,
    loadMarks(folder).filter((mark) => mark.weightsSha256 === weightsSha256),
  );
}

/**
 * Makes a model's folder of what `write` puts into it: evaluates it on the test part unless that has been done, describes
 * it, and only then gives the folder its name.
 * @param write writes a run's folder, finished but for its final evaluation
 */
export function buildModelFolder(
  { name, dataset, models = modelsFolder() }: PublishOptions,
  write: (folder: string) => void,
): string {
  const target = join(models, name);
  checkName(name, target);
  mkdirSync(models, { recursive: true });
  const made = mkdtempSync(join(models, '.publish-'));
  try {
    write(made);
    evaluateFinal(made, dataset);
    describePublished(made, name);
    chmodSync(made, 0o755); // temporary folders are their owner's alone
    renameSync(made, target);
  } catch (error) {
    throw explainWriteFailure(target, error, 'publish again');
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  saveFingerprint(models, dataset);
  writeOverview(models);
  return target;
}

function checkName(name: string, target: string): void {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw new FerlabError(`"${name}" is not a valid model name`, {
      remedy: 'use lower-case letters, digits and hyphens',
    });
  }
  if (existsSync(target)) {
    throw new FerlabError(`${target}: a model of this name is already published`, {
      remedy: 'choose another name, or remove that folder',
    });
  }
}

function recordErrata(folder: string): void {
  const { record } = openRun(folder);
  if (record.kind !== 'network') return;
  const errata = errataOf(record);
  if (errata.length > 0) saveRecord(runFiles(folder).record, { ...record, errata });
}

/**
 * Writes the known faults of its training into the record of a published model, and numbers and card from its predictions.
 * @param name of the model, which its folder may not bear yet
 */
export function describePublished(folder: string, name: string): void {
  recordErrata(folder);
  const results = loadResults(folder, name);
  saveNumbers(modelFiles(folder).results, results);
  writeWhole(modelFiles(folder).card, modelCard(openRun(folder), results));
}
