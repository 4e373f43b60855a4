import { type Evidence, type Figure, narrowestOf } from '../evidence';
import { type Deadline, deadlineIn, isPast } from '../matrix/deadline';
import { buildProblem } from '../matrix/problem';
import { solveMatrix } from '../matrix/solve';
import type { Proposer } from '../matrix/solver';
import type { CheckResult, Witness } from '../report';
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

/** Searches for one matrix behind all figures, until the deadline. */
export async function checkMatrix(
  evidence: Evidence,
  proposer: Proposer,
  deadline: Deadline,
): Promise<MatrixResult> {
  const open = (detail: string): MatrixResult => ({
    check: { ...ABOUT, verdict: 'not enough information', detail, certificates: [] },
  });
  const { kind } = evidence.aggregation;
  if (kind !== 'single' && kind !== 'runs') return open(`means over ${kind} need not come from one matrix`);
  if (!evidence.supports) return open('the supports are not known');
  const problem = buildProblem(evidence, evidence.supports);
  const solution = await solveMatrix(problem, proposer, deadline);
  if (solution.status === 'open') return open(solution.reason);
  if (solution.status === 'none')
    return { check: await impossibleMatrix(evidence, solution.reason, proposer) };
  const detail = `a confusion matrix of ${problem.n} items yields every figure`;
  const witness = { matrix: solution.matrix, supports: problem.supports, n: problem.n };
  return { check: { ...ABOUT, verdict: 'consistent', detail, certificates: [] }, witness };
}

async function impossibleMatrix(
  evidence: Evidence,
  reason: string,
  proposer: Proposer,
): Promise<CheckResult> {
  const figures = await shrink(evidence, proposer);
  const statement = `${reason}: no matrix of whole numbers yields ${quote(figures)} together`;
  const found = certificate(figures, statement, 'irreducible');
  return { ...ABOUT, verdict: 'impossible', detail: statement, certificates: [found] };
}

/** The evidence with some of its figures only. */
export function withFigures(evidence: Evidence, figures: readonly Figure[]): Evidence {
  const find = (key: string) => figures.filter((figure) => figure.key === key);
  return { ...evidence, figures, find, narrowest: (key) => narrowestOf(find(key)) };
}

/** Seconds for making a certificate smaller, in all and for each figure. */
const SHRINK_SECONDS = { all: 1, each: 0.1 };

/** Drops figures one by one as long as no matrix exists without them. */
async function shrink(evidence: Evidence, proposer: Proposer): Promise<readonly Figure[]> {
  const deadline = deadlineIn(SHRINK_SECONDS.all);
  let kept = evidence.figures;
  for (const figure of evidence.figures) {
    if (isPast(deadline)) break;
    const fewer = kept.filter((other) => other !== figure);
    const problem = buildProblem(withFigures(evidence, fewer), evidence.supports!);
    const solution = await solveMatrix(problem, proposer, deadlineIn(SHRINK_SECONDS.each));
    if (solution.status === 'none') kept = fewer;
  }
  return kept;
}
