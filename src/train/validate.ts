import type { ImageDataset } from '../dataset/dataset';
import { EMOTION_COUNT } from '../dataset/emotions';
import type { Network } from '../engine/network';
import type { Trainer } from '../engine/trainer';
import type { WeightTensor } from '../engine/weights';
import { labelsOf, predictPatiently } from '../predict/infer';

/** What the validation part says about the present weights. */
export interface Validation {
  readonly loss: number;
  readonly accuracy: number;
  /** The weights that were validated: the averages, if averages are kept. */
  readonly weights: readonly WeightTensor[];
}

export interface ValidationContext {
  readonly network: Network;
  readonly trainer: Trainer;
  readonly dataset: ImageDataset;
  readonly rows: Uint32Array;
  readonly signal?: AbortSignal;
}

/** Predicts the validation part, one view an image; null when the signal stopped it. The network is as before. */
export async function validate(context: ValidationContext): Promise<Validation | null> {
  const { network, trainer, dataset, rows, signal } = context;
  const trained = network.weights();
  const weights = trainer.withAveragedWeights(() => network.weights());
  network.setWeights(weights);
  try {
    const probabilities = await predictPatiently(network, dataset, rows, { views: 'single', signal });
    if (!probabilities) return null;
    const labels = labelsOf(dataset, rows);
    return { loss: crossEntropy(probabilities, labels), accuracy: accuracy(probabilities, labels), weights };
  } finally {
    network.setWeights(trained);
  }
}

/** Mean negative log probability of the labels. @param probabilities [labels.length, classes] */
export function crossEntropy(probabilities: Float32Array, labels: Uint8Array): number {
  const classes = probabilities.length / labels.length;
  let sum = 0;
  for (const [i, label] of labels.entries())
    sum -= Math.log(Math.max(probabilities[i * classes + label]!, 1e-12));
  return sum / labels.length;
}

/** Share of the images whose most probable class is the label. @param probabilities [labels.length, 7] */
export function accuracy(probabilities: Float32Array, labels: Uint8Array): number {
  let correct = 0;
  for (const [i, label] of labels.entries()) {
    const row = probabilities.subarray(i * EMOTION_COUNT, (i + 1) * EMOTION_COUNT);
    if (row.indexOf(Math.max(...row)) === label) correct++;
  }
  return correct / labels.length;
}
