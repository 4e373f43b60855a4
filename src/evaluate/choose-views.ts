import { TEST_TIME_VIEWS, type TestTimeViews, viewsOf } from '../augment/views';
import type { ImageDataset } from '../dataset/dataset';
import { FerlabError } from '../errors';
import { emptyMemory, predictValidation } from '../predict/predict-run';
import { loadMarks } from '../run/final-marks';
import { saveJson } from '../run/json-file';
import { checkRunData, openNetworkRun } from '../run/open-run';
import { countHits } from '../run/predictions';
import { savePredictions } from '../run/predictions-file';
import { saveRecord } from '../run/record-file';
import type { NetworkRun } from '../run/run';
import { runFiles } from '../run/run-folder';
import { type ConfidenceInterval, wilsonInterval } from './intervals';
import { compareModels, type PairedDifference } from './paired';

/** What a run reaches on its validation part with some test-time views. */
export interface ViewsResult {
  readonly views: TestTimeViews;
  /** Images that the network sees for each one that it judges. */
  readonly viewCount: number;
  readonly count: number;
  readonly accuracy: number;
  readonly interval: ConfidenceInterval;
  /** Accuracy less that of the first views; null for themselves. */
  readonly difference: PairedDifference | null;
}

/**
 * Predicts the validation part of a finished run with each kind of test-time views; nothing is written.
 * @throws FerlabError when the run is not finished, is an ensemble, or the data is not its own
 */
export function compareViews(folder: string, dataset: ImageDataset): ViewsResult[] {
  const run = openNetwork(folder, dataset);
  const memory = emptyMemory();
  const all = TEST_TIME_VIEWS.map((views) => ({
    views,
    predictions: predictValidation(withViews(run, views), dataset, memory),
  }));
  const first = all[0]!.predictions;
  return all.map(({ views, predictions }) => {
    const [count, hits] = [predictions.labels.length, countHits(predictions)];
    return {
      views,
      viewCount: viewsOf(views).length,
      count,
      accuracy: hits / count,
      interval: wilsonInterval(hits, count),
      difference: predictions === first ? null : compareModels(first, predictions),
    };
  });
}

/**
 * Makes a finished run predict with other test-time views from now on: its validation predictions are made again, and
 * its configuration and record name the views. Training does not depend on them.
 * @throws FerlabError as {@link compareViews}, and when the run has seen its test part: that would be a second try
 */
export function keepViews(folder: string, dataset: ImageDataset, views: TestTimeViews): void {
  if (loadMarks(folder).length > 0) {
    throw new FerlabError(
      `${folder}: the run was already evaluated on its test part with its present views`,
      {
        remedy: 'choose views before the final evaluation',
      },
    );
  }
  const run = withViews(openNetwork(folder, dataset), views);
  const files = runFiles(folder);
  savePredictions(files.predictions('validation'), predictValidation(run, dataset));
  saveJson(files.config, run.record.config);
  saveRecord(files.record, run.record);
}

/** Opens a run that is no ensemble and belongs to this data. */
function openNetwork(folder: string, dataset: ImageDataset): NetworkRun {
  const run = openNetworkRun(folder);
  checkRunData(run, dataset);
  return run;
}

/** The run as if it had been trained for these views. */
function withViews(run: NetworkRun, views: TestTimeViews): NetworkRun {
  const { record } = run;
  return { ...run, record: { ...record, config: { ...record.config, testTimeViews: views } } };
}
