import { columnNames, formatCells, numericColumns } from '../report/formats/cells';
import type { ReportTable } from '../report/table';
import { type Html, html } from './html';

/**
 * A table with its title and notes; it scrolls by itself where the page is narrow.
 * @param options.isTitled false where a heading above says the title
 */
export function siteTable(table: ReportTable, options: { isTitled?: boolean } = {}): Html {
  const right = numericColumns(table);
  const [names, rows] = [columnNames(table), formatCells(table)];
  const style = (at: number) => (right[at] ? 'number' : 'text');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${table.title ?? 'Table'}"><table>
${options.isTitled !== false && html`<caption>${table.title}</caption>`}
<thead><tr>${names.map((name, at) => html`<th scope="col" class="${style(at)}">${name || ' '}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([
      first,
      ...cells
    ]) => html`<tr><th scope="row" class="${style(0)}">${first}</th>${cells.map((cell, at) => html`<td class="${style(at + 1)}">${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>
${(table.notes ?? []).map((note) => html`<p class="note">${note}</p>`)}`;
}
