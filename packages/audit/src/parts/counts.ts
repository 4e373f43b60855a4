import type { Aggregation } from '../claim/claim';
import { Fraction } from '../numbers/fraction';
import {
  affine,
  type CountRange,
  ceilOf,
  floorOf,
  type Interval,
  intersect,
  isEmpty,
  UNIT,
} from '../numbers/interval';
import { type Budget, type Group, numbersWith, squareRange } from './squares';

/** Correct answers of one run or fold, and its items. */
export interface Part {
  readonly correct: number;
  readonly items: number;
}

/** What is printed of the accuracies of the parts. */
export interface PartFigures {
  readonly mean: Interval;
  readonly deviation: Interval;
  /** Either, unless it is stated. */
  readonly kind: 'sample' | 'population' | undefined;
}

export type PartSearch =
  | { readonly status: 'found'; readonly parts: readonly Part[] }
  | { readonly status: 'none' }
  | { readonly status: 'open' };

/** Steps of the whole search. */
const MAX_STEPS = 300_000;

/** The parts by their size: runs on the same items, or folds whose sizes differ by at most one; none of anything else. */
export function groupsOf(aggregation: Aggregation, n: number): Group[] {
  if (aggregation.kind === 'runs') return [{ size: n, count: aggregation.count }];
  if (aggregation.kind !== 'folds') return [];
  const size = Math.floor(n / aggregation.count);
  const larger = n % aggregation.count;
  const groups = [
    { size: size + 1, count: larger },
    { size, count: aggregation.count - larger },
  ];
  return size === 0 ? [] : groups.filter(({ count }) => count > 0);
}

/** The variances that a standard deviation of `count` numbers means, all divided by `count`. */
function variances({ deviation, kind }: PartFigures, count: number): Interval[] {
  const squared = {
    ...deviation,
    lo: deviation.lo.mul(deviation.lo),
    hi: deviation.hi.mul(deviation.hi),
  };
  const factor = new Fraction(count - 1, count);
  return [
    ...(kind === 'sample' ? [] : [squared]),
    ...(kind === 'population' ? [] : [affine(squared, factor)]),
  ];
}

/**
 * Looks for numbers of correct answers of all parts that have the mean and the standard deviation, as GRIMMER does for means of
 * whole numbers (Anaya 2016). With sizes s and t the sum of the accuracies is X / (s t), X = A t + B s, and the sum of their
 * squares Y / (s t)^2, Y = Q t^2 + R s^2, where A and B are the correct answers of all parts of a size and Q and R the sums of
 * their squares; the variance is (k Y - X^2) / (k s t)^2. All A, B and Q are tried, as far as the steps go.
 */
export function findParts(groups: readonly Group[], figures: PartFigures): PartSearch {
  const [first, second = { size: 1, count: 0 }] = groups;
  if (!first) return { status: 'open' };
  const budget: Budget = { steps: MAX_STEPS };
  const count = first.count + second.count;
  const unit = first.size * second.size;
  const sums = affine(figures.mean, new Fraction(count * unit));
  const center = Number(figures.mean.lo.add(figures.mean.hi).div(2).valueOf());
  const allowed = variances(figures, count).map((one) =>
    affine(one, new Fraction(BigInt(count * unit) ** 2n)),
  );
  let isOpen = false;
  for (const b of around(Math.round(center * second.size * second.count), second.size * second.count)) {
    const left = affine(sums, new Fraction(1), new Fraction(-b * first.size));
    const range = affine(left, new Fraction(1, second.size));
    const [from, to] = [ceilOf(range.lo, range.loOpen), floorOf(range.hi, range.hiOpen)];
    for (let a = Math.max(0, from); a <= Math.min(to, first.size * first.count); a++) {
      if (budget.steps-- <= 0) return { status: 'open' };
      const found = withSums({ first, second, a, b, count, allowed }, budget);
      if (found === 'open') isOpen = true;
      else if (found) return { status: 'found', parts: found };
    }
  }
  return { status: isOpen ? 'open' : 'none' };
}

/** Whole numbers from 0 to `last`, those next to `start` first. */
function* around(start: number, last: number): Generator<number> {
  for (let step = 0; step <= last; step++) {
    if (start + step >= 0 && start + step <= last) yield start + step;
    if (step > 0 && start - step >= 0 && start - step <= last) yield start - step;
  }
}

interface Sums {
  readonly first: Group;
  readonly second: Group;
  readonly a: number;
  readonly b: number;
  readonly count: number;
  /** What k Y - X^2 may be. */
  readonly allowed: readonly Interval[];
}

/** Numbers with these sums of both groups and an allowed variance. */
function withSums(sums: Sums, budget: Budget): Part[] | 'open' | undefined {
  const { first, second, a, b, count, allowed } = sums;
  const [q, r] = [squareRange(first, a), squareRange(second, b)];
  const x = BigInt(a) * BigInt(second.size) + BigInt(b) * BigInt(first.size);
  let isOpen = false;
  for (const variance of allowed) {
    const ys = affine(variance, new Fraction(1, count), new Fraction(x * x).div(count));
    const range = squaresOfFirst(sums, ys, { q, r });
    for (let squares = range.from; squares <= range.to; squares += 2) {
      if (budget.steps-- <= 0) return 'open';
      const found = withSquares(sums, { squares, ys, r }, budget);
      if (found === 'open') isOpen = true;
      else if (found) return found;
    }
  }
  return isOpen ? 'open' : undefined;
}

/** What the squares of the first group may add up to beside those of the second; they have the parity of their numbers. */
function squaresOfFirst(
  { first, second }: Sums,
  ys: Interval,
  { q, r }: { q: CountRange; r: CountRange },
): CountRange {
  const [s, t] = [first.size ** 2, second.size ** 2];
  const least = ys.lo.sub(new Fraction(r.to).mul(s)).div(t);
  const most = ys.hi.sub(new Fraction(r.from).mul(s)).div(t);
  return { from: skipTo(q.from, ceilOf(least)), to: Math.min(q.to, floorOf(most)) };
}

/** The first number from `from` on, in steps of two, that is at least `least`. */
function skipTo(from: number, least: number): number {
  return least <= from ? from : from + 2 * Math.ceil((least - from) / 2);
}

interface Squares {
  /** Of the first group. */
  readonly squares: number;
  /** What Y may be. */
  readonly ys: Interval;
  readonly r: CountRange;
}

function withSquares(
  { first, second, a, b }: Sums,
  { squares, ys, r }: Squares,
  budget: Budget,
): Part[] | 'open' | undefined {
  const own = new Fraction(squares).mul(second.size ** 2);
  const left = affine(affine(ys, new Fraction(1), own.neg()), new Fraction(1, first.size ** 2));
  const from = skipTo(r.from, ceilOf(left.lo, left.loOpen));
  const to = Math.min(r.to, floorOf(left.hi, left.hiOpen));
  if (from > to) return undefined;
  const one = numbersWith(first, { sum: a, squares }, budget);
  if (!one || one === 'open') return one;
  let isOpen = false;
  for (let rest = from; rest <= to; rest += 2) {
    const other = numbersWith(second, { sum: b, squares: rest }, budget);
    if (other === 'open') isOpen = true;
    else if (other) return [...toParts(one, first), ...toParts(other, second)];
  }
  return isOpen ? 'open' : undefined;
}

function toParts(numbers: readonly number[], { size }: Group): Part[] {
  return numbers.map((correct) => ({ correct, items: size }));
}

/**
 * Whether some accuracies from 0 to 1 have the mean and the standard deviation: the sum of their squares is largest when all but
 * one are 0 or 1.
 */
export function isWithinReach(count: number, figures: PartFigures): boolean {
  const means = intersect(figures.mean, UNIT);
  return !isEmpty(means) && variances(figures, count).some(({ lo }) => lo.lte(mostVariance(means)));
}

/** The largest variance of numbers from 0 to 1 whose mean lies in the interval: that of the mean next to a half. */
function mostVariance({ lo, hi }: Interval): Fraction {
  const half = new Fraction(1, 2);
  const mean = lo.gt(half) ? lo : hi.lt(half) ? hi : half;
  return mean.mul(new Fraction(1).sub(mean));
}
