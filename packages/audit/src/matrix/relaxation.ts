import type { Deadline } from './deadline';
import type { PairModel } from './pair-model';
import type { LinearProgramme, Proposal, Proposer } from './solver';
import type { Totals } from './totals';

/** How a sum is brought to the size of 1 for the solver. */
interface Scaling {
  readonly size: number;
}

/** Columns beyond which whole-number programmes are not tried. */
const MAX_WHOLE_COLUMNS = 6000;

function scalings(model: PairModel): Scaling[] {
  return model.targets.map((target, sum) => {
    let span = target.to < Number.MAX_SAFE_INTEGER ? target.to - target.from : 0;
    for (const { least, most } of model.classes) {
      span = Math.max(span, Math.max(...most[sum]!) - Math.min(...least[sum]!));
    }
    return { size: Math.max(1, span) };
  });
}

/**
 * The choice of one pair for each class as a linear programme: columns say how much of each pair is taken, rows that
 * the shares of a class add up to 1 and that the sums meet their targets; what a sum misses is the cost.
 */
function buildProgramme(model: PairModel, whole: boolean): LinearProgramme {
  const scale = scalings(model);
  const rows = [
    ...model.classes.map(() => ({ lower: 1, upper: 1 })),
    ...model.targets.map(({ from, to }, sum) => ({
      lower: from / scale[sum]!.size,
      upper: to >= Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : to / scale[sum]!.size,
    })),
  ];
  const sumRows = model.targets.map((_, sum) => model.classes.length + sum);
  const pairs = model.classes.flatMap((pairs, i) =>
    Array.from(pairs.truePositives, (_, pair) => ({
      cost: 0,
      upper: 1,
      whole,
      rows: [i, ...sumRows],
      factors: [
        1,
        ...pairs.least.map((least, sum) => (least[pair]! + pairs.most[sum]![pair]!) / 2 / scale[sum]!.size),
      ],
    })),
  );
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
export function columnsOf(model: PairModel): number {
  return model.classes.reduce((sum, { truePositives }) => sum + truePositives.length, 0);
}

/** What the relaxation found: multipliers that close the case, or a start for the search. */
export interface Relaxation {
  /** Whole multipliers of the sums by which no choice can meet all targets, checked exactly. */
  readonly multipliers?: readonly bigint[];
  /** True positives and predictions near which the figures are met. */
  readonly start?: Totals;
}

/** Solves the relaxation in which classes may mix their pairs. */
export async function relax(model: PairModel, proposer: Proposer, seconds: number): Promise<Relaxation> {
  const proposal = await proposer.solve(buildProgramme(model, false), seconds);
  if (!proposal) return {};
  const multipliers = wholeMultipliers(model, proposal);
  if (model.complete && refutes(model, multipliers)) return { multipliers };
  return { start: mixTotals(model, proposal.values) };
}

/** Lets the solver look for a choice of whole pairs; whoever asks must check it exactly. */
export async function proposeChoice(
  model: PairModel,
  proposer: Proposer,
  deadline: Deadline,
): Promise<Totals | undefined> {
  const seconds = (deadline - performance.now()) / 1000;
  if (columnsOf(model) > MAX_WHOLE_COLUMNS || seconds <= 0) return undefined;
  const proposal = await proposer.solve(buildProgramme(model, true), Math.min(seconds, 2));
  return proposal && mixTotals(model, proposal.values);
}

/** Multipliers of the sums (not of the scaled ones), as whole numbers. */
function wholeMultipliers(model: PairModel, { multipliers }: Proposal): bigint[] {
  return scalings(model).map(({ size }, sum) =>
    BigInt(Math.round((-multipliers[model.classes.length + sum]! * 2 ** 52) / size)),
  );
}

/**
 * Exact proof by aggregation: for multipliers y, every choice has sum_s y_s (sum s) >= sum over classes of the least
 * value of a pair, while the targets allow at most sum_s max(y_s from_s, y_s to_s). If the former exceeds the
 * latter, no choice meets the targets. Whole numbers throughout; rounding of the parts is taken on the safe side.
 */
export function refutes(model: PairModel, multipliers: readonly bigint[]): boolean {
  const { needed, allowed } = aggregate(model, multipliers);
  return allowed !== undefined && needed > allowed;
}

/** The proof in words: weights for the sums over the classes, and the two totals that contradict each other. */
export function describeRefutation(model: PairModel, multipliers: readonly bigint[]): string {
  const { needed, allowed } = aggregate(model, multipliers);
  const weights = multipliers.map((y, sum) => Number(y) * model.targets[sum]!.scale);
  const unit = Math.max(...weights.map(Math.abs));
  const terms = weights.flatMap((weight, sum) =>
    weight === 0 ? [] : [`${(weight / unit).toPrecision(4)} x (sum of ${model.targets[sum]!.name})`],
  );
  const show = (total: bigint) => (Number(total) / unit).toPrecision(9);
  return (
    `whatever whole numbers the classes have, ${terms.join(' + ')} is at least ${show(needed)}, ` +
    `but the printed sums allow at most ${show(allowed!)}`
  );
}

/** Least value that the weighted sums can have, and the largest that the targets allow; undefined if none. */
function aggregate(model: PairModel, multipliers: readonly bigint[]): { needed: bigint; allowed?: bigint } {
  let allowed = 0n;
  const needed = model.classes.reduce((total, _, i) => total + leastValue(model, i, multipliers), 0n);
  for (const [sum, { from, to }] of model.targets.entries()) {
    const y = multipliers[sum]!;
    if (y > 0n && to >= Number.MAX_SAFE_INTEGER) return { needed };
    allowed += y * BigInt(y > 0n ? to : from);
  }
  return { needed, allowed };
}

function leastValue(model: PairModel, index: number, multipliers: readonly bigint[]): bigint {
  const { truePositives, least, most } = model.classes[index]!;
  let best: bigint | undefined;
  for (let pair = 0; pair < truePositives.length; pair++) {
    let value = 0n;
    for (const [sum, y] of multipliers.entries()) {
      if (y !== 0n) value += y * BigInt((y > 0n ? least : most)[sum]![pair]!);
    }
    if (best === undefined || value < best) best = value;
  }
  return best!;
}

/** The mean t and p of each class's shares, rounded. */
function mixTotals(model: PairModel, values: Float64Array): Totals {
  let column = 0;
  const mean = model.classes.map(({ truePositives, predictions }) => {
    let [t, p] = [0, 0];
    truePositives.forEach((value, pair) => {
      const share = values[column++]!;
      t += share * value;
      p += share * predictions[pair]!;
    });
    return { t: Math.round(t), p: Math.round(p) };
  });
  return { truePositives: mean.map(({ t }) => t), predictions: mean.map(({ p }) => p) };
}
