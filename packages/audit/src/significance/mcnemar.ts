import { incompleteBeta } from '../intervals/beta';

/** Items that one of two systems alone gets right. */
export interface Discordant {
  readonly b: number;
  readonly c: number;
}

export const TESTS = ['exact binomial', 'chi-square', 'chi-square with continuity correction'] as const;
export type Test = (typeof TESTS)[number];

/**
 * The two-sided p of McNemar's test (1947), from 0 to 1; several where programs differ, none without discordant items. The
 * exact one doubles the smaller tail of the binomial distribution with probability 1/2; the correction is Edwards' (1948).
 */
export function pValues(test: Test, { b, c }: Discordant): number[] {
  const [all, difference] = [b + c, Math.abs(b - c)];
  if (all === 0) return test === 'exact binomial' ? [1] : [];
  switch (test) {
    case 'exact binomial':
      return [difference === 0 ? 1 : Math.min(1, 2 * binomialTail(Math.min(b, c), all))];
    case 'chi-square':
      return [chiSquareTail(difference ** 2 / all)];
    case 'chi-square with continuity correction':
      // Where b = c, R leaves the statistic at 0, and statsmodels takes 1 off.
      return [chiSquareTail((difference - 1) ** 2 / all), ...(difference === 0 ? [1] : [])];
  }
}

/** Probability of at most k heads of m tosses. */
function binomialTail(k: number, m: number): number {
  return k >= m ? 1 : incompleteBeta(0.5, m - k, k + 1);
}

/** Probability that a chi-square variable with one degree of freedom exceeds x. */
function chiSquareTail(x: number): number {
  return complementaryError(Math.sqrt(x / 2));
}

/** Where the series of the error function gives way to the continued fraction of its complement. */
const FAR = 2.5;
const TERMS = 80;

/** erfc(z) of a number from 0 on: DLMF 7.6.2 and 7.9.1. */
function complementaryError(z: number): number {
  const density = Math.exp(-z * z) / Math.sqrt(Math.PI);
  if (z < FAR) {
    let [term, sum] = [z, z];
    for (let n = 1; n < TERMS; n++) {
      term *= (2 * z * z) / (2 * n + 1);
      sum += term;
    }
    return 1 - 2 * density * sum;
  }
  let fraction = z;
  for (let n = TERMS; n > 0; n--) fraction = z + n / 2 / fraction;
  return density / fraction;
}

/**
 * All pairs (b, c) that the right answers of two systems on the same n items allow: b - c is their difference, and c at
 * most what the first gets wrong and the second right.
 */
export function discordantRange(first: number, second: number, n: number): [Discordant, Discordant] {
  const [more, fewer] = first >= second ? [first, second] : [second, first];
  const most = Math.min(n - more, fewer);
  const pair = (both: number) =>
    first >= second ? { b: more - fewer + both, c: both } : { b: both, c: more - fewer + both };
  return [pair(0), pair(most)];
}
