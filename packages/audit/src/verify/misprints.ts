import { type AgreementMeasure, type Claim, entryOf } from '../claim/claim';
import type { Reading } from '../claim/reading';
import { derivedFields } from '../evidence/derived';
import type { Witness } from '../report/report';
import { cellValues } from './cells';
import { countProblems } from './counts';
import { type Measured, measure } from './measures';
import { arePartsOf, isDeviation, meanAccuracy } from './parts';
import { type Printing, prints, printsSigned } from './print';
import { decimal, plus, type Ratio, rootOf, times } from './ratio';
import { wrongTop } from './top-k';

/** A field of a claim that a matrix does not yield. */
export interface Misprint {
  readonly field: string;
  /** What is printed there, and what the matrix gives, as far as that is one figure. */
  readonly printed?: string;
  readonly found?: string;
}

/**
 * The fields of a claim that a confusion matrix does not yield, recomputed from its cells. It stands apart from the
 * search: its own fractions, its own measures, its own rounding. An audit says *consistent* only of a matrix with none.
 * @param matrix counts, rows are true classes; for means over runs or folds, the sum of their matrices
 * @param parts correct answers of each run or fold, where a standard deviation is printed
 */
export function misprints(
  claim: Claim,
  matrix: readonly (readonly number[])[],
  reading: Reading,
  parts?: Witness['parts'],
): Misprint[] {
  const shape = shapeProblem(claim, matrix);
  if (shape) return [{ field: shape }];
  if (parts && !arePartsOf(claim, parts, matrix)) return [{ field: 'parts: not those of the matrix' }];
  const counts = countProblems(claim, matrix, reading).map((field) => ({ field }));
  return [
    ...counts,
    ...figureProblems(claim, matrix, { reading, parts }),
    ...deviationProblems(claim, parts),
  ];
}

function shapeProblem(claim: Claim, matrix: readonly (readonly number[])[]): string | undefined {
  const { length } = claim.classes;
  const square = matrix.length === length && matrix.every((row) => row.length === length);
  if (!square) return 'matrix: not one row and one column for each class';
  const whole = matrix.flat().every((cell) => Number.isInteger(cell) && cell >= 0);
  return whole ? undefined : 'matrix: a cell is not a count';
}

/** A printed figure with the value that it should have; no value where the matrix alone does not tell it. */
interface Comparison {
  readonly field: string;
  readonly text: string;
  readonly value: Ratio | undefined;
}

/** A standard deviation is told by the single runs or folds alone. */
function deviationProblems(claim: Claim, parts: Witness['parts']): Misprint[] {
  const { accuracy: text, perClass = {} } = claim.deviations ?? {};
  // What the single runs have of a class is not part of a witness.
  const ofClasses = Object.entries(perClass).flatMap(([metric, table]) =>
    Object.entries(table).map(([name, printed]) => ({
      field: `deviations.perClass.${metric}.${name}`,
      printed,
    })),
  );
  if (text === undefined || (parts && isDeviation(parts, text, claim))) return ofClasses;
  return [{ field: 'deviations.accuracy', printed: text }, ...ofClasses];
}

interface Found {
  readonly reading: Reading;
  readonly parts: Witness['parts'];
}

function figureProblems(
  claim: Claim,
  matrix: readonly (readonly number[])[],
  { reading, parts }: Found,
): Misprint[] {
  const whole = measure(matrix, reading);
  // Of folds of unequal sizes the mean accuracy is not that of all items.
  const found = parts ? { ...whole, accuracy: meanAccuracy(parts) } : whole;
  const printing = { scale: claim.scale ?? 'fraction', rounding: claim.rounding ?? 'nearest' } as const;
  const derived = reading.fromRounded ? derivedFields(claim) : [];
  const all = [
    ...overallComparisons(claim, reading, found),
    ...errorComparisons(claim, found),
    ...classComparisons(claim, reading, found),
    ...rateComparisons(claim, found),
    ...meanComparisons(claim, reading, found),
    ...cellComparisons(claim, matrix),
  ];
  const wrong = all.flatMap(({ field, text, value }) => {
    if (derived.includes(field) || (value && prints(value, text, printing))) return [];
    return [{ field, printed: text, ...(value && { found: decimal(value) }) }];
  });
  return [
    ...wrong,
    ...agreementProblems(claim, found),
    ...topProblems(claim, matrix, printing),
    ...areaProblems(claim, found),
    ...(derived.includes('gMean') ? [] : gMeanProblems(claim, found, printing)),
  ];
}

/**
 * A matrix of two classes with recalls s and t leaves an area between s t and s + t - s t; undefined recalls leave any. Compared with
 * the printed number give or take a unit of its last decimal.
 */
function areaProblems(claim: Claim, { perClass }: Measured): Misprint[] {
  const { auc } = claim;
  const [s, t] = perClass.recall ?? [];
  if (auc === undefined || !s || !t) return [];
  const product = times(s, t);
  const most = plus(plus(s, t), times(product, [-1n, 1n]));
  const digits = auc.replace('%', '').trim();
  const decimals =
    (digits.split('.')[1] ?? '').length + (auc.includes('%') || claim.scale === 'percent' ? 2 : 0);
  const unit = 10n ** BigInt(decimals);
  const units = BigInt(digits.replace('.', ''));
  const isLow = (units + 1n) * product[1] < product[0] * unit;
  const isHigh = (units - 1n) * most[1] > most[0] * unit;
  return isLow || isHigh ? [{ field: 'auc', printed: auc }] : [];
}

/** The geometric mean of the recalls, where every class has items and one evaluation is printed. */
function gMeanProblems(claim: Claim, { perClass }: Measured, printing: Printing): Misprint[] {
  const { gMean } = claim;
  if (gMean === undefined) return [];
  const recalls = perClass.recall!;
  const isKnown = recalls.every((value) => value !== undefined) && runsOf(claim) === 1;
  const value = isKnown ? rootOf((recalls as Ratio[]).reduce(times), recalls.length) : undefined;
  if (value && prints(value, gMean, printing)) return [];
  return [{ field: 'gMean', printed: gMean, ...(value && { found: decimal(value) }) }];
}

/** A matrix tells the right answers of one guess; of more there must be at least as many. */
function topProblems(claim: Claim, matrix: readonly (readonly number[])[], printing: Printing): Misprint[] {
  if (claim.topK === undefined) return [];
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const totals = { correct: sum(matrix.map((row, i) => row[i]!)), n: sum(matrix.map(sum)) };
  const isSingle = (claim.aggregation?.kind ?? 'single') === 'single';
  const k = isSingle ? wrongTop(claim, totals, printing) : Object.keys(claim.topK)[0];
  return k === undefined ? [] : [{ field: `topK.${k}`, printed: claim.topK[k]! }];
}

/** Means of kappa or Matthews' correlation over several runs can't be told from the sum of the runs' matrices. */
function agreementProblems(claim: Claim, { agreement }: Measured): Misprint[] {
  return Object.entries(claim.agreement ?? {}).flatMap(([measure, text]): Misprint[] => {
    const field = `agreement.${measure}`;
    if (runsOf(claim) > 1) return [{ field, printed: text }];
    const values = agreement[measure as AgreementMeasure];
    if (values.some((value) => printsSigned(value, text, claim.rounding ?? 'nearest'))) return [];
    return [{ field, printed: text, found: decimal(values[0]!) }];
  });
}

function overallComparisons(claim: Claim, reading: Reading, found: Measured): Comparison[] {
  const value = overall(found, reading);
  const also = (claim.alsoAccuracy ?? []).map((text, i) => ({ field: `alsoAccuracy.${i}`, text, value }));
  return claim.accuracy === undefined ? also : [{ field: 'accuracy', text: claim.accuracy, value }, ...also];
}

function overall(found: Measured, { accuracy, classAccuracy }: Reading): Ratio | undefined {
  const kind = accuracy ?? 'share correct';
  if (kind === 'share correct') return found.accuracy;
  const of = classAccuracy ?? 'recall';
  return kind === 'mean of classes' ? found.mean('macro', of) : found.mean('weighted', of);
}

/** For means over several runs only recall and accuracy can be told from the sum of the runs' matrices. */
function runsOf({ aggregation }: Claim): number {
  return aggregation?.kind === 'runs' ? aggregation.count : 1;
}

function classComparisons(claim: Claim, reading: Reading, found: Measured): Comparison[] {
  return Object.entries(claim.perClass ?? {}).flatMap(([metric, table]) => {
    const values = found.perClass[metric === 'accuracy' ? (reading.classAccuracy ?? 'recall') : metric]!;
    const known = runsOf(claim) === 1 || metric === 'recall' || metric === 'accuracy';
    // A measure without a denominator is printed as 0 or as what the reading says.
    const empty: Ratio = reading.undefinedAs === 'one' ? [1n, 1n] : [0n, 1n];
    return Object.entries(table ?? {}).map(([name, text]) => ({
      field: `perClass.${metric}.${name}`,
      text,
      value: known ? (values[claim.classes.indexOf(name)] ?? empty) : undefined,
    }));
  });
}

/** The share of wrong answers. */
function errorComparisons({ errorRate }: Claim, { accuracy }: Measured): Comparison[] {
  if (errorRate === undefined) return [];
  return [
    { field: 'errorRate', text: errorRate, value: accuracy && [accuracy[1] - accuracy[0], accuracy[1]] },
  ];
}

/** Rates whose denominator is the same in every run can be told from the sum of the runs' matrices. */
const FIXED = new Set(['specificity', 'fpr', 'fnr']);

function rateComparisons(claim: Claim, found: Measured): Comparison[] {
  return Object.entries(claim.rates ?? {}).flatMap(([rate, table]) =>
    Object.entries(table ?? {}).map(([name, text]): Comparison => {
      const known = runsOf(claim) === 1 || FIXED.has(rate);
      const value = found.perClass[rate]![claim.classes.indexOf(name)] ?? [0n, 1n];
      return { field: `rates.${rate}.${name}`, text, value: known ? value : undefined };
    }),
  );
}

function meanComparisons(claim: Claim, reading: Reading, found: Measured): Comparison[] {
  return Object.entries(claim.means ?? {}).flatMap(([kind, table]) =>
    Object.entries(table ?? {}).map(([metric, text]) => {
      const unstated = reading.meansOf?.[metric as 'f1'] ?? reading.means ?? 'macro';
      const of = kind === 'unspecified' ? unstated : kind;
      const field = `means.${kind}.${metric}`;
      const known = runsOf(claim) === 1 || of === 'micro' || metric === 'recall';
      const isOne = of === 'first class' || of === 'second class';
      const value = isOne ? ofOneClass(found, metric, of) : found.mean(of, metric);
      return { field, text, value: known ? value : undefined };
    }),
  );
}

/** The figure of one of two classes, which programs print for the whole. */
function ofOneClass(found: Measured, metric: string, of: 'first class' | 'second class'): Ratio {
  return found.perClass[metric]![of === 'first class' ? 0 : 1] ?? [0n, 1n];
}

function cellComparisons(claim: Claim, matrix: readonly (readonly number[])[]): Comparison[] {
  const { confusion } = claim;
  if (!confusion) return [];
  const values = cellValues(matrix, confusion.normalised);
  return claim.classes.flatMap((label, i) =>
    (entryOf(confusion.rows, label) ?? []).flatMap((printed, j): Comparison[] => {
      const field = `confusion.rows.${label}[${j}]`;
      if (printed === null || (typeof printed === 'number' && printed === matrix[i]![j])) return [];
      if (typeof printed === 'number') return [{ field, text: String(printed), value: undefined }];
      return [{ field, text: printed, value: values[i]![j] ?? [0n, 1n] }];
    }),
  );
}
