import { figureOf, isBlank } from './cells';
import { readClassTable } from './class-table';
import { toMatrix } from './confusion-cells';
import { bareLabels, matchLabels, namesSide, rowsArePredicted } from './confusion-labels';
import {
  addCorner,
  addTotals,
  besideTitle,
  type Margins,
  type MatrixColumn,
  marginsOf,
} from './confusion-margins';
import { type Draft, emptyDraft, unreadable } from './draft';
import type { Grid, GridRow } from './grid';
import { mergeDrafts } from './merge';
import { columnOf, plain } from './words';

/** Reads a table as a confusion matrix; undefined when it is none. */
export function readConfusion(grid: Grid, linesAbove: readonly string[]): Draft | undefined {
  return grid.isBare ? readArray(grid) : readTitled(grid, linesAbove);
}

/** An array without titles: as many rows as columns, names beside the rows or none. */
function readArray({ rows, rowsArePredictions }: Grid): Draft | undefined {
  const width = rows[0]!.cells.length - 1;
  const names = rows.map(({ cells }) => cells[0]!);
  if (rows.some(({ cells }) => cells.length !== width + 1) || width !== rows.length) return undefined;
  const cells = rows.map((row) => row.cells.slice(1));
  const draft = emptyDraft();
  draft.classes = names.every((name) => name !== '') ? names : [];
  draft.matrix = toMatrix(cells, { line: rows[0]!.line, transposed: rowsArePredictions ?? false });
  return draft;
}

function readTitled({ rows: all }: Grid, linesAbove: readonly string[]): Draft | undefined {
  const { rows: grid, side } = withoutSide(all);
  const at = headOf(grid);
  if (at === undefined) return undefined;
  const head = withCorner(grid[at]!, grid.slice(at + 1));
  const { body, isRapidMiner } = withoutColons(head, grid.slice(at + 1));
  const margins = marginsOf(columnsOf(head, body, grid[at - 1]), body);
  const { inner, rows } = margins;
  const columnLabels = bareLabels(inner.map(({ label }) => label));
  const rowLabels = bareLabels(endLabels(rows, columnLabels.bare));
  if (rows.length < 2 || inner.length < rows.length) return undefined;
  const order = matchLabels(rowLabels.bare, columnLabels.bare);
  if (!order) return undefined;
  checkExtra(
    inner.filter((_, k) => !order.includes(k)),
    head.line,
  );
  const places = order.map((k) => inner[k]!.index);
  const cells = rows.map((row) => places.map((index) => row.cells[index] ?? ''));
  if (!cells.flat().every((cell) => isBlank(cell) || figureOf(cell) !== undefined)) return undefined;
  const above = [...grid.slice(0, at).flatMap((row) => row.cells), ...linesAbove];
  const words = { corner: head.cells[0]!, above };
  const transposed = isRapidMiner || rowsArePredicted(words, rowLabels.common || side, columnLabels.common);
  const draft = emptyDraft();
  draft.classes = [...rowLabels.bare];
  draft.matrix = toMatrix(cells, { line: head.line, transposed });
  addTotals(draft, margins, { places, transposed });
  if (!transposed) addCorner(draft, margins);
  noteShares(draft, cells.flat());
  return mergeDrafts([
    draft,
    ...measuresBeside(margins, { head, names: rowLabels.bare, places, transposed }),
  ]);
}

/** Shares that stand in brackets beside counts, or counts' shares before them, are not compared. */
function noteShares({ matrix, notes }: Draft, cells: readonly string[]): void {
  const beside = cells.find((cell) => figureOf(cell)?.aside);
  if (matrix?.normalised === 'counts' && beside !== undefined)
    notes.push({ line: matrix.line, text: beside, reason: 'of each cell the count alone is used' });
}

/** The row of the titles: the first below which every row holds as many figures as there are titles. */
function headOf(rows: readonly GridRow[]): number | undefined {
  for (let at = 0; at < Math.min(3, rows.length - 2); at++) {
    const { cells } = rows[at]!;
    const titles = cells.slice(1).filter((cell) => cell !== '');
    const below = rows.slice(at + 1);
    const isClass = (title: string) => below.some((row) => row.cells[0] === title);
    const measures = titles.filter(
      (title) => ![undefined, 'support'].includes(columnOf(title)) && !isClass(title),
    ).length;
    const filled = below.every((row) => row.cells.slice(1).some((cell) => figureOf(cell) !== undefined));
    const isSquare = titles.filter(isClass).length > 1;
    if (titles.length > 1 && (measures < 2 || isSquare) && filled) return at;
  }
  return undefined;
}

/** Takes off a first column that only says what the rows are, as where `Actual` stands beside all of them. */
function withoutSide(rows: readonly GridRow[]): { rows: readonly GridRow[]; side: string } {
  const below = rows.filter(({ cells }) => cells.slice(1).some((cell) => figureOf(cell) !== undefined));
  const words = new Set(below.map(({ cells }) => cells[0] ?? '').filter((cell) => cell !== ''));
  const [side = ''] = words;
  const isNamed = below.every(({ cells }) => (cells[1] ?? '') !== '' && figureOf(cells[2] ?? ''));
  if (below.length < 2 || !isNamed || words.size !== 1 || !namesSide(side)) return withoutStubs(rows);
  return { rows: rows.map(({ line, cells }) => ({ line, cells: cells.slice(1) })), side };
}

/** Takes off columns before the names whose titles are blank, as SPSS prints the name of what is observed. */
function withoutStubs(rows: readonly GridRow[]): { rows: readonly GridRow[]; side: string } {
  const isFilled = ({ cells }: GridRow) => cells.filter((cell) => figureOf(cell) !== undefined).length > 1;
  const first = rows.findIndex(isFilled);
  const width = rows[first - 1]?.cells.findIndex((cell) => cell !== '') ?? -1;
  if (width < 2) return { rows, side: '' };
  const side = rows.slice(first).flatMap(({ cells }) => cells.slice(0, width - 1).filter(namesSide));
  const bare = rows.map(({ line, cells }, i) => {
    const stubs = cells.slice(0, width).filter((cell) => cell !== '');
    // What is said of all rows stays with the titles.
    const name = i < first ? stubs.join(' ') : (stubs.at(-1) ?? '');
    return { line, cells: [name, ...cells.slice(width)] };
  });
  return { rows: bare, side: side[0] ?? '' };
}

/** Names of rows that begin with what all rows are, as where `Actual` stands before the first one alone. */
function endLabels(rows: readonly GridRow[], columns: readonly string[]): string[] {
  return rows.map(({ cells: [name = ''] }) => {
    const isKnown = columns.some((column) => plain(column) === plain(name));
    const end = isKnown ? undefined : columns.find((column) => column !== '' && name.endsWith(` ${column}`));
    return end ?? name;
  });
}

/** RapidMiner prints `True:` before the titles and the predicted class with a colon before each row. */
function withoutColons(
  head: GridRow,
  body: readonly GridRow[],
): { body: readonly GridRow[]; isRapidMiner: boolean } {
  const isRapidMiner = /^true:$/i.test(head.cells[0]!) && body.every(({ cells }) => cells[0]!.endsWith(':'));
  const bare = body.map(({ line, cells }) => ({ line, cells: [cells[0]!.slice(0, -1), ...cells.slice(1)] }));
  return { body: isRapidMiner ? bare : body, isRapidMiner };
}

/** Titles that lack one for the names are moved by one cell. */
function withCorner({ line, cells }: GridRow, body: readonly GridRow[]): GridRow {
  const isShort = cells[0] !== '' && body.every((row) => row.cells.length === cells.length + 1);
  return { line, cells: isShort ? ['', ...cells] : cells };
}

/** The columns with a title, which may stand in the row above, or a figure, but for that of the names. */
function columnsOf(head: GridRow, body: readonly GridRow[], above: GridRow | undefined): MatrixColumn[] {
  const width = Math.max(head.cells.length, ...body.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width - 1 }, (_, index) => ({
    label: head.cells[index + 1] || above?.cells[index + 1] || '',
    index: index + 1,
  }));
  return columns.filter(
    ({ label, index }) => label !== '' || body.some(({ cells }) => !isBlank(cells[index] ?? '')),
  );
}

function checkExtra(columns: readonly MatrixColumn[], line: number): void {
  if (columns.length === 0) return;
  const labels = columns.map(({ label, index }) => label || `column ${index + 1}`);
  throw unreadable(
    `line ${line}: the matrix has columns that are not classes of its rows (${labels.join(', ')})`,
    'leave out the items that got no class, and say so, or write a claim with the class figures alone',
  );
}

interface Named {
  readonly head: GridRow;
  readonly names: readonly string[];
  readonly places: readonly number[];
  readonly transposed: boolean;
}

/** Measures at the right of a matrix or below it, read as a table of their own. */
function measuresBeside(
  { measureColumns, measureRows, rows }: Margins,
  { head, names, places, transposed }: Named,
): Draft[] {
  const right = rows.map(({ line, cells }, i) => ({
    line,
    cells: [names[i]!, ...measureColumns.map(({ index }) => cells[index] ?? '')],
  }));
  const below = names.map((name, i) => ({
    line: measureRows[0]?.line ?? head.line,
    cells: [name, ...measureRows.map(({ cells }) => cells[places[i]!] ?? '')],
  }));
  const tables = [
    { titles: measureColumns.map(({ label }) => (transposed ? label : besideTitle(label))), body: right },
    { titles: measureRows.map(({ cells }) => cells[0]!), body: below },
  ];
  return tables.flatMap(({ titles, body }) => {
    if (titles.length === 0) return [];
    const rowsOf = [{ line: head.line, cells: ['Class', ...titles] }, ...body];
    return readClassTable({ type: 'grid', rows: rowsOf }) ?? [];
  });
}
