import { ExplainedNetwork } from '../../explain/explained-network';
import { buildModel } from '../../model/models';
import { type CalibratedClassifier, openCalibrated } from '../../predict/calibrated';
import { loadWeights, openNetworkRun } from '../../run/open-run';
import { modelFolder } from '../../run/published-models';
import type { NetworkRun } from '../../run/run';

/** A published network that recognises emotions and shows what goes on in it. {@link dispose} frees it. */
export class FaceReader {
  readonly classifier: CalibratedClassifier;
  readonly explained: ExplainedNetwork;

  constructor(readonly run: NetworkRun) {
    const { config, dataset } = run.record;
    this.classifier = openCalibrated(run);
    this.explained = new ExplainedNetwork(buildModel(config.model, dataset), loadWeights(run));
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
export function openFaceReader(model: string): FaceReader {
  return new FaceReader(openNetworkRun(modelFolder(model)));
}
