import { sum } from '../evidence/evidence';
import { Fraction } from '../numbers/fraction';
import { contains, harmonicMean, type Interval, ZERO } from '../numbers/interval';
import { isAgreement } from './agreement';
import type { ClassConstraints, MatrixProblem } from './problem';
import type { Totals } from './totals';

/**
 * Lays out a matrix with the given diagonal, row sums and column sums.
 *
 * The wrong answers are first poured in from the top left corner (which may put some on the diagonal); a count on
 * the diagonal at i is then exchanged with one at (r, s), r and s other than i: both move to (i, s) and (r, i).
 * Such a count exists as long as (n_i - t_i) + (p_i - t_i) <= N - sum t.
 * @returns undefined when no such matrix exists
 */
export function layOut(
  supports: readonly number[],
  { truePositives, predictions }: Totals,
): number[][] | undefined {
  const size = supports.length;
  const rows = supports.map((count, i) => count - truePositives[i]!);
  const columns = predictions.map((count, i) => count - truePositives[i]!);
  if ([...rows, ...columns].some((count) => count < 0) || sum(rows) !== sum(columns)) return undefined;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  pour(matrix, rows, columns);
  for (let i = 0; i < size; i++) if (!clearDiagonal(matrix, i)) return undefined;
  truePositives.forEach((count, i) => {
    matrix[i]![i] = count;
  });
  return matrix;
}

function pour(matrix: number[][], rows: readonly number[], columns: readonly number[]): void {
  const [rowLeft, columnLeft] = [[...rows], [...columns]];
  for (let i = 0, j = 0; i < rows.length && j < columns.length; ) {
    const moved = Math.min(rowLeft[i]!, columnLeft[j]!);
    matrix[i]![j]! += moved;
    rowLeft[i]! -= moved;
    columnLeft[j]! -= moved;
    if (rowLeft[i] === 0) i++;
    else j++;
  }
}

function clearDiagonal(matrix: number[][], i: number): boolean {
  for (let r = 0; r < matrix.length && matrix[i]![i]! > 0; r++) {
    for (let s = 0; s < matrix.length && r !== i; s++) {
      if (s === i) continue;
      const moved = Math.min(matrix[i]![i]!, matrix[r]![s]!);
      matrix[i]![i]! -= moved;
      matrix[r]![s]! -= moved;
      matrix[i]![s]! += moved;
      matrix[r]![i]! += moved;
    }
  }
  return matrix[i]![i] === 0;
}

/** Exact ratio, 0 where the denominator is 0 (as programs print it). */
function ratio(numerator: number, denominator: number): Fraction {
  return denominator === 0 ? ZERO : new Fraction(numerator, denominator);
}

function total(values: readonly Fraction[]): Fraction {
  return values.reduce((a, b) => a.add(b), ZERO);
}

/** Quantities of a confusion matrix, exact; per class in the order of the classes. */
interface Measures {
  readonly correct: number;
  readonly accuracy: Fraction;
  readonly classes: readonly Readonly<Record<keyof ClassConstraints, Fraction>>[];
  readonly means: Readonly<
    Record<
      'macroRecall' | 'macroPrecision' | 'macroF1' | 'weightedPrecision' | 'weightedF1' | 'f1OfMeans',
      Fraction
    >
  >;
}

/** Every quantity of a matrix that figures are printed of, exactly. */
export function measures(supports: readonly number[], { truePositives, predictions }: Totals): Measures {
  const n = sum(supports);
  const correct = sum(truePositives);
  const recall = truePositives.map((t, i) => ratio(t, supports[i]!));
  const precision = truePositives.map((t, i) => ratio(t, predictions[i]!));
  const f1 = truePositives.map((t, i) => ratio(2 * t, supports[i]! + predictions[i]!));
  const ovr = truePositives.map((t, i) => new Fraction(n - supports[i]! - predictions[i]! + 2 * t, n));
  const negatives = truePositives.map((t, i) => n - supports[i]! - predictions[i]! + t);
  const specificity = negatives.map((count, i) => ratio(count, n - supports[i]!));
  const f2 = truePositives.map((t, i) => ratio(5 * t, 4 * supports[i]! + predictions[i]!));
  const f05 = truePositives.map((t, i) => ratio(5 * t, supports[i]! + 4 * predictions[i]!));
  const npv = negatives.map((count, i) => ratio(count, n - predictions[i]!));
  const macro = (values: readonly Fraction[]) => total(values).div(values.length);
  const weighted = (values: readonly Fraction[]) => total(values.map((v, i) => v.mul(supports[i]!))).div(n);
  return {
    correct,
    accuracy: new Fraction(correct, n),
    classes: recall.map((_, i) => ({
      recall: recall[i]!,
      precision: precision[i]!,
      f1: f1[i]!,
      ovr: ovr[i]!,
      specificity: specificity[i]!,
      npv: npv[i]!,
      f2: f2[i]!,
      f05: f05[i]!,
    })),
    means: {
      macroRecall: macro(recall),
      macroPrecision: macro(precision),
      macroF1: macro(f1),
      weightedPrecision: weighted(precision),
      weightedF1: weighted(f1),
      f1OfMeans: harmonicMean(macro(precision), macro(recall)),
    },
  };
}

/** True when the matrix yields every figure of the problem: exact arithmetic over all of them. */
export function isWitness(problem: MatrixProblem, matrix: readonly (readonly number[])[]): boolean {
  const truePositives = matrix.map((row, i) => row[i]!);
  const predictions = matrix.map((_, j) => sum(matrix.map((row) => row[j]!)));
  const sound = matrix.every(
    (row, i) =>
      row.every((count) => Number.isInteger(count) && count >= 0) && sum(row) === problem.supports[i],
  );
  if (!sound) return false;
  const found = measures(problem.supports, { truePositives, predictions });
  const { correct, cells } = problem;
  const inCells =
    !cells || matrix.every((row, i) => row.every((v, j) => v >= cells[i]![j]!.from && v <= cells[i]![j]!.to));
  return (
    inCells &&
    found.correct >= correct.from &&
    found.correct <= correct.to &&
    problem.classes.every((wanted, i) => allWithin(wanted, found.classes[i]!)) &&
    allWithin(problem.means, found.means) &&
    isAgreement(problem.agreement, problem.supports, { truePositives, predictions })
  );
}

function allWithin(wanted: object, found: object): boolean {
  return Object.entries(wanted as Record<string, Interval>).every(([key, interval]) =>
    contains(interval, (found as Record<string, Fraction>)[key]!),
  );
}
