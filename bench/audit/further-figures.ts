// Figures beside the usual ones, each computed in whole numbers apart from the auditor's.

import type { Claim } from '@ferlab/audit';
import type { Rounding } from '../../packages/audit/src/numbers/interval';
import type { RandomStream } from '../../src/random';
import { agreementExactly, printSigned } from './agreement';
import type { Ratio } from './exact';
import { type Matrix, print } from './random-claims';

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

/** The part of a claim that holds one of the further figures; a G-mean is always rounded to nearest. */
export function furtherFigure(
  matrix: Matrix,
  figure: string,
  { decimals, rounding = 'nearest', random }: { decimals: number; rounding?: Rounding; random: RandomStream },
): Partial<Claim> {
  const [table = '', measure = ''] = figure.split('.');
  const show = ([top, bottom]: readonly [number, number]) =>
    print(bottom === 0 ? [0n, 1n] : [BigInt(top), BigInt(bottom)], decimals, rounding, random);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const rows = matrix.map(sum);
  const n = sum(rows);
  if (table === 'rates') {
    const entries = matrix.map((row, i) => {
      const predictions = sum(matrix.map((other) => other[i]!));
      const tp = row[i]!;
      const counts: Counts = [tp, predictions - tp, rows[i]! - tp, n - predictions - rows[i]! + tp];
      return [`c${i}`, show(RATES[measure]!(counts))];
    });
    return { rates: { [measure]: Object.fromEntries(entries) } };
  }
  if (table === 'agreement') {
    const value: Ratio = agreementExactly(matrix)[measure as 'kappa'] ?? [0n, 1n];
    return { agreement: { [measure]: printSigned(value, decimals, rounding, random) } };
  }
  const right = matrix.map((row, i) => row[i]!);
  if (table === 'errorRate') return { errorRate: show([n - sum(right), n]) };
  const product = right.reduce((all, count, i) => all * (count / rows[i]!), 1);
  return { gMean: (product ** (1 / right.length)).toFixed(decimals) };
}
