// Cohen's kappa and Matthews' correlation in whole numbers, apart from the auditor's.

import type { Ratio } from './exact';
import { type Printing, printFigure } from './random-claims';

/** Digits behind the point of a root. */
const DIGITS = 10n ** 40n;

/** Kappa and the correlation of a matrix; undefined where they have no denominator. */
export function agreementExactly(matrix: readonly (readonly number[])[]): {
  kappa: Ratio | undefined;
  mcc: Ratio | undefined;
} {
  const classes = matrix.map((_, i) => i);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const rows = matrix.map(sum);
  const columns = classes.map((j) => sum(matrix.map((row) => row[j]!)));
  const n = sum(rows);
  const observed = n * sum(classes.map((i) => matrix[i]![i]!));
  const expected = sum(classes.map((i) => rows[i]! * columns[i]!));
  const spread = (counts: readonly number[]) => BigInt(n * n - sum(counts.map((count) => count * count)));
  const square = spread(rows) * spread(columns) * DIGITS * DIGITS;
  return {
    kappa: n * n === expected ? undefined : [BigInt(observed - expected), BigInt(n * n - expected)],
    mcc: square === 0n ? undefined : [BigInt(observed - expected) * DIGITS, rootOf(square)],
  };
}

/** The whole root, by bisection. */
export function rootOf(value: bigint): bigint {
  let [low, high] = [0n, value + 1n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle * middle <= value) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Prints a ratio that may be below 0, which programs shorten towards 0 or downwards; agreement is a fraction where other
 * figures are hundredths.
 */
export function printSigned([top, bottom]: Ratio, { percent: _, ...printing }: Printing): string {
  if (top >= 0n) return printFigure([top, bottom], printing);
  const towards0 = printing.random.uniform() < 0.5;
  const shortened = printing.rounding === 'nearest' ? 'nearest' : towards0 ? 'truncated' : 'up';
  return `-${printFigure([-top, bottom], { ...printing, rounding: shortened })}`;
}

/** The printed agreement of a matrix. */
export function printedAgreement(
  matrix: readonly (readonly number[])[],
  printing: Printing,
): { kappa?: string; mcc?: string } {
  const { kappa, mcc } = agreementExactly(matrix);
  const shown = (value: Ratio | undefined) => value && printSigned(value, printing);
  return { ...(kappa && { kappa: shown(kappa)! }), ...(mcc && { mcc: shown(mcc)! }) };
}
