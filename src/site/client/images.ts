import { loadData } from './load';
import type { PackedPredictions } from './packed';

/** One test image and what a model says of it. */
export interface Judged {
  readonly row: number;
  readonly truth: number;
  readonly predicted: number;
  /** Probabilities of all classes. */
  readonly probabilities: readonly number[];
  /** That of the predicted class. */
  readonly confidence: number;
  /** Whether the training part holds an exact copy; null where nobody looked. */
  readonly hasCopy: boolean | null;
}

/** All images of packed predictions. @param isCalibrated whether logits are divided by the model's temperature */
export function unpack(packed: PackedPredictions, isCalibrated: boolean): Judged[] {
  const { rows, labels, predicted, copies, probabilities, whole, temperature } = packed;
  const classes = probabilities.length / rows.length;
  const known = copies && new Set(copies);
  return rows.map((row, i) => {
    const own = probabilities.slice(i * classes, (i + 1) * classes).map((value) => value / whole);
    const shown = isCalibrated ? temper(own, temperature) : own;
    return {
      row,
      truth: labels[i]!,
      predicted: predicted[i]!,
      probabilities: shown,
      confidence: shown[predicted[i]!]!,
      hasCopy: known && known.has(row),
    };
  });
}

/** Probabilities with the logits divided by a temperature (Guo et al. 2017, arXiv 1706.04599). */
export function temper(probabilities: readonly number[], temperature: number): number[] {
  const powers = probabilities.map((probability) => probability ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

const unpacked = new Map<string, Judged[]>();

/** All test images of a model. */
export async function loadImages(model: string, isCalibrated = false): Promise<readonly Judged[]> {
  const key = `${model} ${isCalibrated}`;
  const known = unpacked.get(key);
  if (known) return known;
  const images = unpack(await loadPacked(model), isCalibrated);
  unpacked.set(key, images);
  return images;
}

/** The predictions of a model as the site holds them. */
export const loadPacked = (model: string): Promise<PackedPredictions> =>
  loadData<PackedPredictions>(`data/predictions-${model}.js`, 'predictions', model);
