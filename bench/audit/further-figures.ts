// Figures beside the usual ones, each computed in whole numbers apart from the auditor's.

import type { Claim } from '@ferlab/audit';
import type { Rounding } from '../../packages/audit/src/numbers/interval';
import { agreementExactly, printSigned } from './agreement';
import { average, type Ratio } from './exact';
import { type Matrix, type Printing, printFigure } from './random-claims';

/** Figures that are printed one at a time, beside everything else. */
export const FURTHER = [
  'errorRate',
  'rates.specificity',
  'rates.npv',
  'rates.fpr',
  'rates.fnr',
  'rates.jaccard',
  'rates.f2',
  'rates.f05',
  'agreement.kappa',
  'agreement.mcc',
  'gMean',
] as const;

/** Numbers of one class against all others: true and false positives, false and true negatives. */
type Counts = readonly [tp: number, fp: number, fn: number, tn: number];

const RATES: Readonly<Record<string, (counts: Counts) => readonly [number, number]>> = {
  specificity: ([, fp, , tn]) => [tn, tn + fp],
  npv: ([, , fn, tn]) => [tn, tn + fn],
  fpr: ([, fp, , tn]) => [fp, tn + fp],
  fnr: ([tp, , fn]) => [fn, tp + fn],
  jaccard: ([tp, fp, fn]) => [tp, tp + fp + fn],
  f2: ([tp, fp, fn]) => [5 * tp, 5 * tp + fp + 4 * fn],
  f05: ([tp, fp, fn]) => [5 * tp, 5 * tp + 4 * fp + fn],
};

/** The values of one of the further figures: one for each class, or one of the whole. */
function valuesOf(matrix: Matrix, figure: string): Ratio[] {
  const [table = '', measure = ''] = figure.split('.');
  const over = ([top, bottom]: readonly [number, number]): Ratio =>
    bottom === 0 ? [0n, 1n] : [BigInt(top), BigInt(bottom)];
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const rows = matrix.map(sum);
  const n = sum(rows);
  if (table === 'rates') {
    return matrix.map((row, i) => {
      const predictions = sum(matrix.map((other) => other[i]!));
      const tp = row[i]!;
      const counts: Counts = [tp, predictions - tp, rows[i]! - tp, n - predictions - rows[i]! + tp];
      return over(RATES[measure]!(counts));
    });
  }
  if (table === 'agreement') return [agreementExactly(matrix)[measure as 'kappa'] ?? [0n, 1n]];
  const right = matrix.map((row, i) => row[i]!);
  if (table === 'errorRate') return [over([n - sum(right), n])];
  const product = right.reduce((all, count, i) => all * (count / (rows[i]! || 1)), 1);
  return [[BigInt(Math.round(product ** (1 / right.length) * 1e16)), 10n ** 16n]];
}

/** The part of a claim that holds one of the further figures of a matrix, or its mean over several. */
export function furtherFigure(
  matrices: readonly Matrix[],
  figure: string,
  { rounding = 'nearest', ...how }: Omit<Printing, 'rounding'> & { rounding?: Rounding },
): Partial<Claim> {
  const printing = { ...how, rounding };
  const [table = '', measure = ''] = figure.split('.');
  const all = matrices.map((matrix) => valuesOf(matrix, figure));
  const means = all[0]!.map((_, i) => average(all.map((values) => values[i]!)));
  if (table === 'rates') {
    const entries = means.map((value, i) => [`c${i}`, printFigure(value, printing)]);
    return { rates: { [measure]: Object.fromEntries(entries) } };
  }
  if (table === 'agreement') return { agreement: { [measure]: printSigned(means[0]!, printing) } };
  return { [table]: printFigure(means[0]!, printing) };
}
