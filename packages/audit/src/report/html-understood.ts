import type { Claim } from '../claim/claim';
import { escapeHtml, htmlTable } from './html';
import type { AuditTable } from './table';
import {
  describeUnused,
  overallUnderstood,
  tableMatrix,
  tableUnderstood,
  type UnusedText,
} from './understood';

/** The table as it was read, the figures that are of no class, and what is not used, as HTML. */
export function understoodHtml(claim: Claim, notes: readonly UnusedText[]): string {
  const overall = overallUnderstood(claim);
  const matrix = tableMatrix(claim);
  const figures = tableUnderstood(claim);
  return [
    '<h4>The table as read</h4>',
    figures.columns.length > 1 ? scrolled(figures) : '',
    overall.length ? `<p>${escapeHtml(overall.join('; '))}</p>` : '',
    matrix ? `<p>${escapeHtml(matrix.title)}:</p>${scrolled(matrix)}` : '',
    notes.length
      ? `<ul>${notes.map((note) => `<li>${escapeHtml(describeUnused(note))}</li>`).join('')}</ul>`
      : '',
  ].join('\n');
}

function scrolled({ columns, rows }: AuditTable): string {
  const cells = rows.map((row) => row.map((cell) => escapeHtml(String(cell))));
  return `<div style="overflow-x:auto" tabindex="0" role="region" aria-label="table as read">${htmlTable(columns.map(escapeHtml), cells)}</div>`;
}
