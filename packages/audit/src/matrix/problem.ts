import { entryOf } from '../claim/claim';
import { type Evidence, sum } from '../evidence/evidence';
import type { Fraction } from '../numbers/fraction';
import { type CountRange, countsFor, type Interval, intersect } from '../numbers/interval';
import type { AgreementConstraints } from './agreement';

/** What the figures of one class allow. */
export interface ClassConstraints {
  readonly recall?: Interval;
  readonly precision?: Interval;
  readonly f1?: Interval;
  readonly ovr?: Interval;
  readonly specificity?: Interval;
  readonly npv?: Interval;
  readonly f2?: Interval;
  readonly f05?: Interval;
}

/** Means over the classes that are printed. */
export interface MeanConstraints {
  readonly macroRecall?: Interval;
  readonly macroPrecision?: Interval;
  readonly macroF1?: Interval;
  readonly weightedPrecision?: Interval;
  readonly weightedF1?: Interval;
  readonly f1OfMeans?: Interval;
}

/**
 * The search for a confusion matrix with given row sums.
 *
 * Apart from printed cells, every figure depends on the matrix C only through t_i = C_ii and the column sums p_i. A
 * matrix of whole numbers >= 0 with diagonal t, row sums n and column sums p exists if and only if t_i <= n_i,
 * t_i <= p_i, sum p = sum n = N, and for each i  (n_i - t_i) + (p_i - t_i) <= N - sum t.
 *
 * Proof. Off the diagonal we need a matrix with row sums a_i = n_i - t_i, column sums b_i = p_i - t_i, both adding up
 * to S = N - sum t, and a zero diagonal. By the supply-demand theorem (Gale 1957) it exists iff each set A of rows
 * fits into the columns that it can use: sum of a over A <= sum of b over those columns. Two rows or more can use all
 * columns, whose b add up to S; one row i can use all but its own: a_i <= S - b_i. A whole-number solution exists
 * because all supplies and demands are whole numbers. (`layOut` builds it.)
 */
export interface MatrixProblem {
  /** Row sums; for means over runs, of the sum of the runs' matrices. */
  readonly supports: readonly number[];
  readonly n: number;
  readonly classes: readonly ClassConstraints[];
  /** Possible numbers of correct answers, by the figures that stand for the accuracy. */
  readonly correct: CountRange;
  readonly means: MeanConstraints;
  /** Depends on t and p alone, too. */
  readonly agreement: AgreementConstraints;
  /** Ranges of printed cells, if any: [true class][predicted class]. */
  readonly cells: readonly (readonly CountRange[])[] | undefined;
  /** Figures are left out that the sum of several runs does not tell, so that a matrix for the rest shows nothing of them. */
  readonly isPartial: boolean;
  /** Printed shares of the predictions of a column, if any. */
  readonly columnShares?: readonly (readonly (Interval | undefined)[])[];
}

/** The intersection of all figures of a quantity, or undefined when it is not printed. */
function allowed(evidence: Evidence, key: string): Interval | undefined {
  const found = evidence.find(key).map((figure) => figure.interval);
  return found.length ? found.reduce(intersect) : undefined;
}

function defined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}

/** Figures whose denominators are the same in every run, so that their means are those of the runs' sum. */
const TOLD_BY_SUM = /^(?:accuracy$|deviation$|top:|recall:|ovr:|specificity:|macro:recall$)/;

/** Whether a matrix can show every figure: of several runs it is the sum of theirs. */
export function isToldBySum({ aggregation, figures }: Evidence): boolean {
  const isSum = aggregation.kind === 'runs' && aggregation.count > 1;
  return !isSum || figures.every(({ key }) => TOLD_BY_SUM.test(key));
}

/** The problem that a claim poses under a reading, given the supports. */
export function buildProblem(evidence: Evidence, printedSupports: readonly number[]): MatrixProblem {
  const { aggregation } = evidence;
  const runs = aggregation.kind === 'runs' ? aggregation.count : 1;
  const supports = printedSupports.map((count) => count * runs);
  const n = sum(supports);
  const ratio = (key: string) => (runs === 1 ? allowed(evidence, key) : undefined);
  const accuracy = allowed(evidence, 'accuracy');
  return {
    supports,
    n,
    classes: evidence.classes.map((_, i) =>
      defined<ClassConstraints>({
        recall: allowed(evidence, `recall:${i}`),
        precision: ratio(`precision:${i}`),
        f1: ratio(`f1:${i}`),
        ovr: allowed(evidence, `ovr:${i}`),
        specificity: allowed(evidence, `specificity:${i}`),
        npv: ratio(`npv:${i}`),
        f2: ratio(`f2:${i}`),
        f05: ratio(`f05:${i}`),
      }),
    ),
    correct: correctCounts(evidence, accuracy, n),
    means: defined<MeanConstraints>({
      macroRecall: allowed(evidence, 'macro:recall'),
      macroPrecision: ratio('macro:precision'),
      macroF1: ratio('macro:f1'),
      weightedPrecision: ratio('weighted:precision'),
      weightedF1: ratio('weighted:f1'),
      f1OfMeans: ratio('f1ofmeans'),
    }),
    agreement: defined<AgreementConstraints>({ kappa: ratio('kappa'), mcc: ratio('mcc') }),
    cells: runs === 1 ? cellRanges(evidence, supports) : undefined,
    isPartial: !isToldBySum(evidence),
    ...(runs === 1 &&
      evidence.claim.confusion?.normalised === 'columns' && { columnShares: columnShares(evidence) }),
  };
}

/** What the accuracy allows, and no more than any top-k accuracy. */
function correctCounts({ figures }: Evidence, accuracy: Interval | undefined, n: number): CountRange {
  const { from, to } = accuracy ? countsFor(accuracy, n) : { from: 0, to: n };
  const tops = figures.filter(({ key }) => key.startsWith('top:'));
  return { from, to: Math.min(to, ...tops.map(({ interval }) => countsFor(interval, n).to)) };
}

/** Ranges of the cells that are printed as counts, shares of their row, or shares of all items. */
function cellRanges(evidence: Evidence, supports: readonly number[]): CountRange[][] | undefined {
  const { confusion } = evidence.claim;
  if (!confusion) return undefined;
  const n = sum(supports);
  return evidence.classes.map((label, i) =>
    evidence.classes.map((_, j) => {
      const printed = entryOf(confusion.rows, label)?.[j] ?? null;
      if (printed === null) return { from: 0, to: supports[i]! };
      if (typeof printed === 'number') return { from: printed, to: printed };
      const interval = allowed(
        evidence,
        i === j && confusion.normalised === 'rows' ? `recall:${i}` : `cell:${i}:${j}`,
      );
      if (!interval || confusion.normalised === 'columns') return { from: 0, to: supports[i]! };
      return countsFor(interval, confusion.normalised === 'all' ? n : supports[i]!);
    }),
  );
}

/** The shares of a matrix that is divided by its columns; those on the diagonal are the precisions. */
function columnShares(evidence: Evidence): (Interval | undefined)[][] {
  return evidence.classes.map((_, i) =>
    evidence.classes.map((_, j) => (i === j ? undefined : allowed(evidence, `cell:${i}:${j}`))),
  );
}

/** Floor of a / b for whole numbers with |a|, b below 2^53. */
export function floorDivide(a: number, b: number): number {
  const quotient = Math.floor(a / b);
  const rest = a - quotient * b;
  return rest < 0 ? quotient - 1 : rest >= b ? quotient + 1 : quotient;
}

/** Ceiling of a / b for whole numbers with |a|, b below 2^53. */
export function ceilDivide(a: number, b: number): number {
  return -floorDivide(-a, b);
}

/** An interval whose ends are small whole fractions, for fast arithmetic; it contains the given one. */
export interface PlainInterval {
  readonly loNum: number;
  readonly loDen: number;
  readonly hiNum: number;
  readonly hiDen: number;
  readonly loOpen: boolean;
  readonly hiOpen: boolean;
}

const LARGEST_DENOMINATOR = 2_000_000_000;

/** Most items, over all runs, whose matrix is searched: twice their number times 2e9 must stay below 2^53. */
export const MOST_ITEMS = 2_000_000;

/** What is said of more items than that. */
export const TOO_MANY = `more than ${MOST_ITEMS} items over all runs are too many for the exact search`;

/** Widens the ends to denominators of at most 2e9, so that products with counts stay below 2^53. */
export function plainInterval(interval: Interval): PlainInterval {
  const grid = 1_000_000_000;
  const exact = (value: Fraction) => value.d <= LARGEST_DENOMINATOR;
  const lo = exact(interval.lo) ? interval.lo : interval.lo.mul(grid).floor().div(grid);
  const hi = exact(interval.hi) ? interval.hi : interval.hi.mul(grid).ceil().div(grid);
  return {
    loNum: Number(lo.s * lo.n),
    loDen: Number(lo.d),
    hiNum: Number(hi.s * hi.n),
    hiDen: Number(hi.d),
    loOpen: interval.loOpen && exact(interval.lo),
    hiOpen: interval.hiOpen && exact(interval.hi),
  };
}
