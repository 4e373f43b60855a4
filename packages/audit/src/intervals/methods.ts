import { betaQuantile } from './beta';

/** Lower and upper end, from 0 to 1. */
export type Ends = readonly [low: number, high: number];

/** Levels of confidence that intervals are printed at. */
export type Level = '90%' | '95%' | '99%';

/** Standard normal quantiles of the levels: exact, and as they are typed. */
const QUANTILES: Readonly<Record<Level, readonly number[]>> = {
  '90%': [1.6448536269514722, 1.645, 1.64],
  '95%': [1.959963984540054, 1.96],
  '99%': [2.5758293035489004, 2.576, 2.58],
};

const TAILS: Readonly<Record<Level, number>> = { '90%': 0.05, '95%': 0.025, '99%': 0.005 };

export const METHODS = ['Wald', 'Wilson', 'Clopper-Pearson'] as const;
export type Method = (typeof METHODS)[number];

/** The intervals of a proportion that a method gives; several where programs type the quantile with some digits. */
export function intervalsOf(method: Method, share: number, n: number, level: Level): Ends[] {
  if (method === 'Clopper-Pearson') return [clopperPearson(Math.round(share * n), n, level)];
  const of = method === 'Wald' ? wald : wilson;
  return QUANTILES[level].map((z) => of(share, n, z));
}

/** p +- z sqrt(p (1 - p) / n), within 0 and 1. */
function wald(share: number, n: number, z: number): Ends {
  const half = z * Math.sqrt((share * (1 - share)) / n);
  return [Math.max(0, share - half), Math.min(1, share + half)];
}

/** Wilson 1927, without correction for continuity. */
function wilson(share: number, n: number, z: number): Ends {
  const z2 = (z * z) / n;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (z / (1 + z2)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Clopper and Pearson 1934: the exact one, by quantiles of beta distributions. */
function clopperPearson(count: number, n: number, level: Level): Ends {
  const tail = TAILS[level];
  return [
    count === 0 ? 0 : betaQuantile(tail, count, n - count + 1),
    count === n ? 1 : betaQuantile(1 - tail, count + 1, n - count),
  ];
}

/** About how many items an interval of this width is of: n = z^2 p (1 - p) / (width / 2)^2. */
export function itemsBehind(share: number, [low, high]: Ends, level: Level): number {
  const half = (high - low) / 2 / QUANTILES[level][0]!;
  return Math.round((share * (1 - share)) / (half * half));
}
