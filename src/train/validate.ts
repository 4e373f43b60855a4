import type { WeightTensor } from '../engine/weights';
import { EXIT, FerlabError } from '../errors';
import { labelsOf, predictPatiently } from '../predict/infer';
import { countHits } from '../run/predictions';
import type { Training } from './training';

/** What the validation part says about the present weights. */
export interface Validation {
  readonly loss: number;
  readonly accuracy: number;
  /** The weights that were validated: the averages, if averages are kept. */
  readonly weights: readonly WeightTensor[];
}

/**
 * Predicts the validation part, one view an image; null when the signal stopped it. The network is as before.
 * @throws FerlabError when the loss is not a number any more
 */
export async function validate({ network, trainer, options, split }: Training): Promise<Validation | null> {
  const { dataset, signal } = options;
  if (signal?.aborted) return null;
  const trained = network.weights();
  const weights = trainer.withAveragedWeights(() => network.weights());
  network.setWeights(weights);
  try {
    const rows = split.validation;
    const probabilities = await predictPatiently(network, dataset, rows, { views: 'single', signal });
    if (!probabilities) return null;
    const labels = labelsOf(dataset, rows);
    const loss = crossEntropy(probabilities, labels);
    checkFinite(loss);
    return { loss, accuracy: countHits({ labels, probabilities }) / labels.length, weights };
  } finally {
    network.setWeights(trained);
  }
}

function checkFinite(loss: number): void {
  if (Number.isFinite(loss)) return;
  throw new FerlabError(`the validation loss is ${loss}`, {
    remedy: 'lower the learning rate; the last checkpoint was kept',
    exitStatus: EXIT.diverged,
  });
}

/** Mean negative log probability of the labels. @param probabilities [labels.length, classes] */
export function crossEntropy(probabilities: Float32Array, labels: Uint8Array): number {
  const classes = probabilities.length / labels.length;
  let sum = 0;
  for (const [i, label] of labels.entries())
    sum -= Math.log(Math.max(probabilities[i * classes + label]!, 1e-12));
  return sum / labels.length;
}
