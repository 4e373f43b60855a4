import { figureOf, isBlank } from './cells';
import { readClassTable } from './class-table';
import { type Draft, emptyDraft, severalSystems, unreadable } from './draft';
import type { Grid, GridRow } from './grid';
import { enterMeasure, isMeasure } from './measures';
import { rowsKind } from './rows-kind';
import { columnOf } from './words';

/** Reads a table whose rows are measures: of one system, or of a class in each column. Undefined when they are none. */
export function readMeasureRows(grid: Grid): Draft | undefined {
  const [head, ...rest] = grid.rows;
  const isRow = ({ cells }: GridRow) =>
    isMeasure(cells[0] ?? '') && cells.slice(1).some((cell) => figureOf(cell) !== undefined);
  const body = (isRow(head!) ? grid.rows : rest).filter((row) =>
    row.cells.slice(1).some((cell) => !isBlank(cell)),
  );
  const measures = body.filter(isRow);
  if (measures.length === 0 || measures.length * 2 < body.length) return undefined;
  const width = Math.max(
    ...measures.map(({ cells }) => cells.findLastIndex((cell) => figureOf(cell) !== undefined)),
  );
  const titles = isRow(head!) ? [] : head!.cells.slice(1).filter((title) => title !== '');
  if (width === 1 && titles.length < 2) return readOneColumn(grid.rows);
  return readColumns(head!, { measures, titles });
}

function readOneColumn(rows: readonly GridRow[]): Draft {
  const draft = emptyDraft();
  for (const { line, cells } of rows) {
    const [label = '', cell = ''] = cells;
    const used = figureOf(cell) !== undefined && enterMeasure(draft, label, { cell, line });
    if (!used && !isBlank(cell) && figureOf(cell) !== undefined) {
      draft.notes.push({ line, text: `${label}: ${cell}`, reason: 'the name is not known' });
    }
  }
  return draft;
}

/** Columns must be classes. */
function readColumns(
  head: GridRow,
  { measures, titles }: { measures: readonly GridRow[]; titles: readonly string[] },
): Draft | undefined {
  const labels = titles.map((title) => title.replace(/^class:\s*/i, ''));
  const isClassed = titles.length > 0 && titles.every((title) => /^class:/i.test(title));
  const kind = rowsKind({
    titles: [],
    labels,
    hasSupport: measures.some(({ cells }) => columnOf(cells[0]!) === 'support'),
    hasMeans: false,
    hasAccuracyColumn: measures.some(({ cells }) => columnOf(cells[0]!) === 'accuracy'),
  });
  const example = titles.slice(0, 3).join(', ') || 'without titles';
  if (kind === 'systems' && !isClassed) throw severalSystems('the columns', example);
  if (kind === 'unknown' && !isClassed) {
    throw unreadable(
      `the columns (${example}) may be classes or systems, and nothing shows which`,
      'turn the table so that each class has a row, below the title Class',
    );
  }
  const offset = head.cells.length - labels.length;
  const turned = labels.map((label, i) => ({
    line: head.line,
    cells: [label, ...measures.map(({ cells }) => cells[i + offset] ?? '')],
  }));
  const titled = { line: head.line, cells: ['Class', ...measures.map(({ cells }) => cells[0]!)] };
  return readClassTable({ type: 'grid', rows: [titled, ...turned] });
}
