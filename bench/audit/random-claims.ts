import type { Claim } from '@ferlab/audit';
import { measures } from '../../packages/audit/src/matrix/witness';
import { Fraction } from '../../packages/audit/src/numbers/fraction';
import type { Rounding } from '../../packages/audit/src/numbers/interval';
import type { RandomStream } from '../../src/random';

export type Matrix = number[][];

/** A random classifier on a random set: at least one item of each class. */
export function randomMatrix(random: RandomStream, classes: number, items: number): Matrix {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const weights = matrix.map(() => 0.03 + random.uniform() ** 2);
  const total = weights.reduce((a, b) => a + b);
  const skill = random.uniform();
  const favourites = matrix.map(() => random.integer(classes));
  for (let item = 0; item < items; item++) {
    const label = item < classes ? item : pick(weights, random.uniform() * total);
    const guess = random.uniform() < 0.5 ? favourites[label]! : random.integer(classes);
    matrix[label]![random.uniform() < skill ? label : guess]!++;
  }
  return matrix;
}

/** Index of the weight in which a point of the summed weights lies. */
function pick(weights: readonly number[], point: number): number {
  let left = point;
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left <= 0) return index;
  }
  return weights.length - 1;
}

/** A whole number from `from` to `to`, every order of magnitude equally likely. */
export function logUniform(random: RandomStream, from: number, to: number): number {
  return Math.min(to, Math.round(from * Math.exp(random.uniform() * Math.log(to / from))));
}

/** Prints a number exactly: `decimals` of them, shortened as told; ties of `nearest` go up or to even at random. */
export function print(value: Fraction, decimals: number, rounding: Rounding, random: RandomStream): string {
  const scaled = value.mul(10 ** decimals);
  const floor = scaled.floor();
  const rest = scaled.sub(floor);
  const order = rest.compare(new Fraction(1, 2));
  const tieUp = random.uniform() < 0.5 || floor.n % 2n === 1n;
  const up = rounding === 'up' ? rest.gt(0) : rounding === 'nearest' && (order > 0 || (order === 0 && tieUp));
  const digits = (up ? floor.n + 1n : floor.n).toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Means over one or more matrices. */
export interface AverageMeasures {
  readonly accuracy: Fraction;
  readonly classes: readonly Record<'recall' | 'precision' | 'f1' | 'ovr', Fraction>[];
  readonly macro: Record<'precision' | 'recall' | 'f1', Fraction>;
  readonly f1OfMeans: Fraction;
  readonly weighted: Record<'precision' | 'recall' | 'f1', Fraction>;
}

/** Every measure of a matrix, or the mean of it over several. */
export function averageMeasures(matrices: readonly Matrix[]): AverageMeasures {
  const all = matrices.map((matrix) => {
    const supports = matrix.map((row) => row.reduce((a, b) => a + b));
    const truePositives = matrix.map((row, i) => row[i]!);
    const predictions = matrix.map((_, j) => matrix.reduce((sum, row) => sum + row[j]!, 0));
    return measures(supports, { truePositives, predictions });
  });
  type Measured = (typeof all)[number];
  const mean = (of: (one: Measured) => Fraction) =>
    all.reduce((sum, one) => sum.add(of(one)), new Fraction(0)).div(all.length);
  return {
    accuracy: mean((one) => one.accuracy),
    classes: all[0]!.classes.map((_, i) => ({
      recall: mean((one) => one.classes[i]!.recall),
      precision: mean((one) => one.classes[i]!.precision),
      f1: mean((one) => one.classes[i]!.f1),
      ovr: mean((one) => one.classes[i]!.ovr),
    })),
    macro: {
      precision: mean((one) => one.means.macroPrecision),
      recall: mean((one) => one.means.macroRecall),
      f1: mean((one) => one.means.macroF1),
    },
    f1OfMeans: mean((one) => one.means.f1OfMeans),
    weighted: {
      precision: mean((one) => one.means.weightedPrecision),
      recall: mean((one) => one.accuracy),
      f1: mean((one) => one.means.weightedF1),
    },
  };
}

export interface HonestOptions {
  readonly decimals: number;
  readonly rounding: Rounding;
  readonly random: RandomStream;
}

/** Everything that can be printed of a matrix (or of the mean over several), honestly. */
export function honestClaim(matrices: readonly Matrix[], { decimals, rounding, random }: HonestOptions) {
  const measured = averageMeasures(matrices);
  const figure = (value: Fraction) => print(value, decimals, rounding, random);
  const names = measured.classes.map((_, i) => `c${i}`);
  const byClass = (metric: 'recall' | 'precision' | 'f1' | 'ovr') =>
    Object.fromEntries(names.map((name, i) => [name, figure(measured.classes[i]![metric])]));
  const each = (table: Record<'precision' | 'recall' | 'f1', Fraction>) => ({
    precision: figure(table.precision),
    recall: figure(table.recall),
    f1: figure(table.f1),
  });
  const supports = matrices[0]!.map((row) => row.reduce((a, b) => a + b));
  return {
    title: 'random',
    classes: names,
    n: supports.reduce((a, b) => a + b),
    supports: Object.fromEntries(names.map((name, i) => [name, supports[i]!])),
    rounding,
    accuracy: figure(measured.accuracy),
    perClass: { recall: byClass('recall'), precision: byClass('precision'), f1: byClass('f1') },
    means: { macro: each(measured.macro), weighted: each(measured.weighted) },
    oneVersusRest: byClass('ovr'),
    f1OfMeans: figure(measured.f1OfMeans),
  } satisfies Claim & { oneVersusRest: object; f1OfMeans: string };
}

/** The claim as the auditor reads it. */
export function toClaim({
  oneVersusRest: _,
  f1OfMeans: __,
  ...claim
}: ReturnType<typeof honestClaim>): Claim {
  return claim;
}

/** The figure one unit of its last decimal up or down, within 0 and 1. */
export function moveFigure(text: string, random: RandomStream): string {
  const decimals = text.length - text.indexOf('.') - 1;
  const value = BigInt(text.replace('.', ''));
  const top = 10n ** BigInt(decimals);
  const step = value === 0n ? 1n : value >= top ? -1n : random.uniform() < 0.5 ? 1n : -1n;
  const digits = (value + step).toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
