import { existsSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { declareFinal } from '../dataset/sealed-test';
import { FerlabError } from '../errors';
import {
  checkWeights,
  describePart,
  emptyMemory,
  type PredictionMemory,
  predictPart,
} from '../predict/predict-run';
import { type FinalMark, loadMarks, saveMarks } from '../run/final-marks';
import { checkRunData, loadRunPredictions, openRun } from '../run/open-run';
import { partsOf } from '../run/parts';
import type { Predictions } from '../run/predictions';
import { savePredictions } from '../run/predictions-file';
import type { NetworkRun, Run } from '../run/run';
import { runFiles } from '../run/run-folder';
import { keepRounded, roundNetwork } from './rounding';

/**
 * The final evaluation: rounds the weights that training left to float16, as they are published, predicts the test part
 * with them, and keeps the predictions. It is the only place that opens the test part, and it marks each opening in
 * `final.json`, which even training anew in the same folder keeps. To ask again for the same weights gives the same
 * predictions.
 * @throws FerlabError when the data is not the run's, when the weights are others than the run was trained to or
 * evaluated with (nothing can be chosen by the test part), or when they don't bear rounding
 */
export function evaluateFinal(folder: string, dataset: ImageDataset): Predictions {
  const run = openRun(folder);
  checkRunData(run, dataset);
  const memory = emptyMemory();
  const final = run.kind === 'network' ? roundForGood(run, dataset, memory) : checkEnsemble(run);
  const path = runFiles(folder).predictions('test');
  if (!isEvaluated(final, loadMarks(folder))) markFinal(final);
  else if (existsSync(path)) return loadRunPredictions(final, 'test');
  savePredictions(path, predictTest(final, dataset, { memory }));
  return loadRunPredictions(final, 'test');
}

function checkEnsemble(run: Run): Run {
  checkWeights(run);
  isEvaluated(run, loadMarks(run.folder));
  return run;
}

/** Rounds unless other weights have seen the test part. */
function roundForGood(run: NetworkRun, dataset: ImageDataset, memory: PredictionMemory): NetworkRun {
  const rounded = roundNetwork(run);
  isEvaluated(rounded.run, loadMarks(run.folder));
  if (!rounded.tensors) return run;
  const { training, validation: rows } = partsOf(run, dataset);
  const part = { part: 'validation', rows, training, memory } as const;
  keepRounded(rounded, dataset, describePart(rounded.run.record, dataset, part));
  return rounded.run;
}

export interface RepeatOptions {
  readonly memory?: PredictionMemory;
  /** Which rows of the test part to predict; all unless given. */
  readonly isWanted?: (row: number) => boolean;
}

/**
 * Predicts the test part again with weights that have seen it, and writes nothing: to find out whether published
 * predictions are the same elsewhere.
 * @throws FerlabError when these weights have not seen the test part, and as {@link evaluateFinal}
 */
export function repeatFinal(folder: string, dataset: ImageDataset, options: RepeatOptions = {}): Predictions {
  const run = openRun(folder);
  checkRunData(run, dataset);
  if (isEvaluated(run, loadMarks(folder))) return predictTest(run, dataset, options);
  throw new FerlabError(`${folder}: these weights were not evaluated on the test part yet`, {
    remedy: 'evaluate them with `ferlab evaluate --final` after all choices are made',
  });
}

function predictTest(run: Run, dataset: ImageDataset, options: RepeatOptions = {}): Predictions {
  const { memory, isWanted = () => true } = options;
  const { training, test } = partsOf(run, dataset);
  const rows = test.open(declareFinal(run.record.weightsSha256)).filter(isWanted);
  return predictPart(run, dataset, { part: 'test', rows, training, memory });
}

/** Marks the weights of a run as those that have seen the test part. */
function markFinal({ folder, record }: Run): void {
  const { weightsSha256, startedAt } = record;
  const mark: FinalMark = { weightsSha256, startedAt, evaluatedAt: new Date().toISOString() };
  saveMarks(folder, [...loadMarks(folder), mark]);
}

/**
 * Whether these weights have seen the test part. The same weights before their rounding are no others: earlier versions
 * evaluated them.
 * @throws FerlabError when others of the same training have
 */
function isEvaluated({ folder, record }: Run, marks: readonly FinalMark[]): boolean {
  const { weightsSha256, startedAt } = record;
  const trained = record.kind === 'network' ? record.rounded?.fromSha256 : undefined;
  const isOther = (mark: FinalMark) =>
    mark.startedAt === startedAt && mark.weightsSha256 !== weightsSha256 && mark.weightsSha256 !== trained;
  if (marks.some(isOther)) {
    throw new FerlabError(`${folder}: other weights of this run were already evaluated on the test part`, {
      remedy: 'the test part allows one final evaluation: choose on the validation part, and train a new run',
    });
  }
  return marks.some((mark) => mark.weightsSha256 === weightsSha256);
}
