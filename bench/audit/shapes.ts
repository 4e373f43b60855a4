// Honest claims of every shape: what a source prints, and how.

import type { Claim } from '@ferlab/audit';
import type { RandomStream } from '../../src/random';
import { printedAgreement } from './agreement';
import { FURTHER, furtherFigure } from './further-figures';
import { matricesFor } from './matrices';
import { OTHER_SHAPES, type OtherShape, otherClaim } from './other-shapes';
import { type HonestOptions, honestClaim, type Matrix, print, toClaim } from './random-claims';

const ROUNDINGS = ['nearest', 'truncated', 'up'] as const;
export const SHAPES = [
  'all',
  'classes',
  'means',
  'no supports',
  'one-vs-rest',
  'rows',
  'runs',
  'folds',
  'row shares',
  'column shares',
  'shares of all',
  'unstated means',
  'weighted F1 of means',
  'ones for nothing',
  'nothing left out',
  'floats of 32 bits',
  'floats of 64 bits',
  'no classes',
  'one of two classes',
  'agreement',
  'agreement alone',
  'further figure',
  'further figure without supports',
  ...(Object.keys(OTHER_SHAPES) as OtherShape[]),
] as const;
type Shape = (typeof SHAPES)[number];

/** How the figures of a shape are made, where that is not the usual way. */
const MADE: Readonly<Partial<Record<Shape, Partial<HonestOptions>>>> = {
  'weighted F1 of means': { conventions: { weightedF1: 'F1 of means' } },
  'ones for nothing': { conventions: { empty: 1 } },
  'nothing left out': { conventions: { empty: 'left out' } },
  'floats of 32 bits': { floatBits: 32 },
  'floats of 64 bits': { floatBits: 64 },
};

/** An honest claim of that shape. */
export function soundClaim(random: RandomStream, shape: Shape): Claim {
  if (shape in OTHER_SHAPES) return otherClaim(random, shape as OtherShape);
  const matrices = matricesFor(random, shape);
  const isFloat = shape.startsWith('floats');
  const rounding = isFloat ? 'nearest' : ROUNDINGS[random.integer(3)]!;
  const printed = honestClaim(matrices, {
    decimals: 1 + random.integer(5),
    rounding,
    random,
    ...MADE[shape],
  });
  const full: Claim = { ...toClaim(printed), rounding: random.uniform() < 0.3 ? 'unknown' : rounding };
  const { supports: _, n: __, ...bare } = full;
  const total = matrices.flat(2).reduce((a, b) => a + b);
  switch (shape) {
    case 'classes':
      return { ...full, means: {} };
    case 'means':
      return { ...full, perClass: {} };
    case 'no supports':
      return random.uniform() < 0.5 ? bare : { ...bare, n: total };
    case 'one-vs-rest':
      return { ...full, perClass: { ...full.perClass, accuracy: printed.oneVersusRest } };
    case 'rows':
      return { ...full, confusion: { normalised: 'counts', rows: rowsOf(matrices[0]!, full.classes) } };
    case 'runs':
      return { ...full, aggregation: { kind: 'runs', count: matrices.length } };
    case 'folds':
      return { ...bare, n: total, aggregation: { kind: 'folds', count: matrices.length } };
    case 'row shares':
    case 'column shares':
    case 'shares of all':
      return { ...full, confusion: sharesOf(matrices[0]!, full, { shape, rounding, random }) };
    case 'unstated means':
      return { ...full, means: { unspecified: full.means![random.uniform() < 0.5 ? 'macro' : 'weighted']! } };
    case 'agreement':
    case 'agreement alone':
      return withAgreement(full, matrices[0]!, { shape, rounding, random });
    case 'further figure':
      return withFurther(full, matrices[0]!, random);
    case 'further figure without supports':
      return withFurther({ ...bare, n: total }, matrices[0]!, random);
    case 'no classes':
      return unnamed(full, random);
    case 'one of two classes':
      return { ...bare, n: total, perClass: {}, means: { unspecified: ofOneClass(full, random) } };
    default:
      return full;
  }
}

/** Kappa and Matthews' correlation beside everything, or beside accuracy, supports or n, or some of these. */
function withAgreement(
  full: Claim,
  matrix: Matrix,
  { shape, rounding, random }: { shape: Shape; rounding: (typeof ROUNDINGS)[number]; random: RandomStream },
): Claim {
  const agreement = printedAgreement(matrix, { decimals: 1 + random.integer(4), rounding, random });
  if (shape === 'agreement') return { ...full, agreement };
  const { supports, n, accuracy, ...rest } = full;
  const some = <T extends object>(part: T): Partial<T> => (random.uniform() < 0.6 ? part : {});
  const kept = { ...some({ supports }), ...some({ n }), ...some({ accuracy }) } as Partial<Claim>;
  const isNamed = kept.supports !== undefined || random.uniform() < 0.5;
  return { ...rest, ...kept, perClass: {}, means: {}, agreement, ...(isNamed ? {} : { classes: [] }) };
}

/** A rate of the classes, an error rate, a correlation or a G-mean beside the rest. */
function withFurther(claim: Claim, matrix: Matrix, random: RandomStream): Claim {
  const { rounding = 'nearest' } = claim;
  const figure = FURTHER[random.integer(FURTHER.length)]!;
  // Roots are printed to nearest, and what the claim says of its rounding holds for all of its figures.
  if (figure === 'gMean' && rounding !== 'nearest') return claim;
  const made = rounding === 'unknown' ? 'truncated' : rounding;
  return {
    ...claim,
    ...furtherFigure([matrix], figure, { decimals: 1 + random.integer(4), rounding: made, random }),
  };
}

/** The overall figures alone, as tables of systems print them. */
function unnamed({ title, n, rounding, accuracy, means }: Claim, random: RandomStream): Claim {
  const micro = { precision: accuracy!, recall: accuracy!, f1: accuracy! };
  const kinds = [means!.macro!, means!.weighted!, micro];
  const overall = {
    title,
    rounding: rounding!,
    accuracy: accuracy!,
    means: { unspecified: kinds[random.integer(3)]! },
  };
  return { ...overall, classes: [], ...(random.uniform() < 0.5 && { n: n! }) };
}

/** The figures of the class that a source calls positive, without saying so. */
function ofOneClass({ classes, perClass }: Claim, random: RandomStream): Record<string, string> {
  const name = classes[random.integer(2)]!;
  return Object.fromEntries(
    (['precision', 'recall', 'f1'] as const).map((metric) => [metric, perClass![metric]![name]!]),
  );
}

/** A matrix of shares, printed like the other figures. */
function sharesOf(
  matrix: Matrix,
  { classes }: Claim,
  { shape, rounding, random }: { shape: Shape; rounding: (typeof ROUNDINGS)[number]; random: RandomStream },
): NonNullable<Claim['confusion']> {
  const normalised = shape === 'row shares' ? 'rows' : shape === 'column shares' ? 'columns' : 'all';
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const [rows, columns] = [matrix.map(sum), matrix.map((_, j) => sum(matrix.map((row) => row[j]!)))];
  const divisor = (i: number, j: number) =>
    ({ rows: rows[i]!, columns: columns[j]!, all: sum(rows) })[normalised];
  const decimals = 1 + random.integer(4);
  const cell = (count: number, by: number) =>
    print(by === 0 ? [0n, 1n] : [BigInt(count), BigInt(by)], decimals, rounding, random);
  const printed = matrix.map((row, i) => row.map((count, j) => cell(count, divisor(i, j))));
  return { normalised, rows: Object.fromEntries(classes.map((name, i) => [name, printed[i]!])) };
}

function rowsOf(matrix: Matrix, classes: readonly string[]): Record<string, number[]> {
  return Object.fromEntries(classes.map((name, i) => [name, matrix[i]!]));
}
