import type { WeightTensor } from '../../engine/weights';
import type { ExplainedNetwork } from '../../explain/explained-network';
import { buildModel } from '../../model/models';
import { type CalibratedClassifier, openCalibrated } from '../../predict/calibrated';
import { loadWeights, openNetworkRun } from '../../run/open-run';
import { modelFolder } from '../../run/published-models';
import type { NetworkRun } from '../../run/run';

/** A published network that recognises emotions and shows what goes on in it. {@link dispose} frees it. */
export class FaceReader {
  readonly classifier: CalibratedClassifier;
  readonly explained: ExplainedNetwork;

  /** @param explain the network of the run with other weights, to be disposed by who asks for it */
  constructor(
    readonly run: NetworkRun,
    readonly explain: (weights: readonly WeightTensor[]) => ExplainedNetwork,
  ) {
    this.classifier = openCalibrated(run);
    this.explained = explain(loadWeights(run));
  }

  /** Calibrated probabilities of a grey image [side, side], by class. */
  read(image: Uint8Array): Record<string, number> {
    const probabilities = this.classifier.predict(image, 1, 'quick');
    return Object.fromEntries(this.classifier.classes.map((name, label) => [name, probabilities[label]!]));
  }

  dispose(): void {
    this.classifier.dispose();
    this.explained.dispose();
  }
}

/** Opens a published network. @throws FerlabError when there is none of this name */
export async function openFaceReader(model: string): Promise<FaceReader> {
  const run = openNetworkRun(modelFolder(model));
  // Loads tfjs, which takes seconds: a notebook that shows no network does without
  const { ExplainedNetwork } = await import('../../explain/explained-network.js');
  const definition = buildModel(run.record.config.model, run.record.dataset);
  return new FaceReader(run, (weights) => new ExplainedNetwork(definition, weights));
}
