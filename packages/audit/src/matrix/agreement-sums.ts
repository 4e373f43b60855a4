import { Fraction } from '../numbers/fraction';
import { closed, type Interval } from '../numbers/interval';
import { predictionSpan } from './class-table';
import type { MatrixProblem } from './problem';
import type { Tables } from './propagate';
import type { SumSpecification } from './sum-specification';

/**
 * What a printed agreement asks of sums over the classes. Kappa lies in [lo, hi] if sum (t_i - (1 - lo) n_i p_i / N) is at
 * least lo N, and sum ((1 - hi) n_i p_i / N - t_i) at least -hi N. Matthews' correlation bounds sum (t_i - n_i p_i / N) by what
 * the predictions leave of its denominator.
 */
export function agreementSums(problem: MatrixProblem, tables: Tables): SumSpecification[] {
  const { kappa, mcc } = problem.agreement;
  const sums: SumSpecification[] = [];
  if (kappa) {
    const { lo, hi } = kappa;
    const [least, most] = [new Fraction(1).sub(lo), new Fraction(1).sub(hi)].map((c) => Number(c.valueOf()));
    const [from, to] = [closed(lo, new Fraction(1)), closed(hi.neg(), new Fraction(2))];
    sums.push(weighted(problem, { name: 'kappa, from below', correct: 1, chance: -least!, interval: from }));
    sums.push(weighted(problem, { name: 'kappa, from above', correct: -1, chance: most!, interval: to }));
  }
  if (mcc) {
    const interval = excessRange(mcc, problem, tables);
    sums.push(
      weighted(problem, { name: 'true positives beyond those by chance', correct: 1, chance: -1, interval }),
    );
  }
  return sums;
}

interface Weights {
  readonly name: string;
  /** Weight of t_i. */
  readonly correct: number;
  /** Weight of n_i p_i / N. */
  readonly chance: number;
  /** Where the sum lies, as a multiple of N. */
  readonly interval: Interval;
}

/** The weighted sum; the scale keeps the error of floating point far below the one that is allowed for on either side. */
function weighted({ n }: MatrixProblem, { name, correct, chance, interval }: Weights): SumSpecification {
  const scale = Math.max(1, Math.floor(2 ** 42 / n));
  return {
    name,
    interval,
    factor: n,
    scale,
    part: (support, t, p) => {
      const value = scale * (correct * t + (chance * support * p) / n);
      return [Math.floor(value) - 1, Math.ceil(value) + 1];
    },
  };
}

/** Room for the errors of floating point, as a share of N. */
const MARGIN = 1e-9;

/** Where the correlation puts (N T - sum n_i p_i) / N^2. */
function excessRange({ lo, hi }: Interval, { supports, n }: MatrixProblem, tables: Tables): Interval {
  const spans = tables.classes.map(predictionSpan);
  const squares = (counts: readonly number[]) => counts.reduce((sum, count) => sum + (count / n) ** 2, 0);
  const root = (share: number) => Math.sqrt(Math.max(0, 1 - share) * Math.max(0, 1 - squares(supports)));
  const least = root(squares(spans.map(({ to }) => to)));
  const most = root(squares(spans.map(({ from }) => from)));
  const [low, high] = [Number(lo.valueOf()), Number(hi.valueOf())];
  const ends = [low * (low < 0 ? most : least) - MARGIN, high * (high < 0 ? least : most) + MARGIN];
  const [from, to] = ends.map((end, i) => new Fraction((i ? Math.ceil : Math.floor)(end * 1e9), 1e9));
  return closed(from!, to!);
}
