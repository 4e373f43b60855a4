import { numberIn } from './cells';
import { type Layout, rowName } from './class-layout';
import type { GridRow } from './grid';
import { isSpread, plain } from './words';

/** Words for the best or the worst of the classes, and for classes of ratings too. */
const EXTREMES: ReadonlySet<string> = new Set(
  [
    ...['best', 'worst', 'top', 'bottom', 'beste', 'bester', 'schlechteste', 'schlechtester'],
    ...['meilleur', 'meilleure', 'pire', 'mejor', 'peor', 'migliore', 'peggiore', 'melhor', 'pior'],
  ].map(plain),
);

/**
 * Rows such as `Best`, whose figures are all the largest, or all the smallest, of the other rows': they tell how the figures are
 * spread. A class of ratings with such a name has figures of its own.
 */
export function findExtremeRows(layout: Layout, body: readonly GridRow[]): GridRow[] {
  const candidates = body.filter((row) => EXTREMES.has(plain(rowName(layout, row))));
  const others = body.filter((row) => !candidates.includes(row) && !isSpread(rowName(layout, row)));
  return candidates.filter((row) => isExtremeOf(layout, row, others));
}

function isExtremeOf({ columns }: Layout, row: GridRow, others: readonly GridRow[]): boolean {
  const measures = columns.filter(({ kind }) => ['precision', 'recall', 'f1', 'accuracy'].includes(kind));
  const own = measures.map(({ index }) => numberIn(row.cells[index] ?? ''));
  const all = measures.map(({ index }) => others.flatMap(({ cells }) => numberIn(cells[index] ?? '') ?? []));
  const isEach = (extreme: (...values: number[]) => number) =>
    own.every((figure, i) => figure !== undefined && all[i]!.length > 1 && figure === extreme(...all[i]!));
  return measures.length > 0 && (isEach(Math.max) || isEach(Math.min));
}
