import { existsSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { declareFinal } from '../dataset/sealed-test';
import { splitDataset } from '../dataset/split';
import { FerlabError } from '../errors';
import { labelsOf } from '../predict/infer';
import { checkWeights, type PredictionMemory, predictRun } from '../predict/predict-run';
import { type FinalMark, loadMarks, saveMarks } from '../run/final-marks';
import { checkRunData, loadRunPredictions, openRun, originOf } from '../run/open-run';
import type { Predictions } from '../run/predictions';
import { savePredictions } from '../run/predictions-file';
import { splitOf } from '../run/record';
import type { Run } from '../run/run';
import { runFiles } from '../run/run-folder';

export interface FinalOptions {
  /** Folder of the training whose rounded weights `folder` holds: it is marked too, and its marks count. */
  readonly trainedIn?: string;
}

/**
 * The final evaluation: predicts the test part with the weights that the run's training left, and keeps the
 * predictions. It is the only place that opens the test part, and it marks each opening in `final.json`, which even
 * training anew in the same folder keeps. To ask again for the same weights gives the same predictions.
 * @throws FerlabError when the data is not the run's, or the weights are others than the run was trained to or
 * evaluated with: nothing can be chosen by the test part
 */
export function evaluateFinal(
  folder: string,
  dataset: ImageDataset,
  { trainedIn = folder }: FinalOptions = {},
): Predictions {
  const run = openRun(folder);
  checkRunData(run, dataset);
  checkWeights(run);
  const { predictions } = runFiles(folder);
  const marks = loadMarks(trainedIn);
  if (!isEvaluated(run, marks)) for (const place of new Set([trainedIn, folder])) markFinal(place, run);
  else if (existsSync(predictions('test'))) return loadRunPredictions(run, 'test');
  savePredictions(predictions('test'), predictTest(run, dataset));
  return loadRunPredictions(run, 'test');
}

/**
 * Predicts the test part again with weights that have seen it, and writes nothing: to find out whether published
 * predictions come out the same elsewhere.
 * @throws FerlabError when these weights have not seen the test part, and as {@link evaluateFinal}
 */
export function repeatFinal(folder: string, dataset: ImageDataset, memory?: PredictionMemory): Predictions {
  const run = openRun(folder);
  checkRunData(run, dataset);
  if (isEvaluated(run, loadMarks(folder))) return predictTest(run, dataset, memory);
  throw new FerlabError(`${folder}: these weights were not evaluated on the test part yet`, {
    remedy: 'evaluate them with `ferlab evaluate --final` when nothing is left to choose',
  });
}

function predictTest(run: Run, dataset: ImageDataset, memory?: PredictionMemory): Predictions {
  const { weightsSha256 } = run.record;
  const rows = splitDataset(dataset, splitOf(run.record)).test.open(declareFinal(weightsSha256));
  return {
    ...originOf(run.record, 'test'),
    rows,
    labels: labelsOf(dataset, rows),
    probabilities: predictRun(run, dataset, rows, memory),
  };
}

/** Marks the weights of a run as those that have seen the test part. */
function markFinal(folder: string, { record }: Run): void {
  const { weightsSha256, startedAt } = record;
  const mark: FinalMark = { weightsSha256, startedAt, evaluatedAt: new Date().toISOString() };
  saveMarks(folder, [...loadMarks(folder), mark]);
}

/** Whether these weights have seen the test part. @throws FerlabError when others of the same training have */
function isEvaluated({ folder, record }: Run, marks: readonly FinalMark[]): boolean {
  const { weightsSha256, startedAt } = record;
  if (marks.some((mark) => mark.startedAt === startedAt && mark.weightsSha256 !== weightsSha256)) {
    throw new FerlabError(`${folder}: other weights of this run were evaluated on the test part before`, {
      remedy: 'the test part is for one final evaluation: choose on validation, and train a new run',
    });
  }
  return marks.some((mark) => mark.weightsSha256 === weightsSha256);
}
