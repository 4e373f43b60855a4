import type { PrintedInterval } from '../claim/claim';
import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { decimalsOf } from '../numbers/decimals';
import { countsFor } from '../numbers/interval';
import { type ParsedFigure, parseFigure } from '../numbers/parse-figure';
import { type Ends, intervalsOf, itemsBehind, type Level, METHODS, type Method } from './methods';

/** Most counts that are tried for one figure. */
const MAX_COUNTS = 2000;

/**
 * Which of the usual methods give the printed intervals. There are others (bootstraps, corrections for continuity), so an
 * interval that none of them gives is told and never a contradiction.
 */
export function observeIntervals(evidence: Evidence): string[] {
  if (evidence.aggregation.kind !== 'single') return [];
  return Object.entries(evidence.claim.intervals ?? {}).flatMap(([field, printed]) => {
    const figure = evidence.figures.find((one) => one.field === field);
    return figure ? [describe(evidence, figure, read(evidence, field, printed))] : [];
  });
}

/** A printed interval with its ends parsed. */
interface ReadInterval {
  readonly low: ParsedFigure;
  readonly high: ParsedFigure;
  readonly level: Level;
}

function read(
  { claim }: Evidence,
  field: string,
  { low, high, level = '95%' }: PrintedInterval,
): ReadInterval {
  const { scale = 'fraction' } = claim;
  // Ends may be rounded outwards, so each may stand for the numbers on both sides.
  const end = (text: string) =>
    parseFigure(text, { field: `intervals.${field}`, scale, rounding: 'unknown' });
  return { low: end(low), high: end(high), level };
}

/** Number of items that a figure is a share of, when it is known. */
function itemsOf({ n, supports }: Evidence, { key }: Figure): number | undefined {
  const [kind, index] = key.split(':');
  if (kind === 'accuracy') return n;
  return kind === 'recall' ? supports?.[Number(index)] : undefined;
}

function describe(evidence: Evidence, figure: Figure, printed: ReadInterval): string {
  const { low, high, level } = printed;
  const what = `the ${level} interval ${low.text} to ${high.text} of ${figure.meaning} ${figure.text}`;
  const share = printedValue(figure);
  if (!(printedValue(low) <= share && share <= printedValue(high))) return `${what} does not contain it`;
  const behind = itemsBehind(share, [printedValue(low), printedValue(high)], level);
  const width =
    Number.isFinite(behind) && behind > 0 ? `; it is as wide as that of about ${behind} items` : '';
  const n = itemsOf(evidence, figure);
  if (n === undefined || n === 0)
    return `${what} can't be compared, as the number of items is not known${width}`;
  const counts = countsFor(figure.interval, n);
  if (counts.to - counts.from >= MAX_COUNTS)
    return `${what}: more than ${MAX_COUNTS} counts of ${n} fit the figure`;
  const found = METHODS.flatMap((method) => countsGiving(method, { counts, n, share, printed }));
  if (found.length > 0) return `${what} is that of ${found.join(', and of ')}`;
  const shown = METHODS.map((method) => `${method} ${show(intervalsOf(method, share, n, level)[0]!, low)}`);
  return (
    `none of the methods of Wald, Wilson, and Clopper and Pearson gives ${what} for ${n} items (${shown.join(', ')})${width}; ` +
    'another method, such as a bootstrap, may'
  );
}

interface Trial {
  readonly counts: { readonly from: number; readonly to: number };
  readonly n: number;
  /** The figure as printed, which some calculate with. */
  readonly share: number;
  readonly printed: ReadInterval;
}

/** The method with an example of a count that gives the interval; none where no count does. */
function countsGiving(method: Method, { counts, n, share, printed }: Trial): string[] {
  const fits = (value: number) =>
    intervalsOf(method, value, n, printed.level).some((ends) => isPrinted(ends, printed));
  for (let count = counts.from; count <= counts.to; count++)
    if (fits(count / n)) return [`${method} (${count} of ${n})`];
  return method !== 'Clopper-Pearson' && fits(share)
    ? [`${method} (of the printed figure and ${n} items)`]
    : [];
}

/** What floating point may be off by. */
const ERROR = 1e-10;

function isPrinted([low, high]: Ends, printed: ReadInterval): boolean {
  const within = (value: number, { interval }: ParsedFigure) =>
    value > Number(interval.lo.valueOf()) - ERROR && value < Number(interval.hi.valueOf()) + ERROR;
  return within(low, printed.low) && within(high, printed.high);
}

/** The number that stands there. */
function printedValue({ text, decimals }: { text: string; decimals: number }): number {
  const places = decimalsOf(text);
  return Number(text.replace('%', '')) / 10 ** (decimals - places);
}

/** Ends with a decimal more than the printed ones have, in their scale. */
function show([low, high]: Ends, { text, decimals }: ParsedFigure): string {
  const places = decimalsOf(text);
  const scale = 10 ** (decimals - places);
  return [low, high].map((end) => (end * scale).toFixed(places + 1)).join(' to ');
}
