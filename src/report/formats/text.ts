import type { ReportTable } from '../table';
import { columnNames, formatCells, numericColumns } from './cells';

/** Columns aligned by blanks. */
export function tableText(table: ReportTable): string {
  const right = numericColumns(table);
  const grid = [columnNames(table), ...formatCells(table)];
  const widths = table.columns.map((_, at) => Math.max(...grid.map((row) => row[at]!.length)));
  const pad = (text: string, at: number) =>
    right[at] ? text.padStart(widths[at]!) : text.padEnd(widths[at]!);
  const lines = grid.map((row) => row.map(pad).join('  ').trimEnd());
  return [...(table.title ? [table.title] : []), ...lines, ...(table.notes ?? [])].join('\n');
}
