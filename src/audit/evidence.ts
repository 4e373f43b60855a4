import { type Aggregation, type Claim, entryOf, type MeanKind, type MeanMetric } from './claim';
import { classCapacity, type DatasetCapacity, type DatasetPart, findDataset } from './datasets';
import { parseFigure } from './figure';
import { Fraction } from './fraction';
import { affine, type CountRange, ceilOf, floorOf, type Interval, intersect, UNIT } from './interval';
import type { Reading } from './reading';
import type { FigureReference } from './report';

/** A printed figure under a reading: the quantity it stands for and the values that quantity may have. */
export interface Figure extends FigureReference {
  /** `accuracy`, `recall:2`, `ovr:0`, `macro:f1`, `f1ofmeans`, `cell:0:3` and so on. */
  readonly key: string;
  readonly interval: Interval;
  readonly decimals: number;
}

/** A claim under one reading, ready for the checks. */
export interface Evidence {
  readonly claim: Claim;
  readonly reading: Reading;
  readonly classes: readonly string[];
  readonly aggregation: Aggregation;
  readonly figures: readonly Figure[];
  /** Number of items of each class, when the reading takes them as known. */
  readonly supports: readonly number[] | undefined;
  /** What is known of the supports in any case: at least 1, at most the capacity. */
  readonly supportRanges: readonly CountRange[];
  /** Number of items evaluated, when known. */
  readonly n: number | undefined;
  readonly dataset: DatasetCapacity | undefined;
  /** The part of the data set in which the items must fit. */
  readonly capacity: DatasetPart | undefined;
  /** All figures of a quantity; more than one when it is printed more than once. */
  find(key: string): readonly Figure[];
  /** The figure that says most about a quantity, or undefined when it is not printed. */
  narrowest(key: string): Figure | undefined;
}

/** Puts a claim into the terms of one reading. */
export function gatherEvidence(claim: Claim, reading: Reading): Evidence {
  const dataset = claim.dataset ? findDataset(claim.dataset) : undefined;
  const capacity = dataset && (claim.part ? dataset.parts[claim.part] : dataset.all);
  const supports = knownSupports(claim, reading, capacity);
  const figures = collectFigures(claim, reading);
  const find = (key: string) => figures.filter((figure) => figure.key === key);
  return {
    claim,
    reading,
    classes: claim.classes,
    aggregation: claim.aggregation ?? { kind: 'single' },
    figures,
    supports,
    supportRanges: supportRanges(claim, reading, { supports, capacity }),
    n: itemCount(claim, reading, supports),
    dataset,
    capacity,
    find,
    narrowest: (key) => narrowestOf(find(key)),
  };
}

/** The printed n counts the items evaluated unless the reading takes the supports, and n with them, for others'. */
function itemCount(
  claim: Claim,
  reading: Reading,
  supports: readonly number[] | undefined,
): number | undefined {
  if (supports) return sum(supports);
  return claim.supports && reading.supports !== 'as printed' ? undefined : claim.n;
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

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The supports as printed, or the official ones of a named part; undefined unless complete. */
function knownSupports(claim: Claim, reading: Reading, capacity?: DatasetPart): number[] | undefined {
  if (reading.supports !== 'as printed') return undefined;
  const rows = claim.classes.map((name) => entryOf(claim.confusion?.rows, name));
  if (!claim.supports && claim.confusion?.normalised === 'counts' && rows.every(isCountRow)) {
    return rows.map((row) => sum(row));
  }
  const values = claim.classes.map((name) =>
    claim.supports ? entryOf(claim.supports, name) : capacity && classCapacity(capacity, name),
  );
  return values.every((value) => value !== undefined) ? (values as number[]) : undefined;
}

function isCountRow(row: readonly (string | number | null)[] | undefined): row is readonly number[] {
  return row?.every((cell) => typeof cell === 'number') ?? false;
}

function supportRanges(
  claim: Claim,
  reading: Reading,
  known: { supports: readonly number[] | undefined; capacity: DatasetPart | undefined },
): CountRange[] {
  if (known.supports) return known.supports.map((count) => ({ from: count, to: count }));
  const share = claim.testShare === undefined ? undefined : shareOf(claim);
  return claim.classes.map((name) => {
    const printed = entryOf(claim.supports, name);
    if (reading.supports === 'test share' && printed !== undefined && share !== undefined) {
      return stratified(share.mul(printed));
    }
    if (reading.supports === 'as printed' && printed !== undefined) return { from: printed, to: printed };
    const capacity = known.capacity && (classCapacity(known.capacity, name) ?? known.capacity.total);
    return { from: 1, to: capacity ?? claim.n ?? Number.POSITIVE_INFINITY };
  });
}

/**
 * How many items of a class a stratified split may hold out: its share in proportion, give or take one item beyond the
 * rounding, as splitters round the size of the whole part first, and parts are split again.
 */
function stratified(exact: Fraction): CountRange {
  return { from: Math.max(0, floorOf(exact) - 1), to: ceilOf(exact) + 1 };
}

function shareOf(claim: Claim): Fraction {
  const { interval } = parseFigure(claim.testShare!, {
    field: 'testShare',
    scale: 'fraction',
    rounding: 'nearest',
  });
  return interval.lo.add(interval.hi).div(2);
}

/** All figures with the quantities they stand for. */
function collectFigures(claim: Claim, reading: Reading): Figure[] {
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
