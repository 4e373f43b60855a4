import { emotionOf } from '../claim/emotions';
import { decimalsOf } from '../numbers/decimals';
import { countOf, figureOf, numberIn } from './cells';
import { type Layout, rowName } from './class-layout';
import { unreadable } from './draft';
import type { GridRow } from './grid';
import { meanOf } from './mean-words';
import { columnOf, isAccuracy, isSamplesMean, isSpread } from './words';

/** Fewest rows beside which one with the items of all is taken for no class, whatever its figures. */
const CERTAIN = 3;

/**
 * The first or last row where it is of all classes though its name does not say so, such as `Ø`: it has the items of all other
 * rows together, or none where others have them (or are emotions), and its figures are means of theirs. Beside a mean that is
 * named as one there is no other.
 * @throws ClaimError for a row with the items of three others or more together and other figures, which may be either
 */
export function findUnnamedMean(layout: Layout, body: readonly GridRow[]): GridRow | undefined {
  const rows = body.filter((row) => isClassName(rowName(layout, row)));
  if (rows.length < 3 || body.some((row) => meanOf(rowName(layout, row)) !== undefined)) return undefined;
  return [rows.at(-1)!, rows[0]!].find((row) => {
    const others = rows.filter((other) => other !== row);
    const counts = others.map((other) => itemsOf(layout, other));
    const isTotal = hasTotal(itemsOf(layout, row), counts);
    if (isMeanOf(layout, { row, others, counts }, isTotal ? 1 : 2))
      return isTotal || isNoClass(layout, row, others);
    if (!isTotal || others.length < CERTAIN) return false;
    throw unreadable(
      `line ${row.line}: '${rowName(layout, row)}' has as many items as all other rows together, so it may be a class or a mean`,
      "name it 'weighted avg' or 'macro avg' if it is a mean, or leave it out",
    );
  });
}

const isClassName = (name: string) =>
  name !== '' &&
  ![meanOf(name), columnOf(name)].some((known) => known !== undefined) &&
  !isAccuracy(name) &&
  !isSamplesMean(name) &&
  !isSpread(name);

function itemsOf({ columns }: Layout, { cells }: GridRow): number | undefined {
  const column = columns.find(({ kind }) => kind === 'support');
  return column && countOf(cells[column.index] ?? '');
}

/** Whether a row alone lacks the items that all others have, or, of emotions without items, is none. */
function isNoClass(layout: Layout, row: GridRow, others: readonly GridRow[]): boolean {
  if (itemsOf(layout, row) !== undefined) return false;
  if (others.every((other) => itemsOf(layout, other) !== undefined)) return true;
  const isEmotion = (one: GridRow) => emotionOf(rowName(layout, one)) !== undefined;
  return others.every(isEmotion) && !isEmotion(row);
}

function hasTotal(own: number | undefined, counts: readonly (number | undefined)[]): boolean {
  if (own === undefined || own === 0 || counts.includes(undefined)) return false;
  return counts.reduce<number>((sum, count) => sum + count!, 0) === own;
}

interface Candidate {
  readonly row: GridRow;
  readonly others: readonly GridRow[];
  readonly counts: readonly (number | undefined)[];
}

/** Whether all figures of a row, and so many at least, are plain means of the others' or means weighted by their items. */
function isMeanOf({ columns }: Layout, { row, others, counts }: Candidate, fewest: number): boolean {
  const measures = columns.filter(({ kind }) => ['precision', 'recall', 'f1'].includes(kind));
  const weights = counts.every((count) => count !== undefined) ? (counts as number[]) : undefined;
  const isMean = ({ index }: { index: number }) => {
    const own = figureOf(row.cells[index] ?? '')?.text;
    const values = others.map(({ cells }) => numberIn(cells[index] ?? '') ?? Number.NaN);
    if (own === undefined || values.some(Number.isNaN)) return false;
    const unit = 10 ** -decimalsOf(own);
    const means = [others.map(() => 1), ...(weights ? [weights] : [])].map((each) => weighed(values, each));
    return means.some((mean) => Math.abs(mean - numberIn(own)!) < 1.01 * unit);
  };
  return measures.length >= fewest && measures.every(isMean) && !areAllEqual(measures, others);
}

/** Rows of equal figures show nothing: each is a mean of the others. */
function areAllEqual(measures: Layout['columns'], rows: readonly GridRow[]): boolean {
  return measures.every(({ index }) => new Set(rows.map(({ cells }) => cells[index])).size === 1);
}

function weighed(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((a, b) => a + b, 0);
  return values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / total;
}
