import type { CountRange } from '../numbers/interval';
import { type Deadline, isPast } from './deadline';
import type { Tables } from './propagate';

/** Disjoint, ascending ranges of whole numbers. */
type Ranges = CountRange[];

/** For each number of correct answers so far, the sums of predictions that the classes so far can have. */
type Layer = Map<number, Ranges>;

/** Most elementary steps before the exact search gives up. */
const MAX_STEPS = 40_000_000;

/** About how many elementary steps `solveLinear` takes. */
export function linearSteps(tables: Tables): number {
  let [sums, steps] = [1, 0];
  for (const { truePositives } of tables.classes) {
    steps += sums * truePositives.length;
    sums += truePositives.at(-1)! - truePositives[0]!;
  }
  return steps;
}

/**
 * Decides exactly whether every class can have a (t, p) of its table with sum p = n and sum t in range, by dynamic
 * programming over the sum of t; for a fixed sum of t the reachable sums of p are kept as ranges.
 *
 * It leaves out means over the classes and the room condition for sums of t above the least.
 * @returns the chosen pairs, `none` when there are none, `unfinished` when that would take too long
 */
export function solveLinear(
  tables: Tables,
  n: number,
  deadline: Deadline,
): { truePositives: number[]; predictions: number[] } | 'none' | 'unfinished' {
  const layers: Layer[] = [new Map([[0, [{ from: 0, to: 0 }]]])];
  let steps = 0;
  for (const table of tables.classes) {
    const next: Layer = new Map();
    for (const [sum, ranges] of layers.at(-1)!) {
      steps += table.truePositives.length * ranges.length;
      if (steps > MAX_STEPS || isPast(deadline)) return 'unfinished';
      table.truePositives.forEach((t, row) => {
        if (sum + t > tables.correct.to) return;
        const shifted = ranges.map(({ from, to }) => ({
          from: from + table.fewest[row]!,
          to: to + table.most[row]!,
        }));
        const known = next.get(sum + t);
        next.set(sum + t, known ? merge([...known, ...shifted], n) : shifted);
      });
    }
    layers.push(next);
  }
  const goal = [...layers.at(-1)!.keys()].find(
    (sum) => sum >= tables.correct.from && holds(layers.at(-1)!.get(sum)!, n),
  );
  return goal === undefined ? 'none' : traceBack(layers, tables, goal, n);
}

function holds(ranges: Ranges, value: number): boolean {
  return ranges.some(({ from, to }) => from <= value && value <= to);
}

/** Sorts and joins ranges; what exceeds n is of no use. */
function merge(ranges: Ranges, n: number): Ranges {
  const sorted = ranges.filter(({ from }) => from <= n).sort((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else joined.push({ ...range });
  }
  return joined;
}

/** Picks the pairs from the last class to the first. */
function traceBack(layers: readonly Layer[], tables: Tables, goal: number, n: number) {
  const truePositives: number[] = [];
  const predictions: number[] = [];
  let [t, p] = [goal, n];
  for (let i = tables.classes.length - 1; i >= 0; i--) {
    const { truePositives: options, fewest, most } = tables.classes[i]!;
    const before = layers[i]!;
    search: for (let row = 0; row < options.length; row++) {
      for (const range of before.get(t - options[row]!) ?? []) {
        const least = Math.max(fewest[row]!, p - range.to);
        if (least > Math.min(most[row]!, p - range.from)) continue;
        truePositives.unshift(options[row]!);
        predictions.unshift(least);
        break search;
      }
    }
    t -= truePositives[0]!;
    p -= predictions[0]!;
  }
  return { truePositives, predictions };
}
