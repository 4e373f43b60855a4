import type { ImageDataset } from '../dataset/dataset';
import { splitDataset } from '../dataset/split';
import type { Predictions } from '../evaluate/predictions';
import { openRun } from '../train/open-run';
import { type PredictionMemory, predictRun } from '../train/predict-run';
import { labelsOf } from '../train/validate';

/** Predicts the validation part with the weights in a run's folder, in the views that the run was trained for. */
export function predictValidation(
  folder: string,
  dataset: ImageDataset,
  memory?: PredictionMemory,
): Predictions {
  const run = openRun(folder);
  const rows = splitDataset(dataset, run.record.config).validation;
  const probabilities = predictRun(run, dataset, rows, memory);
  return { part: 'validation', rows, labels: labelsOf(dataset, rows), probabilities };
}
