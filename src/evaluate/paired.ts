import { FerlabError } from '../errors';
import { type Predictions, predictedClasses } from '../run/predictions';
import type { Interval } from './intervals';
import { exactMcNemar, type PairedCounts, pairedInterval } from './paired-interval';

/** How two models differ on the same images. Accuracies and their difference are shares between -1 and 1. */
export interface PairedDifference extends PairedCounts {
  /** Accuracy of the second less that of the first. */
  readonly difference: number;
  /** 95 % score interval of {@link pairedInterval}, for this comparison alone. */
  readonly interval: Interval;
  /** Two-sided p of {@link exactMcNemar}, for this comparison alone. */
  readonly p: number;
}

/** One of several comparisons that are read together. */
export interface CorrectedDifference extends PairedDifference {
  /** All intervals of the family hold their true differences with a probability of at least 95 % (Bonferroni). */
  readonly simultaneousInterval: Interval;
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
  return describeDifference({ images, onlyFirst, onlySecond });
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
    `Each interval above is for its comparison alone. Corrected for ${compared.length} comparisons (simultaneous 95 % intervals by Bonferroni, p by Holm): ${entries.join('; ')}.`,
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
