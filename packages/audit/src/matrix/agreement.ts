import type { AgreementMeasure } from '../claim/claim';
import { sum } from '../evidence/evidence';
import type { Fraction } from '../numbers/fraction';
import { contains, type Interval, ONE, ZERO } from '../numbers/interval';
import type { Totals } from './totals';

/** What is printed of the agreement of true and predicted classes. */
export interface AgreementConstraints {
  readonly kappa?: Interval;
  readonly mcc?: Interval;
}

/**
 * With N items, T correct answers, supports n_i and predictions p_i, kappa is (N T - sum n_i p_i) / (N^2 - sum n_i p_i)
 * (Cohen 1960), and Matthews' correlation of any number of classes (N T - sum n_i p_i) / sqrt((N^2 - sum n_i^2) (N^2 - sum
 * p_i^2)) (Gorodkin 2004).
 */
interface AgreementCounts {
  readonly excess: bigint;
  readonly kappaRoom: bigint;
  /** Product of the two factors below the root. */
  readonly mccSquare: bigint;
}

function countsOf(supports: readonly number[], { truePositives, predictions }: Totals): AgreementCounts {
  const n = BigInt(sum(supports));
  const products = (a: readonly number[], b: readonly number[]) =>
    a.reduce((total, value, i) => total + BigInt(value) * BigInt(b[i]!), 0n);
  const chance = products(supports, predictions);
  return {
    excess: n * BigInt(sum(truePositives)) - chance,
    kappaRoom: n * n - chance,
    mccSquare: (n * n - products(supports, supports)) * (n * n - products(predictions, predictions)),
  };
}

/** Whether a matrix with these totals has the printed agreement, decided in whole numbers. */
export function isAgreement(
  { kappa, mcc }: AgreementConstraints,
  supports: readonly number[],
  totals: Totals,
): boolean {
  if (!kappa && !mcc) return true;
  const counts = countsOf(supports, totals);
  return (!kappa || isKappa(kappa, counts)) && (!mcc || isCorrelation(mcc, counts));
}

/** Where all items are of one class and called so, kappa has no denominator; programs print 0 or 1 then. */
function isKappa(interval: Interval, { excess, kappaRoom }: AgreementCounts): boolean {
  if (kappaRoom === 0n) return contains(interval, ZERO) || contains(interval, ONE);
  return isWithin(interval, ({ s, n, d }) => order(excess * d, s * n * kappaRoom));
}

/** Where all items, or all answers, are of one class, the correlation has no denominator; programs print 0 then. */
function isCorrelation(interval: Interval, { excess, mccSquare }: AgreementCounts): boolean {
  if (mccSquare === 0n) return contains(interval, ZERO);
  const signedSquare = (value: bigint) => (value < 0n ? -value * value : value * value);
  return isWithin(interval, ({ s, n, d }) => order(signedSquare(excess * d), s * n * n * mccSquare));
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param compare how the value stands to a bound: below 0, 0 or above 0 */
function isWithin({ lo, hi, loOpen, hiOpen }: Interval, compare: (bound: Fraction) => number): boolean {
  const [low, high] = [compare(lo), compare(hi)];
  return (low > 0 || (low === 0 && !loOpen)) && (high < 0 || (high === 0 && !hiOpen));
}

/**
 * Kappa and the correlation in floating point, from N^2, N T, sum n_i p_i, sum p_i^2 and sum n_i^2, all in one unit; a kappa
 * without denominator is not a number.
 */
export function agreementOf(sums: {
  readonly total: number;
  readonly correct: number;
  readonly chance: number;
  readonly squares: number;
  readonly supportSquares: number;
}): Record<AgreementMeasure, number> {
  const { total, correct, chance, squares, supportSquares } = sums;
  const excess = correct - chance;
  const room = Math.sqrt(Math.max(0, total - squares) * Math.max(0, total - supportSquares));
  return {
    kappa: total > chance ? excess / (total - chance) : Number.NaN,
    mcc: room > 0 ? excess / room : 0,
  };
}
