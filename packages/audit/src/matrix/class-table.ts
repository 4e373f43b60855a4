import type { CountRange, Interval } from '../numbers/interval';
import { contains, countsFor, ZERO } from '../numbers/interval';
import { type ClassConstraints, ceilDivide, floorDivide, type PlainInterval, plainInterval } from './problem';

/**
 * The pairs (true positives t, predictions p) that one class's figures allow: for each t a range of p. For fixed t
 * each figure bounds p by an interval, so nothing is lost.
 */
export interface ClassTable {
  readonly truePositives: readonly number[];
  readonly fewest: readonly number[];
  readonly most: readonly number[];
}

export interface ClassTableOptions {
  /** Items of the class. */
  readonly support: number;
  /** Items of all classes. */
  readonly n: number;
  /** Least number of correct answers in all classes. */
  readonly correct: number;
  readonly truePositives?: CountRange;
  readonly predictions?: CountRange;
}

/** Lists what the figures of a class allow; an empty table means that they contradict each other. */
export function buildClassTable(constraints: ClassConstraints, options: ClassTableOptions): ClassTable {
  const { support } = options;
  const range = truePositiveRange(constraints, options);
  const rows = { truePositives: [] as number[], fewest: [] as number[], most: [] as number[] };
  const bounds = plainConstraints(constraints);
  for (let t = range.from; t <= range.to; t++) {
    let { from, to } = predictionRange(t, options);
    for (const narrow of bounds) {
      const limit = narrow(t, support, options.n);
      if (limit.from > from) from = limit.from;
      if (limit.to < to) to = limit.to;
    }
    if (from > to) continue;
    rows.truePositives.push(t);
    rows.fewest.push(from);
    rows.most.push(to);
  }
  return rows;
}

function truePositiveRange({ recall }: ClassConstraints, options: ClassTableOptions): CountRange {
  const { support, truePositives = { from: 0, to: support } } = options;
  if (!recall) return truePositives;
  // A class without items has no recall; programs print 0 for it.
  if (support === 0) return contains(recall, ZERO) ? truePositives : { from: 1, to: 0 };
  const counts = countsFor(recall, support);
  return { from: Math.max(counts.from, truePositives.from), to: Math.min(counts.to, truePositives.to) };
}

/** What any matrix allows: t <= p <= N - n + t, and the room that the correct answers of all classes leave. */
function predictionRange(t: number, { support, n, correct, predictions }: ClassTableOptions): CountRange {
  const room = Math.min(n - support + t, n - support + 2 * t - correct);
  return { from: Math.max(t, predictions?.from ?? 0), to: Math.min(room, predictions?.to ?? n) };
}

type Narrow = (t: number, support: number, n: number) => CountRange;

const NONE: CountRange = { from: 1, to: 0 };
const ALL: CountRange = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** For each printed figure, the range of p that it allows at given t. */
function plainConstraints(constraints: ClassConstraints): Narrow[] {
  const { precision, f1, ovr, specificity, npv, f2, f05 } = constraints;
  const narrows: Narrow[] = [];
  if (precision) narrows.push(ratioBound(precision, (t) => ({ numerator: t, offset: 0 })));
  if (f1) narrows.push(ratioBound(f1, (t, support) => ({ numerator: 2 * t, offset: support })));
  if (ovr) narrows.push(oneVersusRestBound(plainInterval(ovr)));
  if (specificity) narrows.push(specificityBound(specificity));
  if (npv) narrows.push(negativeBound(npv));
  if (f2) narrows.push(ratioBound(f2, (t, support) => ({ numerator: 5 * t, offset: 4 * support })));
  if (f05) narrows.push(ofFour(ratioBound(f05, (t, support) => ({ numerator: 5 * t, offset: support }))));
  return narrows;
}

/**
 * Range of p for which numerator / (offset + p) lies in the interval: offset + p lies between numerator / hi and
 * numerator / lo. A numerator of 0 gives 0, also where nothing was predicted (programs print 0 then).
 */
function ratioBound(
  interval: Interval,
  parts: (t: number, support: number) => { numerator: number; offset: number },
): Narrow {
  const { loNum, loDen, hiNum, hiDen, loOpen, hiOpen } = plainInterval(interval);
  const zeroAllowed = contains(interval, ZERO);
  return (t, support) => {
    if (t === 0) return zeroAllowed ? ALL : NONE;
    if (hiNum <= 0) return NONE;
    const { numerator, offset } = parts(t, support);
    const least = hiOpen ? floorDivide(numerator * hiDen, hiNum) + 1 : ceilDivide(numerator * hiDen, hiNum);
    if (loNum <= 0) return { from: least - offset, to: ALL.to };
    const most = loOpen ? ceilDivide(numerator * loDen, loNum) - 1 : floorDivide(numerator * loDen, loNum);
    return { from: least - offset, to: most - offset };
  };
}

/** A range of 4 p as one of p. */
function ofFour(narrow: Narrow): Narrow {
  return (t, support, n) => {
    const { from, to } = narrow(t, support, n);
    return { from: ceilDivide(from, 4), to: floorDivide(to, 4) };
  };
}

/** One-vs-rest accuracy counts N - n - p + 2t items as correct. */
function oneVersusRestBound({ loNum, loDen, hiNum, hiDen, loOpen, hiOpen }: PlainInterval): Narrow {
  return (t, support, n) => {
    const least = loOpen ? floorDivide(loNum * n, loDen) + 1 : ceilDivide(loNum * n, loDen);
    const most = hiOpen ? ceilDivide(hiNum * n, hiDen) - 1 : floorDivide(hiNum * n, hiDen);
    const base = n - support + 2 * t;
    return { from: base - most, to: base - least };
  };
}

/** Specificity (N - n - p + t) / (N - n): p lies between N - n + t less the largest and the smallest true negatives. */
function specificityBound(interval: Interval): Narrow {
  return (t, support, n) => {
    const others = n - support;
    if (others === 0) return ALL;
    const { from, to } = countsFor(interval, others);
    return { from: others + t - to, to: others + t - from };
  };
}

/**
 * Negative predictive value (A - p) / (N - p) with A = N - n + t: it falls with p, so (1 - lo) p <= A - lo N and (1 - hi) p >=
 * A - hi N. Where everything was predicted as the class, programs print 0.
 */
function negativeBound(interval: Interval): Narrow {
  const { loNum, loDen, hiNum, hiDen } = plainInterval(interval);
  return (t, support, n) => {
    const most = n - support + t;
    const to = loNum >= loDen ? n : floorDivide(most * loDen - loNum * n, loDen - loNum);
    const from = hiNum >= hiDen ? 0 : ceilDivide(most * hiDen - hiNum * n, hiDen - hiNum);
    return { from, to: contains(interval, ZERO) ? n : to };
  };
}

export function isEmptyTable(table: ClassTable): boolean {
  return table.truePositives.length === 0;
}

/** Smallest and largest t of a table. */
export function truePositiveSpan({ truePositives }: ClassTable): CountRange {
  return { from: truePositives[0]!, to: truePositives.at(-1)! };
}

/** Smallest and largest p of a table. */
export function predictionSpan({ fewest, most }: ClassTable): CountRange {
  const from = fewest.reduce((least, value) => Math.min(least, value), Number.MAX_SAFE_INTEGER);
  return { from, to: most.reduce((largest, value) => Math.max(largest, value), 0) };
}

/** Number of pairs in a table. */
export function pairCount({ fewest, most }: ClassTable): number {
  return fewest.reduce((total, from, row) => total + most[row]! - from + 1, 0);
}

/** The part of a table with t and p in the ranges. */
export function restrictTable(table: ClassTable, t: CountRange, p: CountRange): ClassTable {
  const rows = { truePositives: [] as number[], fewest: [] as number[], most: [] as number[] };
  table.truePositives.forEach((value, row) => {
    const from = Math.max(table.fewest[row]!, p.from);
    const to = Math.min(table.most[row]!, p.to);
    if (value < t.from || value > t.to || from > to) return;
    rows.truePositives.push(value);
    rows.fewest.push(from);
    rows.most.push(to);
  });
  return rows;
}
