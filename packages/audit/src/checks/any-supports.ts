import { type Evidence, sum } from '../evidence/evidence';
import { type Deadline, deadlineIn, isPast } from '../matrix/deadline';
import { buildProblem, MOST_ITEMS } from '../matrix/problem';
import { solveMatrix } from '../matrix/solve';
import type { Proposer } from '../matrix/solver';
import { Fraction } from '../numbers/fraction';
import type { Witness } from '../report/report';
import { type ShareRow, variableOf } from '../shares/row';
import { shareRows } from '../shares/rows';
import { type ShareRefutation, solveShares } from '../shares/solve-shares';
import { certificate } from './check';
import { type MatrixResult, type SearchLimits, withFigures } from './matrix';

const ABOUT = {
  id: 'any-supports',
  title: 'Some supports let one confusion matrix yield every figure',
  rule:
    'Without known supports every printed ratio is still a linear condition on the shares n_i / n, TP_i / n and ' +
    'predictions / n. If these conditions, multiplied by weights and added up, ask for more than the shares can ' +
    'give, no supports help (Farkas). The weights are proposed by a solver and checked in exact fractions; shares ' +
    'that it proposes are turned into whole supports, and the figures are checked on a matrix with these.',
  source: 'Farkas 1902; linear programming (HiGHS) for the proposals',
} as const;

/** Seconds for one linear programme. */
const PROGRAMME_SECONDS = 2;

/** Numbers of items to try when n is not printed. */
const TRIAL_SIZES = [1000, 10_000, 100_000];

/** Looks for supports and a matrix, or for a proof that no supports help. */
export async function checkAnySupports(
  evidence: Evidence,
  proposer: Proposer,
  { deadline, isBrief }: SearchLimits,
): Promise<MatrixResult> {
  const { kind } = evidence.aggregation;
  if (kind !== 'single' && kind !== 'runs') return open(`means over ${kind} need not come from one matrix`);
  const variables = 3 * evidence.classes.length;
  const found = await solveShares(rowsOf(evidence), { variables, proposer, seconds: PROGRAMME_SECONDS });
  if (found.status === 'refuted') return refuted(evidence, found.refutation, { proposer, isBrief });
  if (found.status === 'open') return open('the linear conditions are met or missed too narrowly to tell');
  const witness = await findWitness(evidence, found.shares, { proposer, deadline });
  if (!witness) return open('shares of the classes that fit were found, but no whole numbers');
  const detail = `with supports ${witness.supports.join(', ')} a confusion matrix yields every figure`;
  return { check: { ...ABOUT, verdict: 'consistent', detail, certificates: [] }, witness };
}

/** Rows for figures that keep off the ends of their intervals by a part of their width. */
function rowsOf(evidence: Evidence): (inset: number) => ShareRow[] {
  return (inset) => {
    const figures = evidence.figures.map((figure) => {
      const { lo, hi } = figure.interval;
      const margin = hi.sub(lo).mul(new Fraction(Math.round(inset * 100), 100));
      return { ...figure, interval: { ...figure.interval, lo: lo.add(margin), hi: hi.sub(margin) } };
    });
    return shareRows(inset === 0 ? evidence : withFigures(evidence, figures));
  };
}

function open(detail: string): MatrixResult {
  return { check: { ...ABOUT, verdict: 'not enough information', detail, certificates: [] } };
}

/** Whole supports near the shares, adding up to n (largest remainders), and a matrix with these. */
async function findWitness(
  evidence: Evidence,
  shares: Float64Array,
  { proposer, deadline }: { proposer: Proposer; deadline: Deadline },
): Promise<Witness | undefined> {
  for (const n of trialSizes(evidence)) {
    if (isPast(deadline)) return undefined;
    const supports = apportion(
      evidence.classes.map((_, i) => shares[variableOf('support', i)]!),
      n,
    );
    const inRange = supports.every(
      (count, i) => count >= evidence.supportRanges[i]!.from && count <= evidence.supportRanges[i]!.to,
    );
    if (!inRange || supports.some((count) => count === 0)) continue;
    const problem = buildProblem(evidence, supports);
    if (problem.n > MOST_ITEMS) return undefined;
    const solution = await solveMatrix(problem, proposer, Math.min(deadline, deadlineIn(2)));
    if (solution.status === 'witness')
      return { matrix: solution.matrix, supports: problem.supports, n: problem.n };
  }
  return undefined;
}

/** The printed n; else what the ranges of the supports suggest, then round numbers. */
function trialSizes({ n, supportRanges }: Evidence): readonly number[] {
  if (n !== undefined) return [n];
  const [least, most] = [sum(supportRanges.map(({ from }) => from)), sum(supportRanges.map(({ to }) => to))];
  const sizes = TRIAL_SIZES.filter((size) => size >= least && size <= most);
  return most < 2 * least ? [Math.round((least + most) / 2), ...sizes] : sizes;
}

function apportion(shares: readonly number[], n: number): number[] {
  const total = sum(shares);
  const exact = shares.map((share) => (share / total) * n);
  const counts = exact.map(Math.floor);
  const order = exact.map((_, i) => i).sort((a, b) => exact[b]! - counts[b]! - (exact[a]! - counts[a]!));
  for (let left = n - sum(counts), k = 0; left > 0; left--, k++) counts[order[k % order.length]!]!++;
  return counts;
}

/** Drops figures as long as the rest is refuted, and puts the refutation into words. */
async function refuted(
  evidence: Evidence,
  first: ShareRefutation,
  { proposer, isBrief }: { proposer: Proposer; isBrief: boolean },
): Promise<MatrixResult> {
  const deadline = deadlineIn(isBrief ? -1 : 2);
  let refutation = first;
  let kept = figuresOf(evidence, first);
  for (const figure of kept) {
    if (isPast(deadline)) break;
    const fewer = kept.filter((other) => other !== figure);
    const rows = rowsOf(withFigures(evidence, fewer));
    const variables = 3 * evidence.classes.length;
    const found = await solveShares(rows, { variables, proposer, seconds: PROGRAMME_SECONDS });
    if (found.status !== 'refuted') continue;
    refutation = found.refutation;
    kept = figuresOf(evidence, refutation);
  }
  const statement = describe(refutation);
  const found = certificate(kept, statement, 'irreducible');
  return { check: { ...ABOUT, verdict: 'impossible', detail: statement, certificates: [found] } };
}

function figuresOf(evidence: Evidence, refutation: ShareRefutation) {
  const used = new Set(refutation.rows.map(({ row }) => row.figure?.field));
  return evidence.figures.filter((figure) => used.has(figure.field));
}

/** The conditions with their weights, as a reader would add them up. */
function describe({ rows }: ShareRefutation): string {
  const heavy = [...rows].sort((a, b) => b.weight.abs().compare(a.weight.abs()));
  const term = ({ row, weight }: ShareRefutation['rows'][number]) =>
    `${Number(new Fraction(weight).abs().valueOf()).toPrecision(3)} x (${row.text})`;
  return `whatever the supports, these conditions contradict each other when added up: ${heavy.map(term).join(' + ')}`;
}
