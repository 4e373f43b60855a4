import type { Images } from '../dataset/dataset';
import type { Run } from '../run/run';
import { firstRows, openPredictor } from './predictor';

/** A loaded classifier that looks at each image once, as it is. */
export interface RowClassifier {
  /** Class probabilities [count, classes] of the first images of a set. */
  predict(images: Images, count: number): Float32Array;
  /** Frees the networks. */
  dispose(): void;
}

/**
 * Loads a finished run, network, ensemble or baseline, for any number of predictions with a single view.
 * @throws FerlabError when weights are missing or changed
 */
export function openClassifier(run: Run): RowClassifier {
  const { predict, dispose } = openPredictor(run, 'single');
  return { predict: (images, count) => predict(images, firstRows(count)), dispose };
}
