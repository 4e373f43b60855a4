import type { AuditReport, CheckResult, ReadingReport, Verdict } from './report';
import { type SharedContradiction, sharedContradictions } from './text-report';

/** Colours that stay apart for colour-blind readers and in print; every mark has its word beside it. */
const MARKS: Readonly<Record<Verdict, { word: string; colour: string }>> = {
  consistent: { word: 'consistent', colour: '#1b6ca8' },
  impossible: { word: 'impossible as printed', colour: '#b3401a' },
  'not enough information': { word: 'not enough information', colour: '#666666' },
};

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}

function mark(verdict: Verdict): string {
  const { word, colour } = MARKS[verdict];
  return `<b style="color:${colour}">${word}</b>`;
}

/** The report as an HTML fragment, without scripts or outside resources, for a notebook's output. */
export function reportHtml(report: AuditReport): string {
  const contradictions = sharedContradictions(report).slice(0, 12);
  return [
    `<h3>${escapeHtml(report.title)}</h3>`,
    report.source ? `<p><i>${escapeHtml(report.source)}</i></p>` : '',
    `<p>${mark(report.verdict)} &mdash; ${escapeHtml(report.summary)}</p>`,
    contradictions.length ? contradictionTable(contradictions, report.readings.length) : '',
    report.readings.map((reading) => readingBlock(reading, report.readings.length === 1)).join('\n'),
    report.observations.length
      ? `<ul>${report.observations.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`
      : '',
  ].join('\n');
}

/** The report as a page of its own. */
export function reportPage(report: AuditReport): string {
  const style =
    'body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}' +
    'table{border-collapse:collapse}td,th{padding:.2em .6em;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Audit: ${escapeHtml(report.title)}</title><style>${style}</style></head>
<body>
${reportHtml(report)}
</body></html>
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag} style="text-align:left;vertical-align:top">${cell}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${rows.map((cells) => line(cells, 'td')).join('')}</table>`;
}

function contradictionTable(shared: readonly SharedContradiction[], total: number): string {
  const rows = shared.map(({ certificate, readings }) => [
    String(certificate.figures.length),
    `${readings.length} of ${total}`,
    escapeHtml(certificate.statement),
  ]);
  return `<p>Contradictions, those with the fewest figures first:</p>${table(['figures', 'readings', 'contradiction'], rows)}`;
}

function readingBlock(report: ReadingReport, alone: boolean): string {
  const reason = report.certificate ? `: ${escapeHtml(report.certificate.statement)}` : '';
  const body = `${checkTable(report.checks)}${report.witness ? witnessTable(report.witness.matrix) : ''}`;
  const summary = `<summary>${mark(report.verdict)} &mdash; ${escapeHtml(report.description)}${reason}</summary>`;
  return `<details${alone ? ' open' : ''}>${summary}${body}</details>`;
}

function checkTable(checks: readonly CheckResult[]): string {
  const rows = checks.map((check) => [
    `<span title="${escapeHtml(`${check.rule} (${check.source})`)}">${escapeHtml(check.title)}</span>`,
    mark(check.verdict),
    escapeHtml(check.detail),
  ]);
  return table(['check', 'verdict', 'what was found'], rows);
}

function witnessTable(matrix: readonly (readonly number[])[]): string {
  const rows = matrix.map((row) => row.map(String));
  return `<p>A matrix that yields every figure (rows are true classes):</p>${table([], rows)}`;
}
