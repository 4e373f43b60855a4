import type { TestTimeViews } from '../augment/views';
import { batchOf, extractFeatures, extractorOf } from '../baseline/features/feature';
import { BASELINES } from '../baseline/methods';
import type { Images } from '../dataset/dataset';
import { weightsByName } from '../engine/weights';
import { loadInference, loadWeights, networksOf } from '../run/open-run';
import type { BaselineRun, NetworkRun, Run } from '../run/run';
import { predictFew, predictRows } from './infer';
import type { Exactness } from './recognize';

/** A finished run that is ready to predict. {@link dispose} frees it. */
export interface Predictor {
  /** Class probabilities [rows.length, classes]. @param how exact unless given */
  predict(images: Images, rows: Uint32Array, how?: Exactness): Float32Array;
  dispose(): void;
}

/**
 * Reads the weights of a run, or of an ensemble's members, once for any number of predictions.
 * @param views of networks; those that each was trained for unless given
 * @throws FerlabError when weights are missing, or others than the run (or a member) was trained to
 */
export function openPredictor(run: Run, views?: TestTimeViews): Predictor {
  if (run.kind === 'baseline') return openBaseline(run);
  const members = networksOf(run).map((member) => openNetwork(member, views));
  return {
    predict: (images, rows, how) =>
      meanProbabilities(members.map((member) => member.predict(images, rows, how))),
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

function openNetwork(run: NetworkRun, views = run.record.config.testTimeViews): Predictor {
  const network = loadInference(run);
  return {
    predict: (images, rows, how) =>
      (how === 'quick' ? predictFew : predictRows)(network, images, rows, views),
    dispose: () => network.dispose(),
  };
}

/** Rows of the first images of a set. */
export const firstRows = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);
