import { type ConfidenceInterval, normalQuantile } from './intervals';

/** How two models differ on the images that both judged. */
export interface PairedCounts {
  /** All images, also those on which both models are right or both are wrong. */
  readonly images: number;
  /** Images that only the first model recognises. */
  readonly onlyFirst: number;
  /** Images that only the second model recognises. */
  readonly onlySecond: number;
}

/**
 * Score interval of the difference of two paired proportions, the second less the first (Tango 1998, Statistics in
 * Medicine 17:891-908). It holds every difference that a score test doesn't reject, so that it keeps a width without any
 * image on which the models differ, where Wald's interval collapses to a point.
 * @param level probability that the interval covers the true difference
 * @returns ends between -1 and 1; [-1, 1] without images
 */
export function pairedInterval(counts: PairedCounts, level = 0.95): ConfidenceInterval {
  const { images, onlyFirst, onlySecond } = counts;
  if (images === 0) return [-1, 1];
  const difference = (onlySecond - onlyFirst) / images;
  const z = normalQuantile((1 + level) / 2);
  const isRejected = (value: number) => excess(counts, value, z) > 0;
  return [farthest(difference, -1, isRejected), farthest(difference, 1, isRejected)];
}

/** Squared score less its critical value, times the variance: positive where the test rejects the difference. */
function excess({ images, onlyFirst, onlySecond }: PairedCounts, difference: number, z: number): number {
  const variance =
    2 * restrictedShare({ images, onlyFirst, onlySecond }, difference) + difference * (1 - difference);
  return (onlySecond - onlyFirst - images * difference) ** 2 - z ** 2 * images * variance;
}

/**
 * Maximum-likelihood share of the images that only the first model recognises, given the difference: the larger root of
 * Tango's quadratic equation.
 */
function restrictedShare({ images, onlyFirst, onlySecond }: PairedCounts, difference: number): number {
  const a = 2 * images;
  const b = (2 * images - onlySecond + onlyFirst) * difference - onlyFirst - onlySecond;
  const c = -onlyFirst * difference * (1 - difference);
  return (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
}

/** The last value on the way from `inside` to `end` that is not rejected, by bisection. */
function farthest(inside: number, end: number, isRejected: (value: number) => boolean): number {
  if (!isRejected(end)) return end;
  let [kept, rejected] = [inside, end];
  while (Math.abs(rejected - kept) > 1e-12) {
    const middle = (kept + rejected) / 2;
    if (isRejected(middle)) rejected = middle;
    else kept = middle;
  }
  return kept;
}

/**
 * Two-sided p of the exact McNemar test: the probability of a split of the discordant images at least as uneven as this
 * one if both models were equally good.
 */
export function exactMcNemar({ onlyFirst, onlySecond }: Omit<PairedCounts, 'images'>): number {
  const trials = onlyFirst + onlySecond;
  let logTerm = trials * Math.log(0.5);
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(trials - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * tail);
}
