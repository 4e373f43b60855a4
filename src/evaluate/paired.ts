import { FerlabError } from '../errors';
import { type Predictions, predictedClasses } from '../run/predictions';
import { type Interval, Z } from './intervals';

/** How two models differ on the same images. Accuracies and their difference are shares between -1 and 1. */
export interface PairedDifference {
  readonly images: number;
  /** Images that only the first model names rightly, and only the second. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Accuracy of the second less that of the first. */
  readonly difference: number;
  readonly interval: Interval;
}

/**
 * Compares two models by accuracy on the images that both predicted, in the same order. The 95 % interval is Wald's
 * for matched pairs (Agresti, Categorical Data Analysis, section 11.1): images on which both are right, or both
 * wrong, say nothing about the difference, which makes it narrower than two separate intervals.
 * @throws FerlabError when the predictions are of different images
 */
export function compareModels(first: Predictions, second: Predictions): PairedDifference {
  const images = first.rows.length;
  if (images !== second.rows.length || first.rows.some((row, i) => row !== second.rows[i])) {
    throw new FerlabError('the two models predicted different images', {
      remedy: 'compare runs of one split and one part',
    });
  }
  const [a, b] = [predictedClasses(first), predictedClasses(second)];
  let onlyFirst = 0;
  let onlySecond = 0;
  for (const [i, label] of first.labels.entries()) {
    if (a[i] === label && b[i] !== label) onlyFirst++;
    if (a[i] !== label && b[i] === label) onlySecond++;
  }
  const change = onlySecond - onlyFirst;
  const half = (Z * Math.sqrt(onlyFirst + onlySecond - change ** 2 / images)) / images;
  const difference = change / images;
  return { images, onlyFirst, onlySecond, difference, interval: [difference - half, difference + half] };
}
