import { DataFrame } from 'danfojs-node';
import { formatCell, type ReportTable } from './table';

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '#': '\\#',
  $: '\\$',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '−': '$-$',
};

const escapeLatex = (text: string) => text.replace(/[\\{}%&_#$~^−]/g, (character) => LATEX[character]!);

/** A LaTeX table with booktabs rules; title as caption, notes below. */
export function tableLatex(table: ReportTable): string {
  const line = (cells: readonly unknown[]) =>
    `  ${cells.map((cell) => escapeLatex(formatCell(cell))).join(' & ')} \\\\`;
  return [
    '\\begin{table}',
    '  \\centering',
    ...(table.title ? [`  \\caption{${escapeLatex(table.title)}}`] : []),
    `  \\begin{tabular}{l${'r'.repeat(table.columns.length - 1)}}`,
    '  \\toprule',
    line(table.columns),
    '  \\midrule',
    ...table.rows.map(line),
    '  \\bottomrule',
    '  \\end{tabular}',
    ...(table.notes ?? []).map((note) => `\n  {\\footnotesize ${escapeLatex(note)}\\par}`),
    '\\end{table}',
    '',
  ].join('\n');
}

/** Comma-separated values (RFC 4180): fields with commas, quotes or line ends are quoted. */
export function tableCsv(table: ReportTable): string {
  const field = (value: unknown) => {
    const text = formatCell(value);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [table.columns, ...table.rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** The table as a Danfo frame, which Lab shows as HTML. */
export function toDataFrame(table: ReportTable): DataFrame {
  return new DataFrame(
    table.rows.map((row) => row.map(formatCell)),
    { columns: [...table.columns] },
  );
}
