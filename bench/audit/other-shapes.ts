// Further shapes of honest claims, each made apart from the auditor.

import type { Claim } from '@ferlab/audit';
import type { Rounding } from '../../packages/audit/src/numbers/interval';
import type { RandomStream } from '../../src/random';
import { deviationClaim, roundedParts } from './deviations';
import { type Conventions, measureExactly, type Ratio } from './exact';
import { FURTHER, furtherFigure } from './further-figures';
import { deal, matricesFor, withRows } from './matrices';
import {
  averageMeasures,
  honestClaim,
  logUniform,
  type Matrix,
  type Printing,
  printFigure,
  randomMatrix,
  toClaim,
} from './random-claims';
import { severalLabels } from './several-labels';
import { area, computedFromRounded, intervals, type Made, mcnemar, topAccuracies } from './single-figures';

/** Makes a claim of one shape. */
type Maker = (random: RandomStream) => Claim;

const ROUNDINGS: readonly Rounding[] = ['nearest', 'truncated', 'up'];

/** Decimals, rounding, and now and then floats or hundredths. */
function drawPrinting(random: RandomStream): Printing {
  const floatBits = ([undefined, undefined, undefined, 32, 64] as const)[random.integer(5)];
  const percent = ([undefined, undefined, 'sign', 'scale'] as const)[random.integer(4)];
  const rounding = floatBits ? 'nearest' : ROUNDINGS[random.integer(3)]!;
  const extra = { ...(floatBits && { floatBits }), ...(percent && { percent }) };
  return { decimals: 1 + random.integer(percent ? 3 : 5), rounding, random, ...extra };
}

/** What a claim says of its rounding: the truth, or that nobody knows. */
const toldRounding = ({ rounding, random }: Printing) =>
  random.uniform() < 0.3 ? ('unknown' as const) : rounding;

function make(random: RandomStream, classes?: number, conventions: Conventions = {}): Made {
  const [matrix] = matricesFor(random, classes === 2 ? 'one of two classes' : '');
  return makeOf(matrix!, drawPrinting(random), conventions);
}

function makeOf(matrix: Matrix, printing: Printing, conventions: Conventions = {}): Made {
  const all = honestClaim([matrix], { ...printing, conventions });
  return { matrix, printing, all, claim: { ...toClaim(all), rounding: toldRounding(printing) } };
}

/** Means over several matrices. */
function averaged(
  matrices: readonly Matrix[],
  printing: Printing,
  aggregation: Claim['aggregation'] & object,
): Claim {
  const { supports: _, ...rest } = toClaim(honestClaim(matrices, printing));
  const n = matrices.flat(2).reduce((a, b) => a + b);
  return { ...rest, n, rounding: toldRounding(printing), aggregation };
}

export const OTHER_SHAPES = {
  'deviations over runs': (random) => deviationClaim(random, drawPrinting(random), 'runs'),
  'deviations over folds': (random) => deviationClaim(random, drawPrinting(random), 'folds'),
  'deviations of rounded runs': (random) => roundedParts(random, 'runs'),
  'deviations of rounded folds': (random) => roundedParts(random, 'folds'),
  batches(random) {
    const matrix = randomMatrix(random, 2 + random.integer(6), logUniform(random, 20, 2000));
    const n = matrix.flat().reduce((a, b) => a + b);
    const size = Math.max(1, Math.ceil(n / (1 + random.integer(20))));
    const batches = deal(random, matrix, { size });
    return averaged(batches, drawPrinting(random), { kind: 'batches', size });
  },
  'unknown evaluations'(random) {
    const classes = 2 + random.integer(8);
    const matrices = Array.from({ length: 1 + random.integer(5) }, () =>
      randomMatrix(random, classes, logUniform(random, 2 * classes, 3000)),
    );
    const { n: _, ...claim } = averaged(matrices, drawPrinting(random), { kind: 'unknown' });
    return claim;
  },
  'everything, in any print': (random) => make(random).claim,
  'further figure in any print'(random) {
    const { claim, matrix, printing } = make(random);
    return { ...claim, ...oneFurther([matrix], printing) };
  },
  'further figure over runs'(random) {
    const matrices = matricesFor(random, 'runs');
    const printing = drawPrinting(random);
    const claim = averaged(matrices, printing, { kind: 'runs', count: matrices.length });
    const n = matrices[0]!.flat().reduce((a, b) => a + b);
    return { ...claim, n, ...oneFurther(matrices, printing) };
  },
  'further figure over folds'(random) {
    const matrices = matricesFor(random, 'folds');
    const printing = drawPrinting(random);
    const claim = averaged(matrices, printing, { kind: 'folds', count: matrices.length });
    return { ...claim, ...oneFurther(matrices, printing) };
  },
  'micro means'(random) {
    const { claim, all } = make(random);
    const micro = { precision: all.accuracy, recall: all.accuracy, f1: all.accuracy };
    return { ...claim, means: { ...claim.means, micro } };
  },
  'macro F1 of means'(random) {
    const { claim, all } = make(random);
    return { ...claim, means: { ...claim.means, macro: { ...claim.means!.macro, f1: all.f1OfMeans } } };
  },
  'accuracy as a mean of classes': meanAccuracy,
  'means of several kinds'(random) {
    const { claim } = make(random);
    const kind = () => claim.means![random.uniform() < 0.5 ? 'macro' : 'weighted']!;
    const unspecified = { precision: kind().precision!, recall: kind().recall!, f1: kind().f1! };
    return { ...claim, means: { unspecified } };
  },
  'computed from rounded figures': (random) => computedFromRounded(make(random)),
  'top-k accuracies': (random) => topAccuracies(make(random)),
  area: (random) => area(random, drawPrinting(random)),
  intervals: (random) => intervals(make(random)),
  "McNemar's test": (random) => mcnemar(make(random)),
  'accuracy twice'(random) {
    const { claim, matrix, printing } = make(random);
    const { accuracy } = measureExactly(matrix);
    const again = [1, 2, 4].map((decimals) => printFigure(accuracy, { ...printing, decimals }));
    return { ...claim, alsoAccuracy: again.slice(random.integer(3)) };
  },
  'share held out': heldOut,
  'official part': officialPart,
  'unreadable cells': unreadableCells,
  'several labels': (random) => severalLabels(random, drawPrinting(random)),
} satisfies Readonly<Record<string, Maker>>;

export type OtherShape = keyof typeof OTHER_SHAPES;

/** An honest claim of one of the further shapes. */
export const otherClaim = (random: RandomStream, shape: OtherShape): Claim => OTHER_SHAPES[shape](random);

function oneFurther(matrices: readonly Matrix[], printing: Printing): Partial<Claim> {
  const figure = FURTHER[printing.random.integer(FURTHER.length)]!;
  // A root is known to 16 digits only, so that what shortens it may take another last digit.
  if (figure === 'gMean' && printing.rounding !== 'nearest') return {};
  return furtherFigure(matrices, figure, printing);
}

/** The mean of the recalls, or of the accuracies against all others, printed as the accuracy. */
function meanAccuracy(random: RandomStream): Claim {
  const { claim, all, matrix, printing } = make(random);
  const measured = averageMeasures([matrix]);
  const [table, mean]: [Record<string, string>, Ratio] = [
    [all.perClass.recall, measured.macro.recall] as const,
    [all.oneVersusRest, measured.macro.ovr] as const,
    [all.oneVersusRest, measured.weighted.ovr] as const,
  ].map(([one, other]) => [one, other] as [Record<string, string>, Ratio])[random.integer(3)]!;
  const { precision, f1 } = all.perClass;
  return { ...claim, accuracy: printFigure(mean, printing), perClass: { accuracy: table, precision, f1 } };
}

/** Supports of a whole set, of which a share was held out for the test, in proportion. */
function heldOut(random: RandomStream): Claim {
  const percent = [10, 20, 25, 30][random.integer(4)]!;
  const whole = Array.from({ length: 2 + random.integer(8) }, () => logUniform(random, 40, 4000));
  const rows = whole.map((count) => {
    const exact = (count * percent) / 100;
    return random.uniform() < 0.5 ? Math.floor(exact) : Math.ceil(exact);
  });
  const { claim } = makeOf(withRows(random, rows), drawPrinting(random));
  const { n: _, ...rest } = claim;
  const supports = Object.fromEntries(claim.classes.map((name, i) => [name, whole[i]!]));
  return { ...rest, supports, testShare: (percent / 100).toFixed(2) };
}

/** FER-2013's parts (Goodfellow et al. 2013), as counted in fer2013.csv. */
const PARTS = {
  PublicTest: [467, 56, 496, 895, 653, 415, 607],
  PrivateTest: [491, 55, 528, 879, 594, 416, 626],
} as const;
const EMOTIONS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'] as const;

/** Figures of an official part, which stands for its supports. */
function officialPart(random: RandomStream): Claim {
  const part = random.uniform() < 0.5 ? 'PublicTest' : 'PrivateTest';
  const { claim } = makeOf(withRows(random, PARTS[part]), drawPrinting(random));
  const rename = <T>(table: Readonly<Record<string, T>>) =>
    Object.fromEntries(EMOTIONS.map((name, i) => [name, table[`c${i}`]!]));
  const { precision, recall, f1 } = claim.perClass!;
  const perClass = { precision: rename(precision!), recall: rename(recall!), f1: rename(f1!) };
  const { supports: _, n, ...rest } = claim;
  const known = random.uniform() < 0.5 ? { part } : { n: n! };
  return { ...rest, classes: [...EMOTIONS], perClass, dataset: 'fer2013', ...known };
}

/** A matrix of counts, some of which nobody can read. */
function unreadableCells(random: RandomStream): Claim {
  const { claim, matrix } = make(random);
  const row = (cells: readonly number[]) => cells.map((cell) => (random.uniform() < 0.2 ? null : cell));
  const rows = Object.fromEntries(claim.classes.map((name, i) => [name, row(matrix[i]!)]));
  const { supports, ...bare } = claim;
  const known = random.uniform() < 0.5 ? { supports: supports! } : {};
  return { ...bare, ...known, confusion: { normalised: 'counts', rows } };
}
