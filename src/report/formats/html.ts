import { escapeMarkup } from '../../markup';
import type { ReportTable } from '../table';
import { columnNames, formatCells, numericColumns } from './cells';

/** HTML as Lab and GitHub show it. */
export function tableHtml(table: ReportTable): string {
  const right = numericColumns(table);
  const cell = (tag: string, text: string, at: number) =>
    `<${tag} style="text-align:${right[at] ? 'right' : 'left'};padding:2px 8px${tag === 'td' && right[at] ? ';white-space:nowrap' : ''}">${escapeMarkup(text)}</${tag}>`;
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((text, at) => cell(tag, text, at)).join('')}</tr>`;
  const body = formatCells(table).map((row) => line('td', row));
  const caption = table.title
    ? `<caption style="caption-side:top;text-align:left;font-weight:bold">${escapeMarkup(table.title)}</caption>`
    : '';
  const notes = (table.notes ?? []).map(
    (note) => `<p style="margin:2px 0"><small>${escapeMarkup(note)}</small></p>`,
  );
  const head = `<thead>${line('th', columnNames(table))}</thead>`;
  return `<table class="dataframe">${caption}${head}<tbody>${body.join('\n')}</tbody></table>${notes.join('')}`;
}
