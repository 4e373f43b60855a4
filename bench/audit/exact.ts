// Measures of a confusion matrix in whole numbers, apart from the auditor's: what soundness is judged by.

/** A ratio of whole numbers, the lower one above 0. */
export type Ratio = readonly [top: bigint, bottom: bigint];

export type Metric = 'recall' | 'precision' | 'f1' | 'ovr';

/** Conventions that programs differ in. */
export interface Conventions {
  /** What a measure without a denominator is. */
  readonly empty?: 0 | 1;
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
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const rows = matrix.map(sum);
  const columns = matrix.map((_, j) => sum(matrix.map((row) => row[j]!)));
  const n = sum(rows);
  const over = (top: number, bottom: number): Ratio =>
    bottom === 0 ? [BigInt(empty), 1n] : [BigInt(top), BigInt(bottom)];
  const classes = {
    recall: matrix.map((row, i) => over(row[i]!, rows[i]!)),
    precision: matrix.map((row, i) => over(row[i]!, columns[i]!)),
    f1: matrix.map((row, i) => over(2 * row[i]!, rows[i]! + columns[i]!)),
    ovr: matrix.map((row, i) => over(n - rows[i]! - columns[i]! + 2 * row[i]!, n)),
  };
  const weigh = (values: readonly Ratio[]) =>
    values.map((value, i) => scale(value, BigInt(rows[i]!), BigInt(n))).reduce(add);
  const each = (of: (values: readonly Ratio[]) => Ratio) => ({
    recall: of(classes.recall),
    precision: of(classes.precision),
    f1: of(classes.f1),
    ovr: of(classes.ovr),
  });
  const [macro, weighted] = [each(average), each(weigh)];
  return {
    accuracy: over(sum(matrix.map((row, i) => row[i]!)), n),
    classes,
    macro,
    weighted: weightedF1 ? { ...weighted, f1: f1Of(weighted.precision, weighted.recall) } : weighted,
    f1OfMeans: f1Of(macro.precision, macro.recall),
  };
}
