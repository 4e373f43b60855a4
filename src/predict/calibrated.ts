import { loadRunPredictions } from '../run/open-run';
import type { Run } from '../run/run';
import { firstRows, openPredictor } from './predictor';
import type { EmotionClassifier, Exactness } from './recognize';
import { applyTemperature, fitTemperature } from './temperature';

/** A loaded classifier with calibrated probabilities, in the views of its run. */
export interface CalibratedClassifier extends EmotionClassifier {
  /** Divides the logits; fitted on the validation part. */
  readonly temperature: number;
  predict(images: Uint8Array, count: number, how: Exactness): Float32Array;
  /** Frees the networks. */
  dispose(): void;
}

/**
 * Loads a finished run, network, ensemble or baseline, for any number of predictions.
 * @throws FerlabError when weights are missing or changed, or the predictions of the validation part are missing
 */
export function openCalibrated(run: Run): CalibratedClassifier {
  const { classes, side } = run.record.dataset;
  const temperature = fitTemperature(loadRunPredictions(run, 'validation'));
  const { predict, dispose } = openPredictor(run);
  return {
    classes,
    side,
    temperature,
    predict: (images, count, how) => {
      const raw = predict({ spec: run.record.dataset, images }, firstRows(count), how);
      return applyTemperature(raw, temperature, classes.length);
    },
    dispose,
  };
}
