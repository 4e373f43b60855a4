import { randomStream } from '../../random';
import { sum } from '../evidence';
import type { Interval } from '../interval';
import type { ClassTable } from './class-table';
import { type Deadline, isPast } from './deadline';
import type { MatrixProblem } from './problem';
import type { Tables } from './propagate';
import type { Totals } from './witness';

/** Shakes before the search gives up. */
const MAX_SHAKES = 2000;

/** Sums over the classes: p, t, recall, precision, F1, support * precision, support * F1. */
type Sums = Float64Array;
const SUMS = 7;

/** How far a sum may range, and the unit in which a miss is counted. */
interface Window {
  readonly lo: number;
  readonly hi: number;
  readonly unit: number;
}

interface Choice {
  row: number;
  p: number;
}

interface Move {
  readonly index: number;
  readonly choice: Choice;
  readonly delta: Sums;
}

/**
 * Looks for true positives and predictions that meet every figure: steepest descent on the misses over all single
 * changes and pairs of changes, shaken when it is stuck. Floating point only proposes here; whoever asks must check
 * the proposal exactly.
 */
export function searchTotals(
  problem: MatrixProblem,
  tables: Tables,
  { deadline, start }: { deadline: Deadline; start?: Totals },
): Totals | undefined {
  const random = randomStream(1, 'audit', problem.n);
  const windows = sumWindows(problem, tables);
  const cost = (sums: Sums) => missOf(sums, windows, problem);
  const state = tables.classes.map((table, i) =>
    start ? nearestChoice(table, start, i) : startChoice(table, problem.supports[i]!, problem.n),
  );
  let sums = totalSums(problem, tables, state);
  for (let stuck = 0; stuck < MAX_SHAKES && !isPast(deadline); ) {
    const current = cost(sums) + roomMiss(problem, tables, state);
    if (current === 0) return readTotals(tables, state);
    const moves = state.flatMap((choice, i) =>
      listMoves(problem, tables.classes[i]!, { index: i, choice, sums }),
    );
    const best = bestMoves(moves, sums, cost);
    if (best && best.cost < current - 1e-12) {
      for (const move of best.moves) state[move.index] = move.choice;
    } else {
      stuck++;
      shake(state, tables, random);
    }
    sums = totalSums(problem, tables, state);
  }
  return undefined;
}

function contribution(support: number, t: number, p: number): Sums {
  const precision = p === 0 ? 0 : t / p;
  const f1 = support + p === 0 ? 0 : (2 * t) / (support + p);
  return Float64Array.of(
    p,
    t,
    support === 0 ? 0 : t / support,
    precision,
    f1,
    support * precision,
    support * f1,
  );
}

function totalSums(problem: MatrixProblem, tables: Tables, state: readonly Choice[]): Sums {
  const sums = new Float64Array(SUMS);
  state.forEach(({ row, p }, i) => {
    contribution(problem.supports[i]!, tables.classes[i]!.truePositives[row]!, p).forEach((value, s) => {
      sums[s]! += value;
    });
  });
  return sums;
}

function sumWindows(problem: MatrixProblem, tables: Tables): (Window | undefined)[] {
  const { n, means } = problem;
  const count = problem.supports.length;
  const window = (interval: Interval | undefined, scale: number): Window | undefined => {
    if (!interval) return undefined;
    const [lo, hi] = [Number(interval.lo.valueOf()) * scale, Number(interval.hi.valueOf()) * scale];
    // Aim slightly inside, so that a proposal survives the exact check.
    const margin = Math.min((hi - lo) / 50, 1e-9 * scale);
    return { lo: lo + margin, hi: hi - margin, unit: Math.max(hi - lo, scale / n / 4) };
  };
  return [
    { lo: n, hi: n, unit: 1 },
    { lo: tables.correct.from, hi: tables.correct.to, unit: 1 },
    window(means.macroRecall, count),
    window(means.macroPrecision, count),
    window(means.macroF1, count),
    window(means.weightedPrecision, n),
    window(means.weightedF1, n),
  ];
}

function miss(value: number, { lo, hi, unit }: Window): number {
  return value < lo ? (lo - value) / unit : value > hi ? (value - hi) / unit : 0;
}

function missOf(sums: Sums, windows: readonly (Window | undefined)[], problem: MatrixProblem): number {
  let cost = 0;
  for (let s = 0; s < SUMS; s++) {
    const window = windows[s];
    if (window) cost += Math.log1p(miss(sums[s]!, window));
  }
  const target = problem.means.f1OfMeans;
  if (!target) return cost;
  const [recall, precision] = [sums[2]!, sums[3]!];
  const f1 =
    recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision) / problem.supports.length;
  const [lo, hi] = [Number(target.lo.valueOf()) + 1e-12, Number(target.hi.valueOf()) - 1e-12];
  return cost + Math.log1p(miss(f1, { lo, hi, unit: Math.max(hi - lo, 0.25 / problem.n) }));
}

/** By how much classes exceed the room that the wrong answers leave. */
function roomMiss(problem: MatrixProblem, tables: Tables, state: readonly Choice[]): number {
  const t = state.map(({ row }, i) => tables.classes[i]!.truePositives[row]!);
  const wrong = problem.n - sum(t);
  return sum(state.map(({ p }, i) => Math.max(0, problem.supports[i]! + p - 2 * t[i]! - wrong)));
}

/** Starts where precision equals recall, as near as the table allows. */
function startChoice(table: ClassTable, support: number, n: number): Choice {
  const row = table.truePositives.length >> 1;
  const middle = (table.fewest[row]! + table.most[row]!) / 2;
  const wide = table.most[row]! - table.fewest[row]! > n / 4;
  return { row, p: clamp(Math.round(wide ? support : middle), table.fewest[row]!, table.most[row]!) };
}

/** The pair of the table next to a proposal. */
function nearestChoice(table: ClassTable, start: Totals, i: number): Choice {
  const distance = (row: number) => Math.abs(table.truePositives[row]! - start.truePositives[i]!);
  const row = table.truePositives.reduce(
    (best, _, index) => (distance(index) < distance(best) ? index : best),
    0,
  );
  return { row, p: clamp(start.predictions[i]!, table.fewest[row]!, table.most[row]!) };
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, value));
}

/** Steps of 1, 4, 16 and so on in both directions, as far as they fit into `span`. */
function steps(span: number): number[] {
  const found: number[] = [];
  for (let step = 1; step <= Math.max(1, span); step *= 4) found.push(step, -step);
  return found;
}

function listMoves(
  problem: MatrixProblem,
  table: ClassTable,
  at: { index: number; choice: Choice; sums: Sums },
): Move[] {
  const { row, p } = at.choice;
  const support = problem.supports[at.index]!;
  const before = contribution(support, table.truePositives[row]!, p);
  const candidates: Choice[] = [];
  for (const step of steps(table.truePositives.length)) {
    const next = clamp(row + step, 0, table.truePositives.length - 1);
    if (next !== row) candidates.push({ row: next, p: clamp(p, table.fewest[next]!, table.most[next]!) });
  }
  for (const step of [...steps(table.most[row]! - table.fewest[row]!), problem.n - at.sums[0]!]) {
    const next = clamp(p + step, table.fewest[row]!, table.most[row]!);
    if (next !== p) candidates.push({ row, p: next });
  }
  return candidates.map((choice) => {
    const delta = contribution(support, table.truePositives[choice.row]!, choice.p);
    for (let s = 0; s < SUMS; s++) delta[s]! -= before[s]!;
    return { index: at.index, choice, delta };
  });
}

function bestMoves(moves: readonly Move[], sums: Sums, cost: (sums: Sums) => number) {
  let best: { moves: Move[]; cost: number } | undefined;
  const trial = new Float64Array(SUMS);
  const consider = (a: Move, b?: Move) => {
    for (let s = 0; s < SUMS; s++) trial[s] = sums[s]! + a.delta[s]! + (b ? b.delta[s]! : 0);
    const value = cost(trial);
    if (!best || value < best.cost) best = { moves: b ? [a, b] : [a], cost: value };
  };
  moves.forEach((a, i) => {
    consider(a);
    for (let j = i + 1; j < moves.length; j++) if (moves[j]!.index !== a.index) consider(a, moves[j]!);
  });
  return best;
}

/** Changes two or three classes by small random steps, so that the next descent ends elsewhere. */
function shake(state: Choice[], tables: Tables, random: { integer(bound: number): number }): void {
  for (let changes = 2 + random.integer(2); changes > 0; changes--) {
    const i = random.integer(state.length);
    const table = tables.classes[i]!;
    const reach = 1 + random.integer(16);
    const row = clamp(state[i]!.row + random.integer(2 * reach + 1) - reach, 0, table.truePositives.length - 1);
    const p = state[i]!.p + random.integer(4 * reach + 1) - 2 * reach;
    state[i] = { row, p: clamp(p, table.fewest[row]!, table.most[row]!) };
  }
}

function readTotals(tables: Tables, state: readonly Choice[]): Totals {
  return {
    truePositives: state.map(({ row }, i) => tables.classes[i]!.truePositives[row]!),
    predictions: state.map(({ p }) => p),
  };
}
