import type { LinearProgramme, Proposal, Proposer } from '../matrix/solver';
import { Fraction } from '../numbers/fraction';
import { ONE, ZERO } from '../numbers/interval';
import type { ShareRow } from './row';

/** Rows with weights by which the figures can't all hold, whatever the supports. */
export interface ShareRefutation {
  readonly rows: readonly { readonly row: ShareRow; readonly weight: Fraction }[];
}

export type ShareSolution =
  | { readonly status: 'refuted'; readonly refutation: ShareRefutation }
  | { readonly status: 'proposed'; readonly shares: Float64Array }
  | { readonly status: 'open' };

/** How far shares must keep from the ends where they can, so that rounding them to whole items does no harm. */
const MARGINS = [
  /** parts of an interval's width, and the least share of a class, in parts of an equal share */
  { inset: 0.3, floor: 0.5 },
  { inset: 0.1, floor: 0.1 },
  { inset: 0.05, floor: 0.01 },
] as const;

/** Weights that differ from 0 by less are taken as 0. */
const TINY_WEIGHT = 1e-8;

/**
 * Finds shares that meet all rows, or weights that refute them; the refutation is checked exactly.
 * @param rowsOf the rows when figures keep off the ends of their intervals by a part of their width
 */
export async function solveShares(
  rowsOf: (inset: number) => readonly ShareRow[],
  options: { variables: number; proposer: Proposer; seconds: number },
): Promise<ShareSolution> {
  const { proposer, seconds, variables } = options;
  const rows = rowsOf(0);
  const proposal = await proposer.solve(buildProgramme(rows, variables, 0), seconds);
  if (!proposal) return { status: 'open' };
  if (isMet(proposal)) {
    for (const { inset, floor } of MARGINS) {
      const inside = await proposer.solve(buildProgramme(rowsOf(inset), variables, floor), seconds);
      if (inside && isMet(inside)) return { status: 'proposed', shares: inside.values.slice(0, variables) };
    }
    return { status: 'proposed', shares: proposal.values.slice(0, variables) };
  }
  const weights = rows.map((row, i) => exactWeight(row, -proposal.multipliers[i]!));
  if (!refutesShares(rows, weights, options.variables)) return { status: 'open' };
  const used = rows.map((row, i) => ({ row, weight: weights[i]! })).filter(({ weight }) => !weight.equals(0));
  return { status: 'refuted', refutation: { rows: used } };
}

function isMet({ objective }: Proposal): boolean {
  return objective < 1e-9;
}

/** The weight as a fraction; 0 where it is but noise, or would need an end that the row has not. */
function exactWeight({ lo, hi }: ShareRow, weight: number): Fraction {
  const noise = Math.abs(weight) < TINY_WEIGHT || (weight > 0 ? hi : lo) === null;
  return noise ? ZERO : new Fraction(BigInt(Math.round(weight * 2 ** 40)), 2n ** 40n);
}

function buildProgramme(rows: readonly ShareRow[], variables: number, floor: number): LinearProgramme {
  const value = (end: Fraction | null, none: number) => (end === null ? none : Number(end.valueOf()));
  const bounds = rows.map(({ lo, hi, isSupport }) => {
    const [lower, upper] = [value(lo, Number.NEGATIVE_INFINITY), value(hi, Number.POSITIVE_INFINITY)];
    const least = isSupport ? Math.min((3 * floor) / variables, upper) : lower;
    return { lower: Math.max(lower, least), upper };
  });
  const columns = Array.from({ length: variables }, (_, variable) => {
    const used = rows.flatMap((row, index) => (row.weights.has(variable) ? [index] : []));
    const factors = used.map((index) => Number(rows[index]!.weights.get(variable)!.valueOf()));
    return { cost: 0, upper: 1, whole: false, rows: used, factors };
  });
  const misses = rows.flatMap((_, index) =>
    [1, -1].map((sign) => ({
      cost: 1,
      upper: Number.POSITIVE_INFINITY,
      whole: false,
      rows: [index],
      factors: [sign],
    })),
  );
  return { rows: bounds, columns: [...columns, ...misses] };
}

/**
 * Exact check (Farkas): with weights y, the sum of y times the rows is at least the sum of the negative weights of its
 * variables, as these lie in [0, 1]; the rows allow at most sum max(y lo, y hi). If the former exceeds the latter,
 * no shares meet all rows.
 */
export function refutesShares(
  rows: readonly ShareRow[],
  weights: readonly Fraction[],
  variables: number,
): boolean {
  let allowed = ZERO;
  const total = Array.from({ length: variables }, () => ZERO);
  for (const [i, row] of rows.entries()) {
    const y = weights[i]!;
    if (y.equals(0)) continue;
    const end = y.gt(0) ? row.hi : row.lo;
    if (end === null) return false;
    allowed = allowed.add(y.mul(end));
    for (const [variable, weight] of row.weights) total[variable] = total[variable]!.add(weight.mul(y));
  }
  const least = total.reduce((sum, weight) => (weight.lt(0) ? sum.add(weight.mul(ONE)) : sum), ZERO);
  return least.gt(allowed);
}
