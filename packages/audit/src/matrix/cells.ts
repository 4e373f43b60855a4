import { sum } from '../evidence/evidence';
import type { Interval } from '../numbers/interval';
import type { MatrixProblem } from './problem';
import type { LinearProgramme, Proposer } from './solver';
import { isWitness } from './witness';

/**
 * Looks for a matrix whose cells lie in the printed ranges. Class figures are linear in the cells, so a whole-number
 * programme proposes cells; means over classes are left to the exact check.
 */
export async function searchCells(
  problem: MatrixProblem,
  proposer: Proposer,
  seconds: number,
): Promise<number[][] | undefined> {
  const size = problem.supports.length;
  const cells = problem.cells!;
  const exact = cells.map((row) => row.map(({ from }) => from));
  if (isWitness(problem, exact)) return exact;
  const proposal = await proposer.solve(buildProgramme(problem), seconds);
  if (!proposal) return undefined;
  const matrix = cells.map((row, i) =>
    row.map(({ from }, j) => from + Math.round(proposal.values[i * size + j]!)),
  );
  return isWitness(problem, matrix) ? matrix : undefined;
}

/** A bound on a weighted sum of cells. */
interface CellRow {
  readonly weight: (i: number, j: number) => number;
  readonly lower: number;
  readonly upper: number;
}

const INFINITE = Number.POSITIVE_INFINITY;

/** Ends of an interval, a little inside, so that a proposal survives the exact check. */
function inside({ lo, hi }: Interval): { lower: number; upper: number } {
  const [lower, upper] = [Number(lo.valueOf()), Number(hi.valueOf())];
  const margin = Math.min(1e-7, (upper - lower) / 10);
  return { lower: lower + margin, upper: upper - margin };
}

function cellRows(problem: MatrixProblem): CellRow[] {
  const { supports, n, correct, classes } = problem;
  const rows: CellRow[] = supports.map((count, k) => ({
    weight: (i) => (i === k ? 1 : 0),
    lower: count,
    upper: count,
  }));
  rows.push({ weight: (i, j) => (i === j ? 1 : 0), lower: correct.from, upper: correct.to });
  for (const [k, { precision, f1, ovr }] of classes.entries()) {
    const diagonal = (i: number, j: number) => (i === k && j === k ? 1 : 0);
    const column = (j: number) => (j === k ? 1 : 0);
    if (precision) {
      const { lower, upper } = inside(precision);
      rows.push({ weight: (i, j) => diagonal(i, j) - lower * column(j), lower: 0, upper: INFINITE });
      rows.push({ weight: (i, j) => diagonal(i, j) - upper * column(j), lower: -INFINITE, upper: 0 });
    }
    if (f1) {
      const { lower, upper } = inside(f1);
      const least = lower * supports[k]!;
      const most = upper * supports[k]!;
      rows.push({ weight: (i, j) => 2 * diagonal(i, j) - lower * column(j), lower: least, upper: INFINITE });
      rows.push({ weight: (i, j) => 2 * diagonal(i, j) - upper * column(j), lower: -INFINITE, upper: most });
    }
    if (ovr) {
      const { lower, upper } = inside(ovr);
      const base = n - supports[k]!;
      const weight = (i: number, j: number) => 2 * diagonal(i, j) - column(j);
      rows.push({ weight, lower: lower * n - base, upper: upper * n - base });
    }
  }
  return [...rows, ...meanRows(problem), ...kappaRows(problem), ...columnRows(problem)];
}

/** The mean of the recalls is linear in the cells. */
function meanRows({ supports, means }: MatrixProblem): CellRow[] {
  if (!means.macroRecall || supports.some((count) => count === 0)) return [];
  const { lower, upper } = inside(means.macroRecall);
  const weight = (i: number, j: number) => (i === j ? 1 / supports[i]! / supports.length : 0);
  return [{ weight, lower, upper }];
}

/** Kappa in [lo, hi]: the diagonal less (1 - lo) times the agreement by chance is at least lo N, and likewise for hi. */
function kappaRows({ agreement, supports, n }: MatrixProblem): CellRow[] {
  if (!agreement.kappa) return [];
  const { lower, upper } = inside(agreement.kappa);
  const less = (end: number) => (i: number, j: number) => (i === j ? 1 : 0) - ((1 - end) * supports[j]!) / n;
  return [
    { weight: less(lower), lower: lower * n, upper: INFINITE },
    { weight: less(upper), lower: -INFINITE, upper: upper * n },
  ];
}

/** A share s of a column is a condition on its cells: the cell less s times the sum of the column. */
function columnRows({ columnShares = [] }: MatrixProblem): CellRow[] {
  return columnShares.flatMap((row, i) =>
    row.flatMap((interval, j): CellRow[] => {
      if (!interval) return [];
      const { lower, upper } = inside(interval);
      const less = (share: number) => (k: number, l: number) =>
        l === j ? (k === i ? 1 - share : -share) : 0;
      return [
        { weight: less(lower), lower: 0, upper: INFINITE },
        { weight: less(upper), lower: -INFINITE, upper: 0 },
      ];
    }),
  );
}

function buildProgramme(problem: MatrixProblem): LinearProgramme {
  const cells = problem.cells!;
  const rows = cellRows(problem);
  // Columns start at 0, so each cell stands for what it exceeds its least count by.
  const offsets = rows.map(({ weight }) =>
    sum(cells.map((row, i) => sum(row.map(({ from }, j) => weight(i, j) * from)))),
  );
  const columns = cells.flatMap((row, i) =>
    row.map(({ from, to }, j) => {
      const used = rows.flatMap(({ weight }, index) => (weight(i, j) === 0 ? [] : [index]));
      return {
        cost: 0,
        upper: to - from,
        whole: true,
        rows: used,
        factors: used.map((k) => rows[k]!.weight(i, j)),
      };
    }),
  );
  const misses = rows.flatMap((_, index) =>
    [1, -1].map((sign) => ({ cost: 1, upper: INFINITE, whole: false, rows: [index], factors: [sign] })),
  );
  const bounds = rows.map(({ lower, upper }, k) => ({
    lower: lower - offsets[k]!,
    upper: upper - offsets[k]!,
  }));
  return { rows: bounds, columns: [...columns, ...misses] };
}
