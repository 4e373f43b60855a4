import { Fraction } from '../numbers/fraction';
import type { Interval } from '../numbers/interval';
import { agreementSums } from './agreement-sums';
import { pairCount } from './class-table';
import { ceilDivide, floorDivide, type MatrixProblem } from './problem';
import type { Tables } from './propagate';
import type { SumSpecification } from './sum-specification';

/** The pairs (t, p) that a class may have, and for each sum over the classes what a pair adds to it. */
export interface ClassPairs {
  readonly truePositives: Int32Array;
  readonly predictions: Int32Array;
  /** For each sum, whole numbers that are at most (least) and at least (most) what each pair adds to it. */
  readonly least: readonly Float64Array[];
  readonly most: readonly Float64Array[];
}

/** A sum over the classes that must lie in a range. */
export interface SumTarget {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** What the sum was multiplied by to make it whole. */
  readonly scale: number;
}

/**
 * Every figure as a sum over the classes of what their pairs add, in whole numbers: ratios are multiplied by a fixed
 * scale and rounded down and up, so that bounds on the sums hold exactly, without floating-point verdicts.
 */
export interface PairModel {
  /** Every pair is listed; otherwise the pairs are a sample that can propose but prove nothing. */
  readonly complete: boolean;
  readonly supports: readonly number[];
  readonly n: number;
  readonly classes: readonly ClassPairs[];
  readonly targets: readonly SumTarget[];
  /** Bounds of the F1 of the means, whose parts are two of the sums. */
  readonly f1OfMeans: Interval | undefined;
}

/** Most pairs that are listed one by one. */
export const MAX_PAIRS = 60_000;

/** Sums, in the order of `PairModel.targets` behind p and t; the f1OfMeans needs recall and precision sums. */
function specifications({ means, supports, n }: MatrixProblem): SumSpecification[] {
  const count = supports.length;
  const largest = Math.max(...supports, 1);
  const macro = 2 ** 31;
  const weighted = Math.max(1, Math.floor(2 ** 51 / (2 * largest * largest)));
  const needed = means.f1OfMeans !== undefined;
  const all: RatioSum[] = [
    {
      name: 'recalls',
      part: (m, t) => [t, m],
      interval: means.macroRecall,
      factor: count,
      scale: macro,
      needed,
    },
    {
      name: 'precisions',
      part: (_, t, p) => [t, p],
      interval: means.macroPrecision,
      factor: count,
      scale: macro,
      needed,
    },
    { name: 'F1s', part: (m, t, p) => [2 * t, m + p], interval: means.macroF1, factor: count, scale: macro },
    {
      name: 'precisions times supports',
      part: (m, t, p) => [m * t, p],
      interval: means.weightedPrecision,
      factor: n,
      scale: weighted,
    },
    {
      name: 'F1s times supports',
      part: (m, t, p) => [2 * m * t, m + p],
      interval: means.weightedF1,
      factor: n,
      scale: weighted,
    },
  ];
  return all.filter((sum) => sum.interval || sum.needed).map(ratioSum);
}

/** A sum of fractions of whole numbers. */
interface RatioSum extends Omit<SumSpecification, 'part'> {
  readonly part: (support: number, t: number, p: number) => readonly [numerator: number, denominator: number];
  /** It must be known though nothing is printed of it. */
  readonly needed?: boolean;
}

function ratioSum({ part, ...about }: RatioSum): SumSpecification {
  return {
    ...about,
    part: (support, t, p) => {
      const [numerator, denominator] = part(support, t, p);
      if (denominator === 0) return [0, 0];
      const scaled = numerator * about.scale;
      return [floorDivide(scaled, denominator), ceilDivide(scaled, denominator)];
    },
  };
}

/** True when the pairs are few enough to be listed one by one. */
export function isListable(problem: MatrixProblem, tables: Tables): boolean {
  const total = tables.classes.reduce((sum, table) => sum + pairCount(table), 0);
  return total <= MAX_PAIRS && Math.max(...problem.supports) <= 2 ** 20;
}

/** Most values of t, and most values of p for each, when a table is sampled. */
const SAMPLE = 12;

/** Lists the pairs: all of them, or evenly spread ones (ends included) when they are too many. */
export function buildPairModel(problem: MatrixProblem, tables: Tables): PairModel {
  const all = isListable(problem, tables);
  const sums = [...specifications(problem), ...agreementSums(problem, tables)];
  return {
    complete: all,
    supports: problem.supports,
    n: problem.n,
    classes: tables.classes.map((table, i) =>
      listPairs(table, { support: problem.supports[i]!, sums, limit: all ? Infinity : SAMPLE }),
    ),
    targets: [
      { name: 'predictions', from: problem.n, to: problem.n, scale: 1 },
      { name: 'true positives', from: tables.correct.from, to: tables.correct.to, scale: 1 },
      ...sums.map(scaledTarget),
    ],
    f1OfMeans: problem.means.f1OfMeans,
  };
}

function scaledTarget({ name, interval, factor, scale }: SumSpecification): SumTarget {
  if (!interval) return { name, from: 0, to: Number.MAX_SAFE_INTEGER, scale };
  const by = new Fraction(factor).mul(scale);
  return {
    name,
    scale,
    from: Number(interval.lo.mul(by).ceil().valueOf()),
    to: Number(interval.hi.mul(by).floor().valueOf()),
  };
}

/** Evenly spread whole numbers from `from` to `to`, both included, at most `limit` of them. */
function spread(from: number, to: number, limit: number): number[] {
  const count = Math.min(to - from + 1, limit);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? from : from + Math.round((i * (to - from)) / (count - 1)),
  );
}

interface ListOptions {
  readonly support: number;
  readonly sums: readonly SumSpecification[];
  readonly limit: number;
}

function listPairs(table: Tables['classes'][number], { support, sums, limit }: ListOptions): ClassPairs {
  const rows = spread(0, table.truePositives.length - 1, limit);
  const columns = rows.map((row) => spread(table.fewest[row]!, table.most[row]!, limit));
  const count = columns.reduce((total, { length }) => total + length, 0);
  const [t, p] = [new Int32Array(count), new Int32Array(count)];
  let filled = 0;
  for (const [k, row] of rows.entries()) {
    t.fill(table.truePositives[row]!, filled, filled + columns[k]!.length);
    p.set(columns[k]!, filled);
    filled += columns[k]!.length;
  }
  const ends = sums.map(({ part }) => {
    const [least, most] = [new Float64Array(count), new Float64Array(count)];
    for (let pair = 0; pair < count; pair++) {
      const [low, high] = part(support, t[pair]!, p[pair]!);
      least[pair] = low;
      most[pair] = high;
    }
    return { least, most };
  });
  const whole = [Float64Array.from(p), Float64Array.from(t)];
  return {
    truePositives: t,
    predictions: p,
    least: [...whole, ...ends.map(({ least }) => least)],
    most: [...whole, ...ends.map(({ most }) => most)],
  };
}
