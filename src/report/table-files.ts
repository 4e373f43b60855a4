import { DataFrame } from 'danfojs-node';
import { flatTable, formatRows, numericColumns, type ReportTable } from './table';

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

/** From here on a table takes both columns of the page, and smaller letters. */
const WIDE_COLUMNS = 8;

/** A LaTeX table with booktabs rules; title as caption, notes below. */
export function tableLatex(table: ReportTable): string {
  const line = (cells: readonly string[]) => `    ${cells.map(escapeLatex).join(' & ')} \\\\`;
  const isWide = table.columns.length >= WIDE_COLUMNS;
  const environment = isWide ? 'table*' : 'table';
  const alignment = numericColumns(table).map((numeric) => (numeric ? 'r' : 'l'));
  return [
    '% needs \\usepackage{booktabs}',
    `\\begin{${environment}}`,
    '  \\centering',
    ...(table.title ? [`  \\caption{${escapeLatex(withoutNumber(table.title))}}`] : []),
    ...(isWide ? ['  \\scriptsize\\setlength{\\tabcolsep}{3pt}'] : ['  \\small']),
    `  \\begin{tabular}{@{}${alignment.join('')}@{}}`,
    '    \\toprule',
    ...headLines(table.columns).map(line),
    '    \\midrule',
    ...formatRows(table).map(line),
    '    \\bottomrule',
    '  \\end{tabular}',
    ...latexNotes(table),
    `\\end{${environment}}`,
    '',
  ].join('\n');
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

/** Comma-separated values (RFC 4180): fields with commas, quotes or line ends are quoted. Title and notes stay behind. */
export function tableCsv(table: ReportTable): string {
  const { columns, rows } = flatTable(table);
  const field = (value: unknown) => {
    const text = value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** Title, notes, and an object for each row. */
export function tableJson(table: ReportTable): string {
  const { columns, rows } = flatTable(table);
  const records = rows.map((row) => Object.fromEntries(columns.map((name, column) => [name, row[column]])));
  const { title = '', notes = [] } = table;
  return `${JSON.stringify({ title, columns, rows: records, notes }, null, 2)}\n`;
}

/** The table as a Danfo frame, which Lab shows as HTML; title and notes stay behind. */
export function toDataFrame(table: ReportTable): DataFrame {
  const { columns, rows } = flatTable(table);
  return new DataFrame(rows, { columns });
}
