import type { ClassTable } from './class-table';
import { type Deadline, isPast } from './deadline';
import type { MatrixProblem } from './problem';
import type { Tables } from './propagate';
import { randomIntegers } from './random';
import { contribution, missOf, type Sums, sumCount, sumWindows } from './sums';
import type { Totals } from './totals';

/** Shakes before the search gives up. */
const MAX_SHAKES = 2000;

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
  const random = randomIntegers(problem.n);
  const windows = sumWindows(problem, tables);
  const cost = (sums: Sums) => missOf(sums, windows, problem);
  const state = tables.classes.map((table, i) =>
    start ? nearestChoice(table, start, i) : startChoice(table, problem.supports[i]!, problem.n),
  );
  let sums = totalSums(problem, tables, state);
  for (let stuck = 0; stuck < MAX_SHAKES && !isPast(deadline); ) {
    const tight = tightClasses(problem, tables, state, sums);
    const current = cost(sums) + tightMiss(tight, problem.n - sums[1]!);
    if (current === 0) return readTotals(tables, state);
    const moves = state.flatMap((choice, i) =>
      listMoves(problem, tables.classes[i]!, { index: i, choice, sums }),
    );
    const best = bestMoves(moves, sums, { cost, tight, n: problem.n });
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

function totalSums(problem: MatrixProblem, tables: Tables, state: readonly Choice[]): Sums {
  const sums = new Float64Array(sumCount(problem));
  state.forEach(({ row, p }, i) => {
    const t = tables.classes[i]!.truePositives[row]!;
    contribution(problem, problem.supports[i]!, t, p).forEach((value, s) => {
      sums[s]! += value;
    });
  });
  return sums;
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
  const before = contribution(problem, support, table.truePositives[row]!, p);
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
    const delta = contribution(problem, support, table.truePositives[choice.row]!, choice.p);
    for (let s = 0; s < delta.length; s++) delta[s]! -= before[s]!;
    return { index: at.index, choice, delta };
  });
}

/** A class whose wrong answers, missed and claimed, are many beside all wrong answers. */
interface TightClass {
  readonly index: number;
  readonly wrong: number;
}

/** The classes that a change or two may bring over the room that n + p - 2t <= N - sum t leaves. */
function tightClasses(
  problem: MatrixProblem,
  tables: Tables,
  state: readonly Choice[],
  sums: Sums,
): TightClass[] {
  return state.flatMap(({ row, p }, index) => {
    const wrong = problem.supports[index]! + p - 2 * tables.classes[index]!.truePositives[row]!;
    return 2 * wrong > problem.n - sums[1]! ? [{ index, wrong }] : [];
  });
}

/** By how much classes exceed the room. */
function tightMiss(tight: readonly TightClass[], room: number, a?: Move, b?: Move): number {
  let cost = 0;
  for (const { index, wrong } of tight) {
    const own = (move?: Move) => (move?.index === index ? move.delta[0]! - 2 * move.delta[1]! : 0);
    cost += Math.log1p(Math.max(0, wrong + own(a) + own(b) - room));
  }
  return cost;
}

interface Scoring {
  readonly cost: (sums: Sums) => number;
  readonly tight: readonly TightClass[];
  readonly n: number;
}

function bestMoves(moves: readonly Move[], sums: Sums, { cost, tight, n }: Scoring) {
  let best: { moves: Move[]; cost: number } | undefined;
  const trial = new Float64Array(sums.length);
  const consider = (a: Move, b?: Move) => {
    for (let s = 0; s < trial.length; s++) trial[s] = sums[s]! + a.delta[s]! + (b ? b.delta[s]! : 0);
    const value = cost(trial) + (tight.length ? tightMiss(tight, n - trial[1]!, a, b) : 0);
    if (!best || value < best.cost) best = { moves: b ? [a, b] : [a], cost: value };
  };
  moves.forEach((a, i) => {
    consider(a);
    for (let j = i + 1; j < moves.length; j++) if (moves[j]!.index !== a.index) consider(a, moves[j]!);
  });
  return best;
}

/** Changes two or three classes by small random steps, so that the next descent ends elsewhere. */
function shake(state: Choice[], tables: Tables, random: (bound: number) => number): void {
  for (let changes = 2 + random(2); changes > 0; changes--) {
    const i = random(state.length);
    const table = tables.classes[i]!;
    const reach = 1 + random(16);
    const row = clamp(state[i]!.row + random(2 * reach + 1) - reach, 0, table.truePositives.length - 1);
    const p = state[i]!.p + random(4 * reach + 1) - 2 * reach;
    state[i] = { row, p: clamp(p, table.fewest[row]!, table.most[row]!) };
  }
}

function readTotals(tables: Tables, state: readonly Choice[]): Totals {
  return {
    truePositives: state.map(({ row }, i) => tables.classes[i]!.truePositives[row]!),
    predictions: state.map(({ p }) => p),
  };
}
