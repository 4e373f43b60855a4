import type { ImageDataset } from '../dataset/dataset';
import { splitDataset } from '../dataset/split';
import type { Predictions } from '../evaluate/predictions';
import { predictRows } from '../train/infer';
import { loadNetwork, openRun } from '../train/open-run';
import { labelsOf } from '../train/validate';

/** Predicts the validation part with the weights in a run's folder, in the views that the run was trained for. */
export function predictValidation(folder: string, dataset: ImageDataset): Predictions {
  const run = openRun(folder);
  const { config } = run.record;
  const network = loadNetwork(run);
  try {
    const rows = splitDataset(dataset, config).validation;
    const probabilities = predictRows(network, dataset, rows, config.testTimeViews);
    return { part: 'validation', rows, labels: labelsOf(dataset, rows), probabilities };
  } finally {
    network.dispose();
  }
}
