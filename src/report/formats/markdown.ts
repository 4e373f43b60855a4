import type { ReportTable } from '../table';
import { columnNames, formatCells, numericColumns } from './cells';

/** Text without characters that Markdown, or HTML within it, would take for its own. */
const escapeMarkdown = (text: string) =>
  text
    .replace(/[|\\*_`[\]]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/\s*\n\s*/g, ' ');

/** A pipe table with title and notes. */
export function tableMarkdown(table: ReportTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    ...(table.title ? [`**${escapeMarkdown(table.title)}**`, ''] : []),
    line(columnNames(table).map(escapeMarkdown)),
    line(numericColumns(table).map((isNumeric) => (isNumeric ? '---:' : ':---'))),
    ...formatCells(table).map((row) => line(row.map(escapeMarkdown))),
    ...(table.notes ?? []).map((note) => `\n${escapeMarkdown(note)}`),
  ].join('\n');
}
