import { type Cell, type CellFormat, cellsOf, type ReportTable } from '../table';

const MAX_DECIMALS = 4;
const SIGNIFICANT_DIGITS = 5;

/** Whether a cell has no value. */
export const isMissing = (cell: Cell): cell is null | undefined =>
  cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell));

/** The names of a table's columns. */
export const columnNames = ({ columns }: ReportTable) => columns.map(({ name }) => name);

/**
 * The cells as a reader wants them. Numbers of one column have the same decimals: those of its format, else as many as
 * its longest needs, at most four and five digits in all. A missing cell is empty, or a dash in a column with a format.
 */
export function formatCells(table: ReportTable): string[][] {
  const cells = cellsOf(table);
  const decimals = table.columns.map(({ format }, at) => {
    return format?.decimals ?? neededDecimals(cells.map((row) => row[at]));
  });
  return cells.map((row) =>
    table.columns.map(({ format }, at) =>
      isMissing(row[at]) ? (format ? '–' : '') : formatCell(row[at], { ...format, decimals: decimals[at]! }),
    ),
  );
}

function neededDecimals(cells: readonly Cell[]): number {
  const numbers = cells.filter((cell) => typeof cell === 'number' && Number.isFinite(cell)) as number[];
  const largest = Math.max(1, ...numbers.map(Math.abs));
  const most = Math.max(0, Math.min(MAX_DECIMALS, SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(largest))));
  return Math.max(
    0,
    ...numbers.map((value) => String(Number(value.toFixed(most))).split('.')[1]?.length ?? 0),
  );
}

type CompleteFormat = CellFormat & { readonly decimals: number };

function formatCell(cell: Cell, format: CompleteFormat): string {
  if (typeof cell === 'number') return formatNumber(cell, format);
  if (typeof cell !== 'object' || cell === null) return String(cell);
  return cell.map((end) => formatNumber(end, { decimals: format.decimals })).join(' to ');
}

function formatNumber(value: number, { decimals, signed, thousands }: CompleteFormat): string {
  const size = thousands
    ? Math.abs(value).toLocaleString('en', {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      })
    : Math.abs(value).toFixed(decimals);
  const isZero = Number(size.replace(/,/g, '')) === 0;
  return `${value < 0 && !isZero ? '−' : signed && !isZero ? '+' : ''}${size}`;
}

/** Columns whose every filled cell starts with a number: they are aligned to the right. */
export function numericColumns(table: ReportTable): boolean[] {
  const rows = formatCells(table);
  const isNumeric = (text: string) => text === '' || text === '–' || /^[-+−±]?[.\d]/.test(text);
  return table.columns.map((_, at) => rows.every((row) => isNumeric(row[at]!)));
}
