import { formatRows, numericColumns, type ReportTable } from './table';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

/** HTML as Lab and GitHub show it. */
export function tableHtml(table: ReportTable): string {
  const right = numericColumns(table);
  const cell = (tag: string, text: string, column: number) =>
    `<${tag} style="text-align:${right[column] ? 'right' : 'left'};padding:2px 8px${tag === 'td' && right[column] ? ';white-space:nowrap' : ''}">${escapeHtml(text)}</${tag}>`;
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((text, column) => cell(tag, text, column)).join('')}</tr>`;
  const body = formatRows(table).map((row) => line('td', row));
  const caption = table.title
    ? `<caption style="caption-side:top;text-align:left;font-weight:bold">${escapeHtml(table.title)}</caption>`
    : '';
  const notes = (table.notes ?? []).map(
    (note) => `<p style="margin:2px 0"><small>${escapeHtml(note)}</small></p>`,
  );
  const head = `<thead>${line('th', table.columns)}</thead>`;
  return `<table class="dataframe">${caption}${head}<tbody>${body.join('\n')}</tbody></table>${notes.join('')}`;
}

// Characters that Markdown, or HTML within it, would take for its own.
const escapeMarkdown = (text: string) =>
  text
    .replace(/[|\\*_`[\]]/g, '\\$&')
    .replace(/</g, '&lt;')
    .replace(/\s*\n\s*/g, ' ');

/** A pipe table with title and notes. */
export function tableMarkdown(table: ReportTable): string {
  const right = numericColumns(table);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    ...(table.title ? [`**${escapeMarkdown(table.title)}**`, ''] : []),
    line(table.columns.map(escapeMarkdown)),
    line(right.map((numeric) => (numeric ? '---:' : ':---'))),
    ...formatRows(table).map((row) => line(row.map(escapeMarkdown))),
    ...(table.notes ?? []).map((note) => `\n${escapeMarkdown(note)}`),
  ].join('\n');
}

/** Columns aligned by blanks. */
export function tableText(table: ReportTable): string {
  const right = numericColumns(table);
  const grid = [[...table.columns], ...formatRows(table)];
  const widths = table.columns.map((_, column) => Math.max(...grid.map((row) => row[column]!.length)));
  const pad = (text: string, column: number) =>
    right[column] ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  const lines = grid.map((row) => row.map(pad).join('  ').trimEnd());
  return [...(table.title ? [table.title] : []), ...lines, ...(table.notes ?? [])].join('\n');
}
