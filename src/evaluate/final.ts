import { existsSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { declareFinal } from '../dataset/sealed-test';
import { splitDataset } from '../dataset/split';
import { FerlabError } from '../errors';
import { writePredictions } from '../train/finish';
import { predictRows } from '../train/infer';
import { loadNetwork, loadWeights, openRun } from '../train/open-run';
import { loadJson, runFiles, saveJson } from '../train/run-folder';
import type { TrainedRun } from '../train/train';
import { labelsOf } from '../train/validate';
import { loadPredictions, type Predictions } from './predictions';

/** One trained model that has seen the test part. */
export interface FinalMark {
  readonly weightsSha256: string;
  /** When its training began: tells a run that was trained anew from weights that were exchanged. */
  readonly startedAt: string;
  readonly evaluatedAt: string;
}

/**
 * The final evaluation: predicts the test part with the weights that the run's training left, and keeps the
 * predictions. It is the only place that opens the test part, and it marks each opening in `final.json`, which even
 * training anew in the same folder keeps. To ask again for the same weights gives the same predictions.
 * @throws FerlabError when the data is not the run's, or the weights are others than the run was trained to or
 * evaluated with: nothing can be chosen by the test part
 */
export function evaluateFinal(folder: string, dataset: ImageDataset): Predictions {
  const run = openRun(folder);
  checkData(run, dataset);
  loadWeights(run);
  const { predictions } = runFiles(folder);
  const marks = loadMarks(folder);
  if (!isEvaluated(run, marks) || !existsSync(predictions('test'))) predictTest(run, dataset, marks);
  return loadPredictions(predictions('test'), 'test');
}

/** The trained models of this folder that have seen the test part, oldest first. */
export function loadMarks(folder: string): readonly FinalMark[] {
  const { final } = runFiles(folder);
  return existsSync(final) ? loadJson<FinalMark[]>(final) : [];
}

function predictTest(run: TrainedRun, dataset: ImageDataset, marks: readonly FinalMark[]): void {
  const { folder, record } = run;
  const { weightsSha256, startedAt, config } = record;
  const network = loadNetwork(run);
  try {
    const mark = { weightsSha256, startedAt, evaluatedAt: new Date().toISOString() };
    if (!isEvaluated(run, marks)) saveJson(runFiles(folder).final, [...marks, mark]);
    const rows = splitDataset(dataset, config).test.open(declareFinal(weightsSha256));
    const probabilities = predictRows(network, dataset, rows, config.testTimeViews);
    const labels = labelsOf(dataset, rows);
    writePredictions(runFiles(folder).predictions('test'), { part: 'test', rows, labels, probabilities });
  } finally {
    network.dispose();
  }
}

/** Whether these weights have seen the test part. @throws FerlabError when others of the same training have */
function isEvaluated({ folder, record }: TrainedRun, marks: readonly FinalMark[]): boolean {
  const { weightsSha256, startedAt } = record;
  if (marks.some((mark) => mark.startedAt === startedAt && mark.weightsSha256 !== weightsSha256)) {
    throw new FerlabError(`${folder}: other weights of this run were evaluated on the test part before`, {
      remedy: 'the test part is for one final evaluation: choose on validation, and train a new run',
    });
  }
  return marks.some((mark) => mark.weightsSha256 === weightsSha256);
}

function checkData({ record }: TrainedRun, dataset: ImageDataset): void {
  if (record.dataset.sha256 === dataset.source.sha256) return;
  throw new FerlabError(
    `the run was trained on ${record.dataset.format}, but ${dataset.source.format} was given (other content)`,
    { remedy: 'evaluate with the data that the run was trained on' },
  );
}
