/** A table as values, which every format is made from. */
export interface ReportTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly title?: string;
  /** Sentences printed below. */
  readonly notes?: readonly string[];
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
const escapeMarkdown = (text: string) => text.replace(/[|\\]/g, '\\$&').replace(/\n/g, ' ');

/** A value as a reader wants it: at most four decimals, an empty cell for what is missing. */
export function formatCell(value: unknown): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return String(Number(value.toFixed(4)));
}

/** Columns whose every filled cell starts with a number are aligned to the right. */
function numericColumns(table: ReportTable): boolean[] {
  const numeric = (text: string) => text === '' || /^[-+−]?[.\d]/.test(text);
  return table.columns.map((_, column) => table.rows.every((row) => numeric(formatCell(row[column]))));
}

/** HTML as Lab and GitHub show it. */
export function tableHtml(table: ReportTable): string {
  const right = numericColumns(table);
  const cell = (tag: string, text: string, column: number) =>
    `<${tag} style="text-align:${right[column] ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`;
  const head = table.columns.map((name, column) => cell('th', name, column)).join('');
  const body = table.rows.map(
    (row) =>
      `<tr>${table.columns.map((_, column) => cell('td', formatCell(row[column]), column)).join('')}</tr>`,
  );
  const caption = table.title
    ? `<caption style="caption-side:top;text-align:left;font-weight:bold">${escapeHtml(table.title)}</caption>`
    : '';
  const notes = (table.notes ?? []).map(
    (note) => `<p style="margin:2px 0"><small>${escapeHtml(note)}</small></p>`,
  );
  return `<table class="dataframe">${caption}<thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>${notes.join('')}`;
}

/** A pipe table with title and notes. */
export function tableMarkdown(table: ReportTable): string {
  const right = numericColumns(table);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    ...(table.title ? [`**${escapeMarkdown(table.title)}**`, ''] : []),
    line(table.columns.map(escapeMarkdown)),
    line(right.map((numeric) => (numeric ? '---:' : ':---'))),
    ...table.rows.map((row) =>
      line(table.columns.map((_, column) => escapeMarkdown(formatCell(row[column])))),
    ),
    ...(table.notes ?? []).map((note) => `\n${escapeMarkdown(note)}`),
  ].join('\n');
}

/** Columns aligned by blanks. */
export function tableText(table: ReportTable): string {
  const right = numericColumns(table);
  const grid = [
    [...table.columns],
    ...table.rows.map((row) => table.columns.map((_, i) => formatCell(row[i]))),
  ];
  const widths = table.columns.map((_, column) => Math.max(...grid.map((row) => row[column]!.length)));
  const pad = (text: string, column: number) =>
    right[column] ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  const lines = grid.map((row) => row.map(pad).join('  ').trimEnd());
  return [...(table.title ? [table.title] : []), ...lines, ...(table.notes ?? [])].join('\n');
}
