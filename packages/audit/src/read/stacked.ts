import { figureOf, isBlank } from './cells';
import type { Block, GridRow } from './grid';
import type { Line } from './lines';
import { columnOf } from './words';

/** Longest line that may be a cell. */
const MAX_CELL = 60;

/** A table with a line for each cell, row by row or column by column, as copies from PDF files have it. */
export function stackedBlock(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  if (figureOf(lines[at]!.text) !== undefined) return undefined;
  const cells = cellsFrom(lines, at);
  const table = byRows(cells) ?? byColumns(cells);
  if (!table) return undefined;
  const last = cells[table.count - 1]!;
  return { blocks: [{ type: 'grid', rows: table.rows }], next: last.at + 1 };
}

interface Cell {
  readonly text: string;
  readonly line: number;
  /** Index of its line. */
  readonly at: number;
}

function cellsFrom(lines: readonly Line[], from: number): Cell[] {
  const cells: Cell[] = [];
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]!.text.trim();
    if (text === '') continue;
    if (text.length > MAX_CELL || /\t|\s{2,}|[|&]/.test(text)) break;
    cells.push({ text, line: lines[at]!.number, at });
  }
  return cells;
}

function isMeasure(text: string): boolean {
  return figureOf(text) === undefined && columnOf(text) !== undefined;
}

function isFigure({ text }: Cell): boolean {
  return figureOf(text) !== undefined || isBlank(text);
}

/** Cells that are used, and the rows that they make. */
interface Stacked {
  readonly rows: GridRow[];
  readonly count: number;
}

/** All titles first, then a name and its figures for each row. */
function byRows(cells: readonly Cell[]): Stacked | undefined {
  const width = cells.findIndex(({ text }, i) => i > 0 && !isMeasure(text));
  if (width < 2) return undefined;
  const rows: Cell[][] = [];
  for (let i = width; i + width <= cells.length; i += width) {
    const row = cells.slice(i, i + width);
    if (isFigure(row[0]!) || !row.slice(1).every(isFigure)) break;
    rows.push(row);
  }
  if (rows.length < 2) return undefined;
  return { rows: [cells.slice(0, width), ...rows].map(toRow), count: width * (rows.length + 1) };
}

/** A title and what stands below it, column by column, the names first. */
function byColumns(cells: readonly Cell[]): Stacked | undefined {
  const height = cells.findIndex(({ text }, i) => i > 0 && isMeasure(text));
  if (height < 3 || cells.slice(1, height).some(isFigure)) return undefined;
  const columns = [cells.slice(0, height)];
  for (let i = height; i + height <= cells.length; i += height) {
    const column = cells.slice(i, i + height);
    if (!isMeasure(column[0]!.text) || !column.slice(1).every(isFigure)) break;
    columns.push(column);
  }
  if (columns.length < 2) return undefined;
  const rows = cells.slice(0, height).map((_, i) => toRow(columns.map((column) => column[i]!)));
  return { rows, count: height * columns.length };
}

function toRow(cells: readonly Cell[]): GridRow {
  return { line: cells[0]!.line, cells: cells.map(({ text }) => text) };
}
