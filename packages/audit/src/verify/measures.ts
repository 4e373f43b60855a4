import type { AgreementMeasure } from '../claim/claim';
import type { Reading } from '../claim/reading';
import { harmonic, mean, NOTHING, over, overRoot, type Ratio, times, total } from './ratio';

type Values = readonly (Ratio | undefined)[];

/** Every measure of a matrix by its definition; undefined where a denominator is 0. */
export interface Measured {
  readonly accuracy: Ratio | undefined;
  readonly perClass: Readonly<Record<string, Values>>;
  /** Every value that programs give: two of them for a kappa without denominator. */
  readonly agreement: Readonly<Record<AgreementMeasure, readonly Ratio[]>>;
  /** A mean over the classes; undefined where there is none of that kind. */
  mean(kind: string, metric: string): Ratio | undefined;
}

/** Measures from the cells, rows being true classes. */
export function measure(matrix: readonly (readonly number[])[], reading: Reading): Measured {
  const rows = matrix.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = matrix.map((_, j) => matrix.reduce((sum, row) => sum + row[j]!, 0));
  const right = matrix.map((row, i) => row[i]!);
  const n = rows.reduce((a, b) => a + b, 0);
  const accuracy = over(
    right.reduce((a, b) => a + b, 0),
    n,
  );
  const perClass = {
    recall: right.map((t, i) => over(t, rows[i]!)),
    precision: right.map((t, i) => over(t, columns[i]!)),
    f1: right.map((t, i) => over(2 * t, rows[i]! + columns[i]!)),
    ...rates(right, { rows, columns, n }),
    'one-vs-rest': right.map((t, i) => over(n - rows[i]! - columns[i]! + 2 * t, n)),
  };
  const weights = rows.map((count) => over(count, n));
  return {
    accuracy,
    perClass,
    agreement: agreement(matrix),
    mean: (kind, metric) => meanOf({ accuracy, perClass, weights, reading }, kind, metric),
  };
}

/**
 * Kappa as (observed - expected) / (1 - expected) (Cohen 1960); Matthews' correlation as the covariance of the true and the
 * predicted classes, each item a vector with a 1 at its class, over the root of their variances (Gorodkin 2004).
 */
function agreement(matrix: readonly (readonly number[])[]): Measured['agreement'] {
  const cells = matrix.map((row) => row.map(BigInt));
  const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
  const rows = cells.map(sum);
  const columns = cells.map((_, j) => sum(cells.map((row) => row[j]!)));
  const n = sum(rows);
  const covariance = (a: readonly bigint[], b: readonly bigint[], joint: readonly bigint[]) =>
    sum(joint.map((count, i) => n * count - a[i]! * b[i]!));
  const both = covariance(
    rows,
    columns,
    cells.map((row, i) => row[i]!),
  );
  const [ofTrue, ofPredicted] = [covariance(rows, rows, rows), covariance(columns, columns, columns)];
  const expected = sum(rows.map((count, i) => count * columns[i]!));
  const nothing: readonly Ratio[] = [[0n, 1n]];
  return {
    kappa:
      expected === n * n
        ? [
            [0n, 1n],
            [1n, 1n],
          ]
        : [[both, n * n - expected]],
    mcc: ofTrue * ofPredicted === 0n ? nothing : [overRoot(both, ofTrue * ofPredicted)],
  };
}

/** Measures of each class against all others, from its true positives and the sums of its row and column. */
function rates(
  right: readonly number[],
  { rows, columns, n }: { rows: readonly number[]; columns: readonly number[]; n: number },
): Readonly<Record<string, Values>> {
  const each = (of: (t: number, row: number, column: number) => Ratio | undefined) =>
    right.map((t, i) => of(t, rows[i]!, columns[i]!));
  return {
    specificity: each((t, row, column) => over(n - row - column + t, n - row)),
    npv: each((t, row, column) => over(n - row - column + t, n - column)),
    fpr: each((t, row, column) => over(column - t, n - row)),
    fnr: each((t, row) => over(row - t, row)),
    jaccard: each((t, row, column) => over(t, row + column - t)),
    f2: each((t, row, column) => over(5 * t, 5 * t + 4 * (row - t) + (column - t))),
    f05: each((t, row, column) => over(5 * t, 5 * t + (row - t) + 4 * (column - t))),
  };
}

interface Parts {
  readonly accuracy: Ratio | undefined;
  readonly perClass: Readonly<Record<string, Values>>;
  readonly weights: Values;
  readonly reading: Reading;
}

function meanOf(parts: Parts, kind: string, metric: string): Ratio | undefined {
  const { accuracy, perClass, weights, reading } = parts;
  if (kind === 'micro') return accuracy;
  const ofMeans = kind === 'macro' ? reading.macroF1 === 'F1 of means' : reading.weightedF1 === 'F1 of means';
  if (metric === 'f1' && ofMeans) {
    const [p, r] = [meanOf(parts, kind, 'precision'), meanOf(parts, kind, 'recall')];
    return p && r && harmonic(p, r);
  }
  const empty: Ratio = reading.undefinedAs === 'one' ? [1n, 1n] : [0n, 1n];
  const entries = perClass[metric]!.flatMap((value, i) => {
    const isLeftOut = value === undefined && reading.undefinedAs === 'left out';
    return isLeftOut ? [] : [{ value: value ?? empty, weight: weights[i] }];
  });
  return kind === 'weighted' ? weightedMean(entries) : mean(entries.map(({ value }) => value));
}

/** Weights are taken anew where classes are left out. */
function weightedMean(
  entries: readonly { readonly value: Ratio; readonly weight: Ratio | undefined }[],
): Ratio | undefined {
  const weights = entries.map(({ weight }) => weight ?? NOTHING);
  const whole = total(weights);
  const sum = total(entries.map(({ value }, i) => times(value, weights[i]!)));
  return whole[0] === 0n ? undefined : times(sum, [whole[1], whole[0]]);
}
