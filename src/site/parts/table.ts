import { columnNames, formatCells, numericColumns } from '../../report/formats/cells';
import type { ReportTable } from '../../report/table';
import { type Html, html } from './html';

export interface SiteTableOptions {
  /** False where a heading above says the title. */
  readonly isTitled?: boolean;
  /** The address that the first cell of a row leads to; null for none. */
  readonly link?: (text: string) => string | null;
}

/** A table with its title and notes; it scrolls by itself where the page is narrow. */
export function siteTable(table: ReportTable, { isTitled = true, link }: SiteTableOptions = {}): Html {
  const right = numericColumns(table);
  const style = (at: number) => (right[at] ? 'number' : 'text');
  const head = columnNames(table).map(
    (name, at) => html`<th scope="col" class="${style(at)}">${name || '\u00a0'}</th>`,
  );
  const row = ([first, ...cells]: string[]) => {
    const address = link?.(first!);
    const heading = address ? html`<a href="${address}">${first}</a>` : first;
    const others = cells.map((cell, at) => html`<td class="${style(at + 1)}">${cell}</td>`);
    return html`<tr><th scope="row" class="${style(0)}">${heading}</th>${others}</tr>
`;
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${table.title ?? 'Table'}"><table>
${isTitled && html`<caption>${table.title}</caption>`}
<thead><tr>${head}</tr></thead>
<tbody>${formatCells(table).map(row)}</tbody></table></div>
${(table.notes ?? []).map((note) => html`<p class="note">${note}</p>`)}`;
}
