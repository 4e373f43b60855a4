import type { Claim, MeanKind, MeanMetric } from '../claim/claim';
import type { Reading } from '../claim/reading';
import { Fraction } from '../numbers/fraction';
import { affine, type Interval, intersect, UNIT } from '../numbers/interval';
import { parseFigure } from '../numbers/parse-figure';
import type { FigureReference } from '../report/report';

/** A printed figure under a reading: the quantity it stands for and the values that quantity may have. */
export interface Figure extends FigureReference {
  /** `accuracy`, `recall:2`, `ovr:0`, `macro:f1`, `f1ofmeans`, `cell:0:3` and so on. */
  readonly key: string;
  readonly interval: Interval;
  readonly decimals: number;
}

/** All figures with the quantities they stand for. */
export function collectFigures(claim: Claim, reading: Reading): Figure[] {
  return [
    ...overallFigures(claim, reading),
    ...classFigures(claim, reading),
    ...meanFigures(claim, reading),
    ...cellFigures(claim),
  ];
}

function read(claim: Claim, text: string, at: { field: string; key: string; meaning: string }): Figure {
  const options = { scale: claim.scale ?? 'fraction', rounding: claim.rounding ?? 'nearest' } as const;
  return { ...parseFigure(text, { field: at.field, ...options }), ...at };
}

/**
 * The overall accuracy. As a mean of one-vs-rest accuracies m it stands for the accuracy 1 - K (1 - m) / 2: each
 * wrong answer is counted by two of the K classes, so K (1 - m) = 2 (1 - accuracy).
 */
function overallFigures(claim: Claim, reading: Reading): Figure[] {
  if (claim.accuracy === undefined) return [];
  const at = { field: 'accuracy', key: 'accuracy', meaning: 'overall accuracy' };
  if (reading.accuracy !== 'mean of classes') return [read(claim, claim.accuracy, at)];
  if (reading.classAccuracy === 'recall') {
    return [read(claim, claim.accuracy, { ...at, key: 'macro:recall', meaning: 'mean of the recalls' })];
  }
  const figure = read(claim, claim.accuracy, { ...at, meaning: 'mean of the one-vs-rest accuracies' });
  const half = new Fraction(claim.classes.length, 2);
  const interval = intersect(affine(figure.interval, half, new Fraction(1).sub(half)), UNIT);
  return [{ ...figure, interval }];
}

function classFigures(claim: Claim, reading: Reading): Figure[] {
  const figures: Figure[] = [];
  for (const [metric, table] of Object.entries(claim.perClass ?? {})) {
    const ovr = reading.classAccuracy === 'one-vs-rest';
    const key = metric === 'accuracy' ? (ovr ? 'ovr' : 'recall') : metric;
    const name =
      metric === 'accuracy' ? (ovr ? 'one-vs-rest accuracy' : 'accuracy (recall)') : metricName(metric);
    for (const [label, text] of Object.entries(table ?? {})) {
      const at = { field: `perClass.${metric}.${label}`, meaning: `${name} of ${label}` };
      figures.push(read(claim, text, { ...at, key: `${key}:${claim.classes.indexOf(label)}` }));
    }
  }
  return figures;
}

function metricName(metric: string): string {
  return metric === 'f1' ? 'F1' : metric;
}

/** Means over classes: micro means and the weighted recall are the accuracy by definition. */
function meanFigures(claim: Claim, reading: Reading): Figure[] {
  const figures: Figure[] = [];
  for (const [printedKind, table] of Object.entries(claim.means ?? {})) {
    const kind = (printedKind === 'unspecified' ? (reading.means ?? 'macro') : printedKind) as MeanKind;
    for (const [metric, text] of Object.entries(table ?? {})) {
      const field = `means.${printedKind}.${metric}`;
      const meaning = `${kind} mean of ${metric === 'f1' ? 'the F1s' : `the ${metric}s`}`;
      figures.push(read(claim, text, { field, meaning, key: meanKey(kind, metric as MeanMetric, reading) }));
    }
  }
  return figures;
}

function meanKey(kind: MeanKind, metric: MeanMetric, reading: Reading): string {
  if (kind === 'micro' || (kind === 'weighted' && metric === 'recall')) return 'accuracy';
  if (kind === 'macro' && metric === 'f1' && reading.macroF1 === 'F1 of means') return 'f1ofmeans';
  return `${kind}:${metric}`;
}

/** Cells of a confusion matrix that are printed as ratios; counts are exact and stand in the claim. */
function cellFigures(claim: Claim): Figure[] {
  const figures: Figure[] = [];
  for (const [label, row] of Object.entries(claim.confusion?.rows ?? {})) {
    row.forEach((text, column) => {
      if (typeof text !== 'string') return;
      const row = claim.classes.indexOf(label);
      const field = `confusion.rows.${label}[${column}]`;
      const at = { field, key: cellKey(claim.confusion!.normalised, row, column) };
      figures.push(read(claim, text, { ...at, meaning: `cell ${label} -> ${claim.classes[column]}` }));
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

/** The figure with the shortest interval; the first of equals. */
export function narrowestOf(figures: readonly Figure[]): Figure | undefined {
  const width = ({ interval }: Figure) => interval.hi.sub(interval.lo);
  return figures.reduce<Figure | undefined>(
    (best, figure) => (best && width(best).lte(width(figure)) ? best : figure),
    undefined,
  );
}

/** Without the parts that only the audit's inside needs. */
export function toReference({ field, meaning, text }: Figure): FigureReference {
  return { field, meaning, text };
}
