import { FerlabError } from '../errors';
import { type Predictions, predictedClasses } from '../run/predictions';
import { type ConfidenceInterval, normalProbability, normalQuantile } from './intervals';
import { exactMcNemar, type PairedCounts, pairedInterval } from './paired-interval';

/** How two models differ on the same images. Accuracies and their difference are shares between -1 and 1. */
export interface PairedDifference extends PairedCounts {
  /** Accuracy of the second less that of the first. */
  readonly difference: number;
  /** 95 % score interval of {@link pairedInterval}, for this comparison alone. */
  readonly interval: ConfidenceInterval;
  /** Two-sided p of {@link exactMcNemar}, for this comparison alone. */
  readonly p: number;
}

/** One of several comparisons that are read together. */
export interface CorrectedDifference extends PairedDifference {
  /** All intervals of the family hold their true differences with a probability of at least 95 % (Bonferroni). */
  readonly simultaneousInterval: ConfidenceInterval;
  /** p with Holm's correction for the family (Holm 1979, Scandinavian Journal of Statistics 6:65-70). */
  readonly correctedP: number;
}

/** How the differences are computed; goes below tables of paired comparisons. */
export const PAIRED_NOTE =
  'Differences on the same images: 95 % score interval for paired proportions (Tango 1998), p of the exact McNemar test.';

/**
 * Compares two models by accuracy on the images that both predicted, in the same order. Images on which both are right,
 * or both wrong, say nothing about the difference, which makes its interval narrower than two separate ones suggest.
 * @throws FerlabError when the predictions are of different images
 */
export function compareModels(first: Predictions, second: Predictions): PairedDifference {
  checkSameImages(first, second);
  const [a, b] = [hitsOf(first), hitsOf(second)];
  const onlyFirst = a.filter((hit, i) => hit > b[i]!).length;
  const onlySecond = a.filter((hit, i) => hit < b[i]!).length;
  return describeDifference({ images: a.length, onlyFirst, onlySecond });
}

function checkSameImages(first: Predictions, second: Predictions): void {
  const isSame =
    first.rows.length === second.rows.length && first.rows.every((row, i) => row === second.rows[i]);
  if (isSame) return;
  throw new FerlabError('the two models predicted different images', {
    remedy: 'compare runs of one split and one part',
  });
}

/** 1 for each image that is recognised, else 0. */
function hitsOf(predictions: Predictions): number[] {
  return Array.from(predictedClasses(predictions), (label, i) => (label === predictions.labels[i] ? 1 : 0));
}

/** How a model differs from the mean of several on the same images. */
export type MeanDifference = Pick<PairedDifference, 'images' | 'difference' | 'interval' | 'p'>;

/**
 * Compares a model with the mean accuracy of several others on the images that all predicted. Interval and p are normal
 * approximations over the images, with half an image more at either end as Agresti and Min (2005, Statistics in Medicine
 * 24:729) add them, so that the interval keeps a width where the models never differ.
 * @throws FerlabError when the predictions are of different images
 */
export function compareWithMean(others: readonly Predictions[], model: Predictions): MeanDifference {
  for (const other of others) checkSameImages(other, model);
  const own = hitsOf(model);
  const hits = others.map(hitsOf);
  const gains = own.map((hit, i) => hit - hits.reduce((sum, other) => sum + other[i]!, 0) / others.length);
  const images = gains.length;
  const difference = gains.reduce((sum, gain) => sum + gain, 0) / Math.max(1, images);
  const squares = gains.reduce((sum, gain) => sum + (gain - difference) ** 2, 1);
  const error = Math.sqrt(squares / (images + 2) / (images + 2));
  const half = normalQuantile(0.975) * error;
  const p = 2 * normalProbability(-Math.abs(difference) / error);
  return { images, difference, interval: [difference - half, difference + half], p };
}

/** The difference of two models with its interval and p; 0, [-1, 1] and 1 without images. */
export function describeDifference(counts: PairedCounts): PairedDifference {
  const { images, onlyFirst, onlySecond } = counts;
  return {
    images,
    onlyFirst,
    onlySecond,
    difference: images === 0 ? 0 : (onlySecond - onlyFirst) / images,
    interval: pairedInterval(counts),
    p: exactMcNemar(counts),
  };
}

/** Corrects differences that are read together for their number. The order stays. */
export function correctForMany(differences: readonly PairedDifference[]): CorrectedDifference[] {
  const level = 1 - 0.05 / Math.max(1, differences.length);
  const corrected = holm(differences.map(({ p }) => p));
  return differences.map((difference, i) => ({
    ...difference,
    simultaneousInterval: pairedInterval(difference, level),
    correctedP: corrected[i]!,
  }));
}

/**
 * The note below a table of several differences: their corrected intervals and p. None for fewer than two.
 * @param rows what is compared, in words, with its difference; null for the row that the others are compared with
 */
export function noteOnMany(rows: readonly (readonly [string, PairedDifference | null])[]): string[] {
  const compared = rows.flatMap(([name, difference]) => (difference ? [{ name, difference }] : []));
  if (compared.length < 2) return [];
  const points = (share: number) => (100 * share).toFixed(2);
  const entries = correctForMany(compared.map(({ difference }) => difference)).map(
    ({ simultaneousInterval: [low, high], correctedP }, i) =>
      `"${compared[i]!.name}": ${points(low)} to ${points(high)} points, p ${formatP(correctedP)}`,
  );
  return [
    `Each interval above holds for its comparison alone. Corrected for ${compared.length} comparisons (simultaneous 95 % intervals by Bonferroni, p by Holm): ${entries.join('; ')}.`,
  ];
}

/** A p with two significant digits, such as 0.031 or < 0.0001. */
export function formatP(p: number): string {
  if (p < 0.0001) return '< 0.0001';
  return p >= 0.995 ? '1' : String(Number(p.toPrecision(2)));
}

/** Holm's step-down correction. */
function holm(ps: readonly number[]): number[] {
  const order = [...ps.keys()].sort((a, b) => ps[a]! - ps[b]!);
  const corrected = new Array<number>(ps.length);
  let largest = 0;
  for (const [rank, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (ps.length - rank) * ps[i]!));
    corrected[i] = largest;
  }
  return corrected;
}
