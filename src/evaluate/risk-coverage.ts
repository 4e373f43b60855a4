import { type LabelledProbabilities, predictedClasses } from '../run/predictions';

/** What is left of the images when a classifier may decline to answer. */
export interface RiskPoint {
  /** Images that are answered: those with the highest confidence. */
  readonly images: number;
  /** Their share of all. */
  readonly coverage: number;
  readonly errors: number;
  /** Share of errors among them. */
  readonly risk: number;
}

/**
 * The risk of a classifier that answers for its most confident images alone, for each number of them (El-Yaniv and Wiener
 * 2010, Journal of Machine Learning Research 11:1605). Images of equal confidence are taken in their order.
 * @returns a point for 1 to all images
 */
export function riskCoverage(predictions: LabelledProbabilities): RiskPoint[] {
  const { labels } = predictions;
  const predicted = predictedClasses(predictions);
  const confidences = confidencesOf(predictions, predicted);
  const order = [...labels.keys()].sort((a, b) => confidences[b]! - confidences[a]! || a - b);
  let errors = 0;
  return order.map((place, i) => {
    if (predicted[place] !== labels[place]) errors++;
    const images = i + 1;
    return { images, coverage: images / labels.length, errors, risk: errors / images };
  });
}

/** Area under the curve: the mean risk over all coverages, 0 to 1; 0 without images. */
export function areaUnderRisk(points: readonly RiskPoint[]): number {
  return points.reduce((sum, { risk }) => sum + risk, 0) / Math.max(1, points.length);
}

/** The probability of the predicted class of each image, [count]. */
export function confidencesOf(
  { labels, probabilities }: LabelledProbabilities,
  predicted: Uint8Array,
): Float32Array {
  const classes = labels.length === 0 ? 0 : probabilities.length / labels.length;
  return Float32Array.from(predicted, (label, i) => probabilities[i * classes + label]!);
}
