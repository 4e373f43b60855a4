import { type Deadline, isPast } from './deadline';
import type { ClassPairs, PairModel } from './pair-model';
import { type Multipliers, refutes, weightedValues } from './refutation';
import type { LinearProgramme, Proposal, Proposer } from './solver';
import type { Totals } from './totals';

/** For each class, the numbers of the pairs that stand in a programme. */
type Columns = readonly (readonly number[])[];

/** Columns beyond which whole-number programmes are not tried. */
const MAX_WHOLE_COLUMNS = 6000;

/** Pairs of each class that a relaxation starts with. */
const FIRST_COLUMNS = 8;

/** Most times that pairs are added to a relaxation. */
const MAX_ROUNDS = 40;

/** By how much a pair must lower the cost for it to be added. */
const LEAST_GAIN = 1e-7;

/** By what each sum is divided, so that the solver sees numbers of the size of 1. */
function sizesOf({ classes, targets }: PairModel): number[] {
  return targets.map(({ from, to }, sum) => {
    let size = Math.max(1, to < Number.MAX_SAFE_INTEGER ? to - from : 0);
    for (const { least, most } of classes) {
      let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const value of least[sum]!) if (value < lo) lo = value;
      for (const value of most[sum]!) if (value > hi) hi = value;
      size = Math.max(size, hi - lo);
    }
    return size;
  });
}

/**
 * The choice of one pair for each class as a linear programme: columns say how much of each pair is taken, rows that
 * the shares of a class add up to 1 and that the sums meet their targets; what a sum misses is the cost.
 */
function buildProgramme(
  { classes, targets }: PairModel,
  { columns, sizes, whole }: { columns: Columns; sizes: readonly number[]; whole: boolean },
): LinearProgramme {
  const rows = [
    ...classes.map(() => ({ lower: 1, upper: 1 })),
    ...targets.map(({ from, to }, sum) => ({
      lower: from / sizes[sum]!,
      upper: to >= Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : to / sizes[sum]!,
    })),
  ];
  const sumRows = targets.map((_, sum) => classes.length + sum);
  const pairs = columns.flatMap((chosen, i) => {
    const { least, most } = classes[i]!;
    const part = (sum: number, pair: number) => (least[sum]![pair]! + most[sum]![pair]!) / 2 / sizes[sum]!;
    return chosen.map((pair) => ({
      cost: 0,
      upper: 1,
      whole,
      rows: [i, ...sumRows],
      factors: [1, ...targets.map((_, sum) => part(sum, pair))],
    }));
  });
  const misses = sumRows.flatMap((row) =>
    [1, -1].map((sign) => ({
      cost: 1,
      upper: Number.POSITIVE_INFINITY,
      whole: false,
      rows: [row],
      factors: [sign],
    })),
  );
  return { rows, columns: [...pairs, ...misses] };
}

/** Number of pairs of all classes. */
function pairsOf(model: PairModel): number {
  return model.classes.reduce((sum, { truePositives }) => sum + truePositives.length, 0);
}

/** What the relaxation found: multipliers that close the case, or a start for the search. */
export interface Relaxation {
  /** Whole multipliers of the sums by which no choice can meet all targets, checked exactly. */
  readonly multipliers?: Multipliers;
  /** True positives and predictions near which the figures are met. */
  readonly start?: Totals;
}

/**
 * Solves the relaxation in which classes may mix their pairs. It begins with a few pairs of each class; those that lower the
 * cost most under the multipliers found are added until none does (Dantzig and Wolfe 1960).
 */
export async function relax(model: PairModel, proposer: Proposer, deadline: Deadline): Promise<Relaxation> {
  const sizes = sizesOf(model);
  let columns: Columns = model.classes.map(({ truePositives }) =>
    spread(truePositives.length, FIRST_COLUMNS),
  );
  for (let round = 1; ; round++) {
    const programme = buildProgramme(model, { columns, sizes, whole: false });
    const proposal = await proposer.solve(programme, (deadline - performance.now()) / 1000);
    if (!proposal) return {};
    const weights = sizes.map((size, sum) => -proposal.multipliers[model.classes.length + sum]! / size);
    const multipliers = wholeMultipliers(weights, sizes);
    const values = model.classes.map((pairs) => weightedValues(pairs, weights).values);
    if (mayRefute(model, weights, values) && refutes(model, multipliers)) return { multipliers };
    const more = columns.map((chosen, i) => [...chosen, ...cheaperThan(chosen, values[i]!)]);
    const isDone = more.every((chosen, i) => chosen.length === columns[i]!.length);
    if (isDone || round === MAX_ROUNDS || isPast(deadline))
      return { start: mixTotals(model, columns, proposal) };
    columns = more;
  }
}

/** Evenly spread numbers below `count`, both ends included, at most `limit` of them. */
function spread(count: number, limit: number): number[] {
  const chosen = Math.min(count, limit);
  return Array.from({ length: chosen }, (_, i) =>
    chosen === 1 ? 0 : Math.round((i * (count - 1)) / (chosen - 1)),
  );
}

/** Whether floating point lets the multipliers refute the model; whole numbers must confirm it. */
function mayRefute(
  { targets }: PairModel,
  weights: readonly number[],
  values: readonly Float64Array[],
): boolean {
  let gap = values.reduce((sum, ofClass) => sum + ofClass.reduce((a, b) => Math.min(a, b)), 0);
  for (const [sum, { from, to }] of targets.entries()) {
    const weight = weights[sum]!;
    gap -= weight > 0 ? weight * to : weight * from;
  }
  return gap > 0;
}

/** Parts into which the pairs of a class are divided; each may add its cheapest pair. */
const PARTS = 4;

/** Pairs that are cheaper than all the chosen ones. */
function cheaperThan(chosen: readonly number[], values: Float64Array): number[] {
  const limit =
    chosen.reduce((least, pair) => Math.min(least, values[pair]!), Number.POSITIVE_INFINITY) - LEAST_GAIN;
  const length = Math.ceil(values.length / PARTS);
  return Array.from({ length: PARTS }, (_, part) => {
    let best = -1;
    for (let pair = part * length; pair < Math.min(values.length, (part + 1) * length); pair++) {
      if (values[pair]! < (best < 0 ? limit : values[best]!)) best = pair;
    }
    return best;
  }).filter((pair) => pair >= 0);
}

/** Lets the solver look for a choice of whole pairs; whoever asks must check it exactly. */
export async function proposeChoice(
  model: PairModel,
  proposer: Proposer,
  deadline: Deadline,
): Promise<Totals | undefined> {
  const seconds = (deadline - performance.now()) / 1000;
  if (pairsOf(model) > MAX_WHOLE_COLUMNS || seconds <= 0) return undefined;
  const columns = model.classes.map(({ truePositives }) => Array.from(truePositives.keys()));
  const programme = buildProgramme(model, { columns, sizes: sizesOf(model), whole: true });
  const proposal = await proposer.solve(programme, Math.min(seconds, 2));
  return proposal && mixTotals(model, columns, proposal);
}

/** Multipliers as whole numbers, of one unit that is small beside the least of them. */
function wholeMultipliers(weights: readonly number[], sizes: readonly number[]): bigint[] {
  const unit = 2 ** 52 * Math.max(...sizes);
  return weights.map((weight) => BigInt(Math.round(weight * unit)));
}

/** The mean t and p of each class's shares, rounded. */
function mixTotals({ classes }: PairModel, columns: Columns, { values }: Proposal): Totals {
  let column = 0;
  const mean = classes.map(({ truePositives, predictions }: ClassPairs, i) => {
    let [t, p] = [0, 0];
    for (const pair of columns[i]!) {
      const share = values[column++]!;
      t += share * truePositives[pair]!;
      p += share * predictions[pair]!;
    }
    return { t: Math.round(t), p: Math.round(p) };
  });
  return { truePositives: mean.map(({ t }) => t), predictions: mean.map(({ p }) => p) };
}
