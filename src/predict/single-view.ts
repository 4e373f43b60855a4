import type { Images } from '../dataset/dataset';
import { loadNetwork, networksOf } from '../run/open-run';
import type { Run } from '../run/run';
import { predictRows } from './infer';
import { predictRun } from './predict-run';
import { meanProbabilities } from './predictor';

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
  if (run.kind === 'baseline') {
    return { predict: (images, count) => predictRun(run, images, firstRows(count)), dispose: () => {} };
  }
  const networks = networksOf(run).map(loadNetwork);
  return {
    predict: (images, count) =>
      meanProbabilities(networks.map((network) => predictRows(network, images, firstRows(count), 'single'))),
    dispose: () => {
      for (const network of networks) network.dispose();
    },
  };
}

const firstRows = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);
