import { type Deadline, isPast } from './deadline';
import { solveLinear } from './linear';
import { searchTotals } from './local-search';
import type { MatrixProblem } from './problem';
import { buildTables, propagate, type Tables } from './propagate';
import { isWitness, layOut, type Totals } from './witness';

/** What the search for a confusion matrix found. */
export type Solution =
  | { readonly status: 'witness'; readonly matrix: number[][] }
  | { readonly status: 'none'; readonly reason: string }
  | { readonly status: 'open'; readonly reason: string };

/** Looks for a matrix that yields every figure, or for a proof that there is none. */
export function solveMatrix(problem: MatrixProblem, deadline: Deadline): Solution {
  const tables = propagate(problem, buildTables(problem));
  if (!tables)
    return { status: 'none', reason: 'the ranges of true positives and predictions leave no choice' };
  const linear = solveLinear(tables, problem.n, deadline);
  if (linear === 'none') {
    return { status: 'none', reason: 'no choice of true positives and predictions of all classes adds up' };
  }
  const matrix = linear === 'unfinished' ? undefined : accept(problem, linear);
  if (matrix) return { status: 'witness', matrix };
  return searchWitness(problem, tables, deadline);
}

function searchWitness(problem: MatrixProblem, tables: Tables, deadline: Deadline): Solution {
  const totals = searchTotals(problem, tables, deadline);
  const matrix = totals && accept(problem, totals);
  if (matrix) return { status: 'witness', matrix };
  const why = isPast(deadline)
    ? 'the time limit was reached'
    : 'the search found neither a matrix nor a contradiction';
  return { status: 'open', reason: why };
}

/** The matrix with these totals, if it exists and yields every figure exactly. */
function accept(problem: MatrixProblem, totals: Totals): number[][] | undefined {
  const matrix = layOut(problem.supports, totals);
  return matrix && isWitness(problem, matrix) ? matrix : undefined;
}
