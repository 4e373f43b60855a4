import { rowOrigins } from './checks/confusion-rows';
import type { Evidence } from './evidence/evidence';
import { officialWeights } from './evidence/official-weights';
import { observeIntervals } from './intervals/observe';
import { Fraction } from './numbers/fraction';
import { countsFor } from './numbers/interval';
import { observeMcNemar } from './significance/observe';

/**
 * Share of the figures with d decimals (of a fraction) that some whole number out of n yields: n + 1 counts over
 * 10^d + 1 figures, as long as no two counts share a figure.
 */
export function attainableShare(n: number, decimals: number): Fraction {
  const figures = 10n ** BigInt(decimals) + 1n;
  return BigInt(n) + 1n >= figures ? new Fraction(1) : new Fraction(BigInt(n) + 1n, figures);
}

/** The fewest decimals (of a fraction) at which no two counts out of n can share a figure: 10^-d < 1 / n. */
export function decisiveDecimals(n: number): number {
  let decimals = 1;
  while (10 ** decimals <= n) decimals++;
  return decimals;
}

/** What the figures tell, under any of the readings, about where they come from and how much they could prove. */
export function observe(readings: readonly Evidence[]): string[] {
  const found = readings.flatMap((evidence) => [...accuracyPower(evidence), ...rowOrigins(evidence)]);
  const first = readings.slice(0, 1);
  return [
    ...first.flatMap(officialWeights),
    ...new Set(found),
    ...first.flatMap(observeIntervals),
    ...first.flatMap(observeMcNemar),
  ];
}

function accuracyPower({ find, n }: Evidence): string[] {
  const [accuracy] = find('accuracy').filter(({ field }) => field === 'accuracy');
  if (!accuracy || n === undefined) return [];
  const share = attainableShare(n, accuracy.decimals).mul(1000).round().div(10).toString();
  const { from, to } = countsFor(accuracy.interval, n);
  const counts =
    from > to ? 'no count' : from === to ? `${from} correct` : `${to - from + 1} counts, ${from} to ${to}`;
  return [
    `accuracy ${accuracy.text}: ${counts} out of ${n}; ${share} % of all figures with as many decimals are whole numbers of ${n} items`,
    `with ${decisiveDecimals(n)} decimals of the fraction every count out of ${n} would have a figure of its own`,
  ];
}
