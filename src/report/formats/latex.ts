import type { ReportTable } from '../table';
import { columnNames, formatCells, numericColumns } from './cells';

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
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '−': '$-$',
  '±': '$\\pm$',
  '×': '$\\times$',
  '≈': '$\\approx$',
  '≥': '$\\geq$',
  '≤': '$\\leq$',
  '–': '--',
};

/** Text for LaTeX; straight quotes become pairs of opening and closing ones. */
export function escapeLatex(text: string): string {
  return text
    .replace(/[\\{}%&_#$~^<>|−±×≈≥≤–]/g, (character) => LATEX[character]!)
    .replace(/"([^"]*)"/g, "``$1''")
    .replace(/\s*\n\s*/g, ' ');
}

/** Characters that fit into one column of a page with two, and into both, in small letters of 9 points. */
const COLUMN_CHARACTERS = 55;
const PAGE_CHARACTERS = 112;
/** The gap between two columns of a table, in characters. */
const GAP_CHARACTERS = 3;

/** A LaTeX table with booktabs rules; title as caption, notes below. */
export function tableLatex(table: ReportTable): string {
  const line = (cells: readonly string[]) => `    ${cells.map(escapeLatex).join(' & ')} \\\\`;
  const width = characterWidth(table);
  const environment = width > COLUMN_CHARACTERS ? 'table*' : 'table';
  const alignment = numericColumns(table).map((isNumeric) => (isNumeric ? 'r' : 'l'));
  return [
    '% needs \\usepackage{booktabs}',
    `\\begin{${environment}}`,
    '  \\centering',
    ...(table.title ? [`  \\caption{${escapeLatex(withoutNumber(table.title))}}`] : []),
    width > PAGE_CHARACTERS ? '  \\scriptsize\\setlength{\\tabcolsep}{3pt}' : '  \\small',
    `  \\begin{tabular}{@{}${alignment.join('')}@{}}`,
    '    \\toprule',
    ...headLines(columnNames(table)).map(line),
    '    \\midrule',
    ...formatCells(table).map(line),
    '    \\bottomrule',
    '  \\end{tabular}',
    ...latexNotes(table),
    `\\end{${environment}}`,
    '',
  ].join('\n');
}

/** Characters of a line, with each column as wide as its longest cell. */
function characterWidth(table: ReportTable): number {
  const lines = [...headLines(columnNames(table)), ...formatCells(table)];
  const widths = table.columns.map((_, at) => Math.max(...lines.map((cells) => cells[at]!.length)));
  return widths.reduce((sum, width) => sum + width, (widths.length - 1) * GAP_CHARACTERS);
}

/** LaTeX numbers its tables itself. */
const withoutNumber = (title: string) => title.replace(/^Table [IVX]+\. /, '');

/** Names such as `Ours: recall` break behind the colon, which halves the width of a column. */
function headLines(columns: readonly string[]): string[][] {
  if (!columns.some((name) => name.includes(': '))) return [[...columns]];
  const parts = columns.map((name) => name.split(/(?<=:) /, 2));
  return [parts.map(([first, rest]) => (rest ? first! : '')), parts.map(([first, rest]) => rest ?? first!)];
}

function latexNotes({ notes = [] }: ReportTable): string[] {
  if (notes.length === 0) return [];
  return [
    '',
    '  \\smallskip',
    '  \\begin{minipage}{\\linewidth}\\footnotesize\\raggedright',
    ...notes.map((note) => `    ${escapeLatex(note)}\\par`),
    '  \\end{minipage}',
  ];
}
