import { loadNetwork, loadRunPredictions, networksOf } from '../run/open-run';
import type { Run } from '../run/run';
import { predictFew, predictRows } from './infer';
import { predictRun } from './predict-run';
import { meanProbabilities } from './predictor';
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
  const raw = run.kind === 'baseline' ? openBaseline(run) : openNetworks(run);
  return {
    classes,
    side,
    temperature,
    predict: (images, count, how) =>
      applyTemperature(raw.predict(images, count, how), temperature, classes.length),
    dispose: raw.dispose,
  };
}

type Uncalibrated = Pick<CalibratedClassifier, 'predict' | 'dispose'>;

function openNetworks(run: Exclude<Run, { kind: 'baseline' }>): Uncalibrated {
  const spec = run.record.dataset;
  const members = networksOf(run).map((member) => ({
    network: loadNetwork(member),
    views: member.record.config.testTimeViews,
  }));
  return {
    predict: (images, count, how) => {
      const predict = how === 'exact' ? predictRows : predictFew;
      return meanProbabilities(
        members.map(({ network, views }) => predict(network, { spec, images }, firstRows(count), views)),
      );
    },
    dispose: () => {
      for (const { network } of members) network.dispose();
    },
  };
}

function openBaseline(run: Run): Uncalibrated {
  const spec = run.record.dataset;
  return {
    predict: (images, count) => predictRun(run, { spec, images }, firstRows(count)),
    dispose: () => {},
  };
}

const firstRows = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);
