import type { Interval } from '../numbers/interval';
import { agreementOf } from './agreement';
import type { MatrixProblem } from './problem';
import type { Tables } from './propagate';

/**
 * Sums over the classes: p, t, recall, precision, F1, support * precision, support * F1, and where an agreement is printed
 * support * p / N and p^2 / N.
 */
export type Sums = Float64Array;
const SUMS = 7;

/** How far a sum may range, and the unit in which a miss is counted. */
export interface Window {
  readonly lo: number;
  readonly hi: number;
  readonly unit: number;
}

/** Number of the sums that a problem needs. */
export function sumCount({ agreement }: MatrixProblem): number {
  return agreement.kappa || agreement.mcc ? SUMS + 2 : SUMS;
}

/** What a class adds to the sums. */
export function contribution(problem: MatrixProblem, support: number, t: number, p: number): Sums {
  const precision = p === 0 ? 0 : t / p;
  const f1 = support + p === 0 ? 0 : (2 * t) / (support + p);
  const recall = support === 0 ? 0 : t / support;
  const usual = [p, t, recall, precision, f1, support * precision, support * f1] as const;
  if (sumCount(problem) === SUMS) return Float64Array.of(...usual);
  return Float64Array.of(...usual, (support * p) / problem.n, (p * p) / problem.n);
}

/** Where the sums should lie; undefined where nothing is printed of them. */
export function sumWindows(problem: MatrixProblem, tables: Tables): (Window | undefined)[] {
  const { n, means } = problem;
  const count = problem.supports.length;
  const window = (interval: Interval | undefined, scale: number): Window | undefined => {
    if (!interval) return undefined;
    const [lo, hi] = [Number(interval.lo.valueOf()) * scale, Number(interval.hi.valueOf()) * scale];
    // Aim slightly inside, so that a proposal survives the exact check.
    const margin = Math.min((hi - lo) / 50, 1e-9 * scale);
    return { lo: lo + margin, hi: hi - margin, unit: Math.max(hi - lo, scale / n / 4) };
  };
  return [
    { lo: n, hi: n, unit: 1 },
    { lo: tables.correct.from, hi: tables.correct.to, unit: 1 },
    window(means.macroRecall, count),
    window(means.macroPrecision, count),
    window(means.macroF1, count),
    window(means.weightedPrecision, n),
    window(means.weightedF1, n),
  ];
}

function miss(value: number, { lo, hi, unit }: Window): number {
  return value < lo ? (lo - value) / unit : value > hi ? (value - hi) / unit : 0;
}

/** By how much the sums miss their windows, in a measure that lets small misses count beside large ones. */
export function missOf(sums: Sums, windows: readonly (Window | undefined)[], problem: MatrixProblem): number {
  let cost = 0;
  for (let s = 0; s < SUMS; s++) {
    const window = windows[s];
    if (window) cost += Math.log1p(miss(sums[s]!, window));
  }
  return cost + f1OfMeansMiss(sums, problem) + agreementMiss(sums, problem);
}

function f1OfMeansMiss(sums: Sums, problem: MatrixProblem): number {
  const target = problem.means.f1OfMeans;
  if (!target) return 0;
  const [recall, precision] = [sums[2]!, sums[3]!];
  const f1 =
    recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision) / problem.supports.length;
  return Math.log1p(miss(f1, narrowWindow(target, 0.25 / problem.n)));
}

/** Slightly inside the interval. */
function narrowWindow({ lo, hi }: Interval, leastUnit: number): Window {
  const [from, to] = [Number(lo.valueOf()) + 1e-12, Number(hi.valueOf()) - 1e-12];
  return { lo: from, hi: to, unit: Math.max(to - from, leastUnit) };
}

function agreementMiss(sums: Sums, { agreement, n, supports }: MatrixProblem): number {
  if (sums.length === SUMS) return 0;
  const supportSquares = supports.reduce((total, count) => total + (count * count) / n, 0);
  const [correct, chance, squares] = [sums[1]!, sums[SUMS]!, sums[SUMS + 1]!];
  const found = agreementOf({ total: n, correct, chance, squares, supportSquares });
  const missed = ({ value, target }: { value: number; target: Interval | undefined }) =>
    target && !Number.isNaN(value) ? Math.log1p(miss(value, narrowWindow(target, 0.25 / n))) : 0;
  return (
    missed({ value: found.kappa, target: agreement.kappa }) +
    missed({ value: found.mcc, target: agreement.mcc })
  );
}
