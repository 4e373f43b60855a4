import { type Claim, entryOf, type MeanKind, type MeanMetric } from '../claim/claim';
import type { Reading } from '../claim/reading';
import { Fraction } from '../numbers/fraction';
import { affine, contains, intersect, ONE, UNIT } from '../numbers/interval';
import { derivedFields } from './derived';
import { type Figure, type Parse, parser } from './figure';
import { rateFigures } from './rates';
import { fromRoundedParts } from './rounded-parts';
import { wholeFigures } from './whole-figures';

/** All figures with the quantities they stand for. */
export function collectFigures(claim: Claim, reading: Reading, parse: Parse = parser(claim)): Figure[] {
  const derived = new Set(reading.fromRounded ? derivedFields(claim) : []);
  const all = [
    ...overallFigures({ claim, reading, parse }),
    ...rateFigures(claim, parse),
    ...classFigures({ claim, reading, parse }),
    ...meanFigures({ claim, reading, parse }),
    ...deviationFigures(claim, parse),
    ...wholeFigures(claim, parse),
    ...cellFigures(claim, parse),
  ];
  const said = all.filter((figure) => !derived.has(figure.field) && isDefined(figure, claim, reading));
  return fromRoundedParts(said, claim, reading);
}

/**
 * False for figures that say nothing under a reading with other conventions for an empty denominator: means over
 * classes that may have one, and class figures of 1 that may stand for it. A class figure of 0 says the same under
 * each: where it is left out of the means it may be printed as 0, as in the usual reading. A recall of items that are counted has
 * a denominator.
 */
function isDefined({ key, interval }: Figure, claim: Claim, { undefinedAs, supports }: Reading): boolean {
  if (!undefinedAs || /^(?:accuracy$|kappa$|mcc$|gmean$|deviation$|auc$|top:|ovr|cell)/.test(key))
    return true;
  const [, metric, index] = OF_A_CLASS.exec(key) ?? [];
  if (metric === undefined) return false;
  const items = entryOf(claim.supports, claim.classes[Number(index)] ?? '') ?? 0;
  const areAlwaysThere = ['single', 'runs'].includes(claim.aggregation?.kind ?? 'single');
  if (metric === 'recall' && items > 0 && supports === 'as printed' && areAlwaysThere) return true;
  return undefinedAs === 'left out' || !contains(interval, ONE);
}

/** Keys of figures of a class, and of their standard deviations. */
const OF_A_CLASS = /^(?:deviation:)?(recall|precision|f1|f2|f05|specificity|npv):(\d+)$/;

/** A claim under a reading, and how its figures are parsed. */
interface Source {
  readonly claim: Claim;
  readonly reading: Reading;
  readonly parse: Parse;
}

/**
 * The overall accuracy. As a mean of one-vs-rest accuracies m it stands for the accuracy 1 - K (1 - m) / 2: each
 * wrong answer is counted by two of the K classes, so K (1 - m) = 2 (1 - accuracy).
 */
function overallFigures(source: Source): Figure[] {
  const { claim } = source;
  const also = (claim.alsoAccuracy ?? []).map((text, i) => ({ text, field: `alsoAccuracy.${i}` }));
  const printed = claim.accuracy === undefined ? [] : [{ text: claim.accuracy, field: 'accuracy' }];
  const overall = [...printed, ...also].map(({ text, field }) => overallFigure(source, { text, field }));
  return [...overall, ...errorFigures(source)];
}

/** The share of wrong answers is 1 - accuracy. */
function errorFigures({ claim, parse }: Source): Figure[] {
  if (claim.errorRate === undefined) return [];
  const key = claim.labels === 'several' ? 'subset accuracy' : 'accuracy';
  const figure = parse(claim.errorRate, { field: 'errorRate', key, meaning: 'error rate' });
  return [{ ...figure, interval: affine(figure.interval, new Fraction(-1), ONE) }];
}

function overallFigure(
  { claim, reading, parse }: Source,
  { text, field }: { text: string; field: string },
): Figure {
  const key = claim.labels === 'several' ? 'subset accuracy' : 'accuracy';
  const at = { field, key, meaning: 'overall accuracy' };
  if (reading.accuracy === 'weighted mean of classes') {
    const meaning = 'weighted mean of the one-vs-rest accuracies';
    return parse(text, { ...at, key: 'weighted:ovr', meaning });
  }
  if (reading.accuracy !== 'mean of classes') return parse(text, at);
  if (reading.classAccuracy === 'recall') {
    return parse(text, { ...at, key: 'macro:recall', meaning: 'mean of the recalls' });
  }
  const figure = parse(text, { ...at, meaning: 'mean of the one-vs-rest accuracies' });
  const half = new Fraction(claim.classes.length, 2);
  const interval = intersect(affine(figure.interval, half, new Fraction(1).sub(half)), UNIT);
  return { ...figure, interval };
}

function classFigures({ claim, reading, parse }: Source): Figure[] {
  const figures: Figure[] = [];
  for (const [metric, table] of Object.entries(claim.perClass ?? {})) {
    const ovr = reading.classAccuracy === 'one-vs-rest';
    const key = metric === 'accuracy' ? (ovr ? 'ovr' : 'recall') : metric;
    const name =
      metric === 'accuracy' ? (ovr ? 'one-vs-rest accuracy' : 'accuracy (recall)') : metricName(metric);
    for (const [label, text] of Object.entries(table ?? {})) {
      const at = { field: `perClass.${metric}.${label}`, meaning: `${name} of ${label}` };
      figures.push(parse(text, { ...at, key: `${key}:${claim.classes.indexOf(label)}` }));
    }
  }
  return figures;
}

function metricName(metric: string): string {
  return metric === 'f1' ? 'F1' : metric;
}

/** Means over classes: micro means and the weighted recall are the accuracy by definition. */
function meanFigures({ claim, reading, parse }: Source): Figure[] {
  const figures: Figure[] = [];
  for (const [printedKind, table] of Object.entries(claim.means ?? {})) {
    for (const [metric, text] of Object.entries(table ?? {})) {
      const unstated = reading.meansOf?.[metric as MeanMetric] ?? reading.means ?? 'macro';
      const kind = (printedKind === 'unspecified' ? unstated : printedKind) as MeanKind | OneClass;
      const field = `means.${printedKind}.${metric}`;
      const about = meanOrClass(claim, { kind, metric: metric as MeanMetric }, reading);
      figures.push(parse(text, { field, ...about }));
    }
  }
  return figures;
}

type OneClass = 'first class' | 'second class';

function meanOrClass(
  claim: Claim,
  { kind, metric }: { kind: MeanKind | OneClass; metric: MeanMetric },
  reading: Reading,
): { key: string; meaning: string } {
  if (kind === 'first class' || kind === 'second class') {
    const index = kind === 'first class' ? 0 : 1;
    const meaning = `${metricName(metric)} of ${claim.classes[index] ?? 'the positive class'}`;
    return { key: `${metric}:${index}`, meaning };
  }
  const meaning = `${kind} mean of ${metric === 'f1' ? 'the F1s' : `the ${metric}s`}`;
  return { key: meanKey(claim, { kind, metric }, reading), meaning };
}

function meanKey(claim: Claim, mean: { kind: MeanKind; metric: MeanMetric }, reading: Reading): string {
  const { kind, metric } = mean;
  // With several labels an item, only the micro and the weighted recall are one number: found labels of all labels.
  if (claim.labels === 'several' && kind === 'micro' && metric !== 'recall') return `micro:${metric}`;
  if (kind === 'micro' || (kind === 'weighted' && metric === 'recall')) return 'accuracy';
  if (kind === 'macro' && metric === 'f1' && reading.macroF1 === 'F1 of means') return 'f1ofmeans';
  if (kind === 'weighted' && metric === 'f1' && reading.weightedF1) return 'f1ofweighted';
  return `${kind}:${metric}`;
}

/** The standard deviation of a figure of a class has the key of that figure behind its own. */
function deviationFigures({ deviations = {}, classes }: Claim, parse: Parse): Figure[] {
  const { accuracy, perClass = {} } = deviations;
  const meaning = 'standard deviation of the accuracy';
  const ofClasses = Object.entries(perClass).flatMap(([metric, table]) =>
    Object.entries(table).map(([label, text]) =>
      parse(text, {
        field: `deviations.perClass.${metric}.${label}`,
        key: `deviation:${metric}:${classes.indexOf(label)}`,
        meaning: `standard deviation of the ${metric} of ${label}`,
      }),
    ),
  );
  if (accuracy === undefined) return ofClasses;
  return [parse(accuracy, { field: 'deviations.accuracy', key: 'deviation', meaning }), ...ofClasses];
}

/** Cells of a confusion matrix that are printed as ratios; counts are exact and stand in the claim. */
function cellFigures(claim: Claim, parse: Parse): Figure[] {
  const figures: Figure[] = [];
  for (const [label, row] of Object.entries(claim.confusion?.rows ?? {})) {
    row.forEach((text, column) => {
      if (typeof text !== 'string') return;
      const row = claim.classes.indexOf(label);
      const field = `confusion.rows.${label}[${column}]`;
      const at = { field, key: cellKey(claim.confusion!.normalised, row, column) };
      figures.push(parse(text, { ...at, meaning: `cell ${label} -> ${claim.classes[column]}` }));
    });
  }
  return figures;
}

/** The diagonal of a row-normalised matrix holds the recalls, that of a column-normalised one the precisions. */
function cellKey(normalised: string, row: number, column: number): string {
  if (row === column && normalised === 'rows') return `recall:${row}`;
  if (row === column && normalised === 'columns') return `precision:${row}`;
  return `cell:${row}:${column}`;
}
