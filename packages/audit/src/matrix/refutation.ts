import type { ClassPairs, PairModel } from './pair-model';

/** Whole multipliers of the sums of a model, in their order. */
export type Multipliers = readonly bigint[];

/**
 * Exact proof by aggregation: for multipliers y, every choice has sum_s y_s (sum s) >= sum over classes of the least
 * value of a pair, while the targets allow at most sum_s max(y_s from_s, y_s to_s). If the former exceeds the
 * latter, no choice meets the targets. Whole numbers throughout; rounding of the parts is taken on the safe side.
 */
export function refutes(model: PairModel, multipliers: Multipliers): boolean {
  if (!model.complete) return false;
  const { needed, allowed } = aggregate(model, multipliers);
  return allowed !== undefined && needed > allowed;
}

/** The proof in words: weights for the sums over the classes, and the two totals that contradict each other. */
export function describeRefutation(model: PairModel, multipliers: Multipliers): string {
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

/** Multipliers that may refute another model, too: by the names of the sums, so many as it has. */
export type NamedMultipliers = ReadonlyMap<string, bigint>;

export function nameMultipliers({ targets }: PairModel, multipliers: Multipliers): NamedMultipliers {
  return new Map(targets.map(({ name, scale }, sum) => [`${name} ${scale}`, multipliers[sum]!]));
}

/** The named multipliers in the order of a model's sums. */
export function multipliersFor({ targets }: PairModel, named: NamedMultipliers): Multipliers {
  return targets.map(({ name, scale }) => named.get(`${name} ${scale}`) ?? 0n);
}

/** Least value that the weighted sums can have, and the largest that the targets allow; undefined if none. */
function aggregate(model: PairModel, multipliers: Multipliers): { needed: bigint; allowed?: bigint } {
  let allowed = 0n;
  const needed = model.classes.reduce((total, pairs) => total + leastValue(pairs, multipliers), 0n);
  for (const [sum, { from, to }] of model.targets.entries()) {
    const y = multipliers[sum]!;
    if (y > 0n && to >= Number.MAX_SAFE_INTEGER) return { needed };
    allowed += y * BigInt(y > 0n ? to : from);
  }
  return { needed, allowed };
}

/** Relative error of a weighted sum in floating point, with room to spare. */
const FLOAT_ERROR = 2 ** -44;

/** The least weighted value of a pair: floating point tells which pairs may have it, whole numbers decide. */
function leastValue(pairs: ClassPairs, multipliers: Multipliers): bigint {
  const { values, size } = weightedValues(pairs, multipliers.map(Number));
  let smallest = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < smallest) smallest = value;
  const limit = smallest + size * FLOAT_ERROR;
  let best: bigint | undefined;
  for (let pair = 0; pair < values.length; pair++) {
    if (values[pair]! > limit) continue;
    const value = exactValue(pairs, pair, multipliers);
    if (best === undefined || value < best) best = value;
  }
  return best!;
}

function exactValue({ least, most }: ClassPairs, pair: number, multipliers: Multipliers): bigint {
  let value = 0n;
  for (const [sum, y] of multipliers.entries()) {
    if (y !== 0n) value += y * BigInt((y > 0n ? least : most)[sum]![pair]!);
  }
  return value;
}

/** The weighted value of each pair in floating point, at the end of each part that makes it smaller, and the size of its terms. */
export function weightedValues(
  { least, most, truePositives }: ClassPairs,
  weights: readonly number[],
): { values: Float64Array; size: number } {
  const values = new Float64Array(truePositives.length);
  let size = 0;
  for (const [sum, weight] of weights.entries()) {
    if (weight === 0) continue;
    const parts = (weight > 0 ? least : most)[sum]!;
    let largest = 0;
    for (let pair = 0; pair < values.length; pair++) {
      const term = weight * parts[pair]!;
      values[pair]! += term;
      largest = Math.max(largest, Math.abs(term));
    }
    size += largest;
  }
  return { values, size };
}
