// Measures of a confusion matrix in whole numbers, apart from the auditor's: what soundness is judged by.

/** A ratio of whole numbers, the lower one above 0. */
export type Ratio = readonly [top: bigint, bottom: bigint];

export type Metric = 'recall' | 'precision' | 'f1' | 'ovr';

/** Conventions that programs differ in. */
/** What a measure without a denominator is; `left out` of the means, it is printed as 0. */
export type Empty = 0 | 1 | 'left out';

export interface Conventions {
  readonly empty?: Empty;
  readonly weightedF1?: 'F1 of means';
}

export interface ExactMeasures {
  readonly accuracy: Ratio;
  readonly classes: Readonly<Record<Metric, readonly Ratio[]>>;
  readonly macro: Readonly<Record<Metric, Ratio>>;
  readonly weighted: Readonly<Record<Metric, Ratio>>;
  readonly f1OfMeans: Ratio;
}

export function add([a, b]: Ratio, [c, d]: Ratio): Ratio {
  return [a * d + c * b, b * d];
}

export function scale([a, b]: Ratio, by: bigint, over: bigint): Ratio {
  return [a * by, b * over];
}

/** The mean of several ratios, all of equal weight. */
export function average(values: readonly Ratio[]): Ratio {
  return scale(values.reduce(add), 1n, BigInt(values.length));
}

function f1Of([a, b]: Ratio, [c, d]: Ratio): Ratio {
  const bottom = a * d + c * b;
  return bottom === 0n ? [0n, 1n] : [2n * a * c, bottom];
}

/** All measures of one matrix, rows being true classes. */
export function measureExactly(
  matrix: readonly (readonly number[])[],
  { empty = 0, weightedF1 }: Conventions = {},
): ExactMeasures {
  const rows = matrix.map(sum);
  const columns = matrix.map((_, j) => sum(matrix.map((row) => row[j]!)));
  const n = sum(rows);
  const over = (top: number, bottom: number) =>
    bottom === 0 ? undefined : ([BigInt(top), BigInt(bottom)] as Ratio);
  const shares = {
    recall: matrix.map((row, i) => over(row[i]!, rows[i]!)),
    precision: matrix.map((row, i) => over(row[i]!, columns[i]!)),
    f1: matrix.map((row, i) => over(2 * row[i]!, rows[i]! + columns[i]!)),
    ovr: matrix.map((row, i) => over(n - rows[i]! - columns[i]! + 2 * row[i]!, n)),
  };
  const each = <T>(of: (values: readonly (Ratio | undefined)[]) => T) => ({
    recall: of(shares.recall),
    precision: of(shares.precision),
    f1: of(shares.f1),
    ovr: of(shares.ovr),
  });
  const ones = rows.map(() => 1);
  const macro = each((values) => weighedMean(values, ones, empty));
  const weighted = each((values) => weighedMean(values, rows, empty));
  return {
    accuracy: over(sum(matrix.map((row, i) => row[i]!)), n)!,
    classes: each((values) => values.map((value) => value ?? filling(empty))),
    macro,
    weighted: weightedF1 ? { ...weighted, f1: f1Of(weighted.precision, weighted.recall) } : weighted,
    f1OfMeans: f1Of(macro.precision, macro.recall),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** What is printed of a class for a measure without a denominator. */
function filling(empty: Empty): Ratio {
  return [empty === 1 ? 1n : 0n, 1n];
}

function weighedMean(
  values: readonly (Ratio | undefined)[],
  weights: readonly number[],
  empty: Empty,
): Ratio {
  const used = values.map((value, i) => (value || empty !== 'left out' ? weights[i]! : 0));
  const total = BigInt(sum(used));
  if (total === 0n) return filling(empty);
  return values.map((value, i) => scale(value ?? filling(empty), BigInt(used[i]!), total)).reduce(add);
}
