import { checkRows } from './class-check';
import { headOf, layOutClasses, shiftedTitles } from './class-layout';
import { readRow } from './class-rows';
import { type Draft, emptyDraft } from './draft';
import type { Grid, GridRow } from './grid';
import { columnOf } from './words';

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
  const titles = shiftedTitles(grid.rows[at]!, body);
  const layout = layOutClasses(titles, body, { draft, line: grid.rows[at]!.line });
  if (layout.columns.every(({ kind }) => kind === 'support')) return undefined;
  checkRows(layout, body);
  for (const row of body) readRow(draft, row, layout);
  return draft;
}

/** Whether the rows are measures, so that the columns must be classes. */
function namesMeasures(body: readonly GridRow[]): boolean {
  const measures = body.filter(({ cells }) =>
    ['precision', 'recall', 'f1'].includes(columnOf(cells[0] ?? '') ?? ''),
  );
  return measures.length > 1 && measures.length * 2 >= body.length;
}
