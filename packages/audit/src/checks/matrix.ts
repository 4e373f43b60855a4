import type { Evidence } from '../evidence/evidence';
import { type Figure, narrowestOf } from '../evidence/figure';
import { type Deadline, deadlineIn, isPast } from '../matrix/deadline';
import { buildProblem, MOST_ITEMS, TOO_MANY } from '../matrix/problem';
import { type Solution, solveMatrix, solveQuickly } from '../matrix/solve';
import type { Proposer } from '../matrix/solver';
import type { Certificate, CheckResult, Witness } from '../report/report';
import { certificate, quote } from './check';

const ABOUT = {
  id: 'matrix',
  title: 'One confusion matrix yields every figure at once',
  rule:
    'There must be one matrix of whole numbers with the supports as row sums whose accuracy, class figures and means ' +
    'all round to what is printed. Its diagonal t and column sums p suffice: a matrix exists iff sum p = n, t_i <= ' +
    'n_i, t_i <= p_i and (n_i - t_i) + (p_i - t_i) <= n - sum t for every class (supply and demand, Gale 1957).',
  source: 'transportation problems with a forbidden diagonal; exact search, see src/audit/matrix/',
} as const;

/** The check for one matrix, with the matrix if there is one. */
export interface MatrixResult {
  readonly check: CheckResult;
  readonly witness?: Witness;
}

/** How long a search goes on, and whether it ends with the verdict or makes a certificate smaller. */
export interface SearchLimits {
  readonly deadline: Deadline;
  readonly isBrief: boolean;
}

/** Searches for one matrix behind all figures, until the deadline. */
export async function checkMatrix(
  evidence: Evidence,
  proposer: Proposer,
  { deadline, isBrief }: SearchLimits,
): Promise<MatrixResult> {
  const open = (detail: string): MatrixResult => ({
    check: { ...ABOUT, verdict: 'not enough information', detail, certificates: [] },
  });
  const { kind } = evidence.aggregation;
  if (kind !== 'single' && kind !== 'runs') return open(`means over ${kind} need not come from one matrix`);
  if (!evidence.supports) return open('the supports are not known');
  const problem = buildProblem(evidence, evidence.supports);
  if (problem.n > MOST_ITEMS) return open(TOO_MANY);
  if (problem.n === 0) return open('there are no items');
  const solution = await solveMatrix(problem, proposer, deadline);
  if (solution.status === 'open') return open(solution.reason);
  if (solution.status === 'none')
    return { check: await impossibleMatrix(evidence, solution, { proposer, isBrief }) };
  const detail = `a confusion matrix of ${problem.n} items yields every figure`;
  const witness = { matrix: solution.matrix, supports: problem.supports, n: problem.n };
  return { check: { ...ABOUT, verdict: 'consistent', detail, certificates: [] }, witness };
}

async function impossibleMatrix(evidence: Evidence, first: Refuted, effort: Shrinking): Promise<CheckResult> {
  const { figures, reason, minimality } = await shrink(evidence, first, effort);
  const statement = `${reason}: no matrix of whole numbers yields ${quote(figures)} together`;
  const found = certificate(figures, statement, minimality);
  return { ...ABOUT, verdict: 'impossible', detail: statement, certificates: [found] };
}

/** The evidence with some of its figures only. */
export function withFigures(evidence: Evidence, figures: readonly Figure[]): Evidence {
  const find = (key: string) => figures.filter((figure) => figure.key === key);
  return { ...evidence, figures, find, narrowest: (key) => narrowestOf(find(key)) };
}

/** Seconds for making a certificate smaller, in all and for each figure. */
const SHRINK_SECONDS = { all: 0.4, each: 0.02 };

interface Shrinking {
  readonly proposer: Proposer;
  readonly isBrief: boolean;
}

type Refuted = Extract<Solution, { status: 'none' }>;

interface Shrunk {
  readonly figures: readonly Figure[];
  readonly reason: string;
  readonly minimality: Certificate['minimality'];
}

/**
 * Drops figures as long as no matrix exists without them, all figures of a kind first.
 * @param first why there is none with all of them
 */
async function shrink(evidence: Evidence, first: Refuted, { proposer, isBrief }: Shrinking): Promise<Shrunk> {
  const deadline = deadlineIn(isBrief ? -1 : SHRINK_SECONDS.all);
  let [figures, last, isSure] = [evidence.figures, first, true];
  for (const dropped of [...kindsOf(evidence.figures), ...evidence.figures.map((figure) => [figure])]) {
    const fewer = figures.filter((figure) => !dropped.includes(figure));
    if (fewer.length === figures.length || fewer.length === 0) continue;
    if (isPast(deadline)) return { figures, reason: last.reason, minimality: 'reduced' };
    const problem = buildProblem(withFigures(evidence, fewer), evidence.supports!);
    const limits = { deadline: deadlineIn(SHRINK_SECONDS.each), hint: last.proof };
    const solution = await solveQuickly(problem, proposer, limits);
    if (solution.status === 'open' && dropped.length === 1) isSure = false;
    if (solution.status === 'none') [figures, last] = [fewer, solution];
  }
  return { figures, reason: last.reason, minimality: isSure ? 'irreducible' : 'reduced' };
}

/** The means, each by itself, then the class figures of each kind. */
function kindsOf(figures: readonly Figure[]): Figure[][] {
  const kind = ({ key }: Figure) => (/^(recall|precision|f1|ovr|cell):/.test(key) ? key.split(':')[0]! : key);
  const kinds = [...new Set(figures.map(kind))].reverse();
  return kinds.map((name) => figures.filter((figure) => kind(figure) === name));
}
