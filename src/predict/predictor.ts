import { batchOf, extractFeatures, extractorOf } from '../baseline/features/feature';
import { BASELINES } from '../baseline/methods';
import type { Images } from '../dataset/dataset';
import { weightsByName } from '../engine/weights';
import { loadNetwork, loadWeights, networksOf } from '../run/open-run';
import type { BaselineRun, NetworkRun, Run } from '../run/run';
import { predictRows } from './infer';

/** A finished run that is ready to predict. {@link dispose} frees it. */
export interface Predictor {
  /** Class probabilities [rows.length, classes]. */
  predict(images: Images, rows: Uint32Array): Float32Array;
  dispose(): void;
}

/**
 * Reads the weights of a run, or of an ensemble's members. A network predicts in the views that it was trained for.
 * @throws FerlabError when weights are missing, or others than the run (or a member) was trained to
 */
export function openPredictor(run: Run): Predictor {
  if (run.kind === 'baseline') return openBaseline(run);
  const members = networksOf(run).map(openNetwork);
  return {
    predict: (images, rows) => meanProbabilities(members.map((member) => member.predict(images, rows))),
    dispose: () => {
      for (const member of members) member.dispose();
    },
  };
}

/** Mean of what the members of an ensemble say. */
export function meanProbabilities(members: readonly Float32Array[]): Float32Array {
  const sum = members.reduce((total, some) => total.map((probability, i) => probability + some[i]!));
  return members.length === 1 ? sum : sum.map((probability) => probability / members.length);
}

function openBaseline(run: BaselineRun): Predictor {
  const { features, classifier } = BASELINES[run.record.method];
  const weights = weightsByName(loadWeights(run));
  const extractor = extractorOf(features, weights);
  return {
    predict: (images, rows) => classifier.predict(weights, extractFeatures(extractor, batchOf(images, rows))),
    dispose: () => extractor.dispose?.(),
  };
}

function openNetwork(run: NetworkRun): Predictor {
  const network = loadNetwork(run);
  return {
    predict: (images, rows) => predictRows(network, images, rows, run.record.config.testTimeViews),
    dispose: () => network.dispose(),
  };
}
