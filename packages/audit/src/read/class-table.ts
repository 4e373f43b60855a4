import { checkRows } from './class-check';
import { headOf, type Layout, layOutClasses, shiftedTitles } from './class-layout';
import { readRow } from './class-rows';
import { type Draft, emptyDraft } from './draft';
import { findExtremeRows } from './extreme-rows';
import type { Grid, GridRow } from './grid';
import { findUnnamedMean } from './unnamed-mean';
import { columnOf, rowsBelow } from './words';

/** Reads a table whose columns are measures and whose rows are classes; undefined when no column is known. */
export function readClassTable(grid: Grid): Draft | undefined {
  const at = headOf(grid.rows);
  if (at === undefined) return undefined;
  const draft = emptyDraft();
  for (const row of grid.rows.slice(0, at)) {
    draft.notes.push({ line: row.line, text: row.cells.join(' ').trim(), reason: 'stands above the titles' });
  }
  const body = grid.rows.slice(at + 1);
  if (namesMeasures(body)) return undefined;
  const titles = withNameTitle(shiftedTitles(grid.rows[at]!, body), grid.rows.slice(0, at));
  const layout = layOutClasses(titles, body, { draft, line: grid.rows[at]!.line });
  if (layout.columns.every(({ kind }) => kind === 'support')) return undefined;
  const extremes = findExtremeRows(layout, body);
  const classes = body.filter((row) => !extremes.includes(row));
  for (const { line, cells } of extremes)
    draft.notes.push({
      line,
      text: cells.join(' ').trim(),
      reason: 'no class, but an extreme of the others',
    });
  const mean = findUnnamedMean(layout, classes);
  const named = classes.map((row) => (row === mean ? renamed(row, layout, 'mean') : row));
  checkRows(layout, named);
  for (const row of named) readRow(draft, row, layout);
  return draft;
}

const renamed = ({ line, cells }: GridRow, { names }: Layout, name: string): GridRow => ({
  line,
  cells: cells.map((cell, i) => (i === names ? name : cell)),
});

/** The title of the names, which may stand in a row above where its cell spans both. */
function withNameTitle(titles: readonly string[], above: readonly GridRow[]): readonly string[] {
  const title = above.map(({ cells }) => cells[0] ?? '').findLast((cell) => rowsBelow(cell) !== undefined);
  return titles[0] === '' && title !== undefined ? [title, ...titles.slice(1)] : titles;
}

/** Whether the rows are measures, so that the columns must be classes. */
function namesMeasures(body: readonly GridRow[]): boolean {
  const measures = body.filter(({ cells }) =>
    ['precision', 'recall', 'f1'].includes(columnOf(cells[0] ?? '') ?? ''),
  );
  return measures.length > 1 && measures.length * 2 >= body.length;
}
