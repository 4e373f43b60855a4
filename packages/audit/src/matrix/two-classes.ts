import type { Interval } from '../numbers/interval';
import { agreementOf } from './agreement';
import { type Deadline, isPast } from './deadline';
import type { MatrixProblem } from './problem';
import type { Tables } from './propagate';
import type { Totals } from './totals';

/** Most choices before the search gives up. */
const MAX_CHOICES = 30_000_000;

/**
 * With two classes, what one class misses the other claims: t and p of the first class fix the whole matrix, so all
 * of its pairs are tried.
 * @param accepts decides a choice exactly
 */
export function solveTwoClasses(
  problem: MatrixProblem,
  tables: Tables,
  options: { accepts: (totals: Totals) => boolean; deadline: Deadline },
): Totals | 'none' | 'unfinished' {
  const first = tables.classes[0]!;
  const completes = completion(problem, tables);
  let choices = 0;
  for (const [row, t] of first.truePositives.entries()) {
    for (let p = first.fewest[row]!; p <= first.most[row]!; p++) {
      if (++choices > MAX_CHOICES || (choices % 256 === 0 && isPast(options.deadline))) return 'unfinished';
      const totals = completes(t, p);
      if (totals && nearMeans(problem, totals) && options.accepts(totals)) return totals;
    }
  }
  return 'none';
}

/** What the second class must have when the first has t and p, if its table allows that. */
function completion({ supports, n }: MatrixProblem, { classes, correct }: Tables) {
  const second = classes[1]!;
  const rowOf = new Map(second.truePositives.map((t, row) => [t, row]));
  return (t: number, p: number): Totals | undefined => {
    const [otherT, otherP] = [supports[1]! - (p - t), n - p];
    const row = rowOf.get(otherT);
    const right = t + otherT;
    if (row === undefined || right < correct.from || right > correct.to) return undefined;
    if (otherP < second.fewest[row]! || otherP > second.most[row]!) return undefined;
    return { truePositives: [t, otherT], predictions: [p, otherP] };
  };
}

/**
 * Sorts out choices whose means miss a figure by more than 1e-9. A mean of two ratios of whole numbers below 2^40 is
 * computed here with a relative error below 1e-14, so no choice that meets the figures is lost; the rest is decided
 * exactly.
 */
function nearMeans(
  { supports, n, means, agreement }: MatrixProblem,
  { truePositives, predictions }: Totals,
): boolean {
  const ratio = (a: number, b: number) => (b === 0 ? 0 : a / b);
  const recall = truePositives.map((t, i) => ratio(t, supports[i]!));
  const precision = truePositives.map((t, i) => ratio(t, predictions[i]!));
  const f1 = truePositives.map((t, i) => ratio(2 * t, supports[i]! + predictions[i]!));
  const macro = ([a, b]: readonly number[]) => (a! + b!) / 2;
  const weighted = ([a, b]: readonly number[]) => (a! * supports[0]! + b! * supports[1]!) / n;
  const [r, p] = [macro(recall), macro(precision)];
  const dot = (a: readonly number[], b: readonly number[]) => a[0]! * b[0]! + a[1]! * b[1]!;
  const found = {
    macroRecall: r,
    macroPrecision: p,
    macroF1: macro(f1),
    weightedPrecision: weighted(precision),
    weightedF1: weighted(f1),
    f1OfMeans: ratio(2 * r * p, r + p),
    ...agreementOf({
      total: n * n,
      correct: n * (truePositives[0]! + truePositives[1]!),
      chance: dot(supports, predictions),
      squares: dot(predictions, predictions),
      supportSquares: dot(supports, supports),
    }),
  };
  return Object.entries<Interval>({ ...means, ...agreement }).every(([key, { lo, hi }]) => {
    const value = found[key as keyof typeof found];
    // What is not a number is left to the exact decision.
    return !(value < Number(lo.valueOf()) - 1e-9 || value > Number(hi.valueOf()) + 1e-9);
  });
}
