import type { Claim } from '@ferlab/audit';
import type { Rounding } from '../../packages/audit/src/numbers/interval';
import type { RandomStream } from '../../src/random';
import {
  average,
  type Conventions,
  type ExactMeasures,
  type Metric,
  measureExactly,
  type Ratio,
} from './exact';

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
export function print(
  [top, bottom]: Ratio,
  decimals: number,
  rounding: Rounding,
  random: RandomStream,
): string {
  const scaled = top * 10n ** BigInt(decimals);
  const [floor, rest] = [scaled / bottom, scaled % bottom];
  const order = 2n * rest - bottom;
  const tieUp = random.uniform() < 0.5 || floor % 2n === 1n;
  const up =
    rounding === 'up' ? rest > 0n : rounding === 'nearest' && (order > 0n || (order === 0n && tieUp));
  const digits = (up ? floor + 1n : floor).toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** How figures are printed. */
export interface Printing {
  readonly decimals: number;
  readonly rounding: Rounding;
  readonly random: RandomStream;
  /** As a program holds the numbers, in floats of so many bits. */
  readonly floatBits?: 32 | 64;
  /** In hundredths, with a percent sign or in a claim whose scale says so. */
  readonly percent?: 'sign' | 'scale';
}

/** Prints a number from 0 to 1. */
export function printFigure([top, bottom]: Ratio, printing: Printing): string {
  const { decimals, rounding, random, floatBits, percent } = printing;
  const shown: Ratio = percent ? [100n * top, bottom] : [top, bottom];
  const text = floatBits ? floatText(shown, floatBits) : print(shown, decimals, rounding, random);
  return percent === 'sign' ? `${text}%` : text;
}

/** A number as a program prints it that does not round. */
function floatText(ratio: Ratio, bits: 32 | 64): string {
  const value = toNumber(ratio);
  const text = String(bits === 32 ? Math.fround(value) : value);
  return /e/.test(text) ? value.toFixed(17) : text;
}

/** A ratio as a float, also one whose parts are too large for floats. */
export function toNumber([top, bottom]: Ratio): number {
  const digits = 10n ** 25n;
  return Number((top * digits) / bottom) / Number(digits);
}

/** Every measure of a matrix, or the mean of it over several. */
export function averageMeasures(matrices: readonly Matrix[], conventions: Conventions = {}): ExactMeasures {
  const all = matrices.map((matrix) => measureExactly(matrix, conventions));
  const mean = (of: (one: ExactMeasures) => Ratio) => average(all.map(of));
  const means = (of: (one: ExactMeasures) => ExactMeasures['macro']) => ({
    recall: mean((one) => of(one).recall),
    precision: mean((one) => of(one).precision),
    f1: mean((one) => of(one).f1),
    ovr: mean((one) => of(one).ovr),
  });
  const byClass = (metric: Metric) =>
    all[0]!.classes[metric].map((_, i) => mean((one) => one.classes[metric][i]!));
  return {
    accuracy: mean((one) => one.accuracy),
    classes: {
      recall: byClass('recall'),
      precision: byClass('precision'),
      f1: byClass('f1'),
      ovr: byClass('ovr'),
    },
    macro: means((one) => one.macro),
    f1OfMeans: mean((one) => one.f1OfMeans),
    weighted: means((one) => one.weighted),
  };
}

export interface HonestOptions extends Printing {
  readonly conventions?: Conventions;
}

/** Everything that can be printed of a matrix (or of the mean over several), honestly. */
export function honestClaim(matrices: readonly Matrix[], { conventions = {}, ...printing }: HonestOptions) {
  const measured = averageMeasures(matrices, conventions);
  const figure = (value: Ratio) => printFigure(value, printing);
  const { rounding } = printing;
  const names = measured.classes.recall.map((_, i) => `c${i}`);
  const byClass = (metric: Metric) =>
    Object.fromEntries(names.map((name, i) => [name, figure(measured.classes[metric][i]!)]));
  const each = (table: ExactMeasures['macro']) => ({
    precision: figure(table.precision),
    recall: figure(table.recall),
    f1: figure(table.f1),
  });
  const supports = matrices[0]!.map((row) => row.reduce((a, b) => a + b));
  return {
    title: 'random',
    ...(printing.percent === 'scale' && { scale: 'percent' as const }),
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
