import { searchCells } from './cells';
import { type Deadline, deadlineIn, isPast } from './deadline';
import { enumerate } from './enumerate';
import { linearSteps, solveLinear } from './linear';
import { searchTotals } from './local-search';
import { buildPairModel, type PairModel } from './pair-model';
import type { MatrixProblem } from './problem';
import { buildTables, propagate, type Tables } from './propagate';
import {
  describeRefutation,
  multipliersFor,
  type NamedMultipliers,
  nameMultipliers,
  refutes,
} from './refutation';
import { proposeChoice, relax } from './relaxation';
import type { Proposer } from './solver';
import type { Totals } from './totals';
import { solveTwoClasses } from './two-classes';
import { isWitness, layOut } from './witness';

/** What the search for a confusion matrix found. */
export type Solution =
  | { readonly status: 'witness'; readonly matrix: number[][] }
  | { readonly status: 'none'; readonly reason: string; readonly proof?: NamedMultipliers }
  | { readonly status: 'open'; readonly reason: string };

/** Looks for a matrix that yields every figure, or for a proof that there is none. */
export async function solveMatrix(
  problem: MatrixProblem,
  proposer: Proposer,
  deadline: Deadline,
): Promise<Solution> {
  const tables = propagate(problem, buildTables(problem));
  if (!tables) return none('the ranges of true positives and predictions leave no choice');
  if (problem.cells) return searchWithCells({ problem, tables, proposer, deadline });
  if (problem.supports.length === 2) return solveTwo(problem, tables, deadline);
  const search = { problem, tables, proposer, deadline };
  const small = linearSteps(tables) <= CHEAP_STEPS ? addUp(search) : undefined;
  if (problem.isPartial) return small?.status === 'none' ? small : proveOnly(search);
  return small ?? searchFurther(search);
}

/** Only that there is no matrix for some of the figures tells anything: no matrix is looked for. */
async function proveOnly({ problem, tables, proposer, deadline }: Search): Promise<Solution> {
  const model = buildPairModel(problem, tables);
  const { multipliers } = await relax(model, proposer, deadline);
  return multipliers ? refuted(model, multipliers) : { status: 'open', reason: NOT_TOLD };
}

const NOT_TOLD = 'figures of several runs can not be told from the sum of their matrices';

/** Steps of the exact search over sums that are worth taking before anything else. */
const CHEAP_STEPS = 300_000;

/**
 * As `solveMatrix`, but quick enough to be asked about many subsets of the figures: proofs come before searches, and
 * what is not decided by the deadline is left open.
 * @param hint multipliers that refuted a like problem
 */
export async function solveQuickly(
  problem: MatrixProblem,
  proposer: Proposer,
  { deadline, hint }: { deadline: Deadline; hint: NamedMultipliers | undefined },
): Promise<Solution> {
  const tables = propagate(problem, buildTables(problem));
  if (!tables) return none('the ranges of true positives and predictions leave no choice');
  const search = { problem, tables, proposer, deadline };
  const model = buildPairModel(problem, tables);
  const known = hint && multipliersFor(model, hint);
  if (known && refutes(model, known)) return refuted(model, known);
  const { multipliers, start } = await relax(model, proposer, deadlineIn(PROOF_SECONDS));
  if (multipliers) return refuted(model, multipliers);
  if (problem.cells) return searchWithCells(search);
  const found = descend(search, halfWayTo(deadline), start);
  if (found) return found;
  return model.complete ? exhaust(search, model) : open(deadline);
}

/** Seconds for the linear programme of one quick proof. */
const PROOF_SECONDS = 0.1;

function halfWayTo(deadline: Deadline): Deadline {
  return (performance.now() + deadline) / 2;
}

function none(reason: string): Solution {
  return { status: 'none', reason };
}

function refuted(model: PairModel, multipliers: readonly bigint[]): Solution {
  const proof = nameMultipliers(model, multipliers);
  return { status: 'none', reason: describeRefutation(model, multipliers), proof };
}

function open(deadline: Deadline): Solution {
  const reason = isPast(deadline)
    ? 'the time limit was reached before a matrix or a contradiction was found'
    : 'the search found neither a matrix nor a contradiction';
  return { status: 'open', reason };
}

function solveTwo(problem: MatrixProblem, tables: Tables, deadline: Deadline): Solution {
  const accepts = (totals: Totals) => accept(problem, totals) !== undefined;
  const found = solveTwoClasses(problem, tables, { accepts, deadline });
  if (found === 'none')
    return none('none of the choices for the first class, which fix the whole matrix, fits');
  return found === 'unfinished' ? open(deadline) : { status: 'witness', matrix: accept(problem, found)! };
}

interface Search {
  readonly problem: MatrixProblem;
  readonly tables: Tables;
  readonly proposer: Proposer;
  readonly deadline: Deadline;
}

/** Printed cells restrict more than the sums do, so that only bounds on the sums prove anything here. */
async function searchWithCells({ problem, tables, proposer, deadline }: Search): Promise<Solution> {
  const matrix = await searchCells(problem, proposer, Math.min(5, (deadline - performance.now()) / 1000));
  if (matrix) return { status: 'witness', matrix };
  if (solveLinear(tables, problem.n, deadline) === 'none')
    return none('no choice of true positives and predictions adds up');
  const model = buildPairModel(problem, tables);
  const { multipliers } = await relax(model, proposer, deadline);
  return multipliers ? refuted(model, multipliers) : open(deadline);
}

/** Sums of true positives and of predictions alone: a proof that they fail, or a witness if they are all there is. */
function addUp({ problem, tables, deadline }: Search): Solution | undefined {
  const found = solveLinear(tables, problem.n, deadline);
  if (found === 'none') return none('no choice of true positives and predictions of all classes adds up');
  const matrix = found === 'unfinished' ? undefined : accept(problem, found);
  return matrix && { status: 'witness', matrix };
}

/**
 * Means over the classes tie their figures together: a quick search for a witness, unless the solver is at hand, whose
 * proposals guide a search better; then proofs that there is none.
 */
async function searchFurther(search: Search): Promise<Solution> {
  const { problem, tables, proposer, deadline } = search;
  const quick = proposer.isLoaded ? undefined : descend(search, Math.min(deadline, deadlineIn(0.1)));
  if (quick) return quick;
  const model = buildPairModel(problem, tables);
  const { multipliers, start } = await relax(model, proposer, deadline);
  if (multipliers) return refuted(model, multipliers);
  const soon = { ...search, deadline: Math.min(deadline, deadlineIn(0.1)) };
  const early = model.complete ? exhaust(soon, model) : open(deadline);
  if (early.status !== 'open') return early;
  const guided = start && descend(search, Math.min(deadline, deadlineIn(0.5)), start);
  if (guided) return guided;
  const choice = await proposeChoice(model, proposer, deadline);
  const chosen = choice && accept(problem, choice);
  if (chosen) return { status: 'witness', matrix: chosen };
  const sums = linearSteps(tables) > CHEAP_STEPS ? addUp(search) : undefined;
  if (sums) return sums;
  return model.complete ? exhaust(search, model) : (descend(search, deadline, start) ?? open(deadline));
}

function exhaust({ problem, deadline }: Search, model: PairModel): Solution {
  const found = enumerate(model, (totals) => accept(problem, totals) !== undefined, deadline);
  if (found === 'none') return none('every choice of true positives and predictions is ruled out');
  return found === 'unfinished'
    ? open(deadline)
    : { status: 'witness', matrix: accept(problem, found.totals)! };
}

function descend({ problem, tables }: Search, deadline: Deadline, start?: Totals): Solution | undefined {
  const totals = searchTotals(problem, tables, { deadline, ...(start && { start }) });
  const matrix = totals && accept(problem, totals);
  return matrix && { status: 'witness', matrix };
}

/** The matrix with these totals, if it exists and yields every figure exactly. */
function accept(problem: MatrixProblem, totals: Totals): number[][] | undefined {
  const matrix = layOut(problem.supports, totals);
  return matrix && isWitness(problem, matrix) ? matrix : undefined;
}
