import { describeParts } from './describe-parts';
import { describeRepair } from './describe-repair';
import { escapeHtml, htmlTable } from './html';
import { understoodHtml } from './html-understood';
import type { AuditReport, CheckResult, ReadingReport, Repair, Verdict } from './report';
import { type SharedContradiction, sharedContradictions } from './text-report';
import type { UnusedText } from './understood';

/** Colours that stay apart for colour-blind readers and in print; every mark has its word beside it. */
const MARKS: Readonly<Record<Verdict, { word: string; colour: string }>> = {
  consistent: { word: 'consistent', colour: '#1b6ca8' },
  impossible: { word: 'impossible as printed', colour: '#b3401a' },
  'not enough information': { word: 'not enough information', colour: '#666666' },
};

function mark(verdict: Verdict): string {
  const { word, colour } = MARKS[verdict];
  // A page with another background may say another colour.
  return `<b style="color:var(--audit-${verdict.replaceAll(' ', '-')},${colour})">${word}</b>`;
}

/** The summary, which begins with the verdict, with the verdict marked. */
function markedSummary({ verdict, summary }: AuditReport): string {
  const { word } = MARKS[verdict];
  return `${mark(verdict)}${escapeHtml(summary.slice(summary.startsWith(word) ? word.length : 0))}`;
}

/**
 * The report as an HTML fragment, without scripts or outside resources, for a notebook's output; the table as it was read
 * comes first.
 * @param notes what of the text is not used
 */
export function reportHtml(report: AuditReport, notes: readonly UnusedText[] = []): string {
  return [
    `<h3>${escapeHtml(report.title)}</h3>`,
    report.source ? `<p><i>${escapeHtml(report.source)}</i></p>` : '',
    understoodHtml(report.claim, notes),
    verdictHtml(report),
  ].join('\n');
}

/**
 * The verdict with what it takes for granted, the contradictions, the repair, the readings and the witness, as HTML.
 * @param heading the element of its own headings, one level below the one above it
 */
export function verdictHtml(report: AuditReport, heading: 'h3' | 'h4' = 'h4'): string {
  const contradictions = sharedContradictions(report).slice(0, 12);
  return [
    `<p>${markedSummary(report)}</p>`,
    report.assumptions.length
      ? `<p>Taken for granted: ${escapeHtml(report.assumptions.join('; '))}.</p>`
      : '',
    contradictions.length ? contradictionTable(contradictions, report.readings.length) : '',
    report.repair ? repairHtml(report.repair, report.classes) : '',
    otherwiseList(report),
    report.readings.length > 1 ? `<${heading}>Readings</${heading}>` : '',
    report.readings.map((reading) => readingBlock(reading, report)).join('\n'),
    report.observations.length
      ? `<ul>${report.observations.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`
      : '',
  ].join('\n');
}

function repairHtml(repair: Repair, classes: readonly string[]): string {
  const { witness } = repair;
  const matrix = witness
    ? `<details><summary>The matrix after the repair</summary>${witnessTable(witness.matrix, witness.classes ?? classes)}</details>`
    : '';
  return `<p><b>Smallest repair:</b> ${escapeHtml(describeRepair(repair))}.</p>${matrix}`;
}

function otherwiseList({ unusual, otherwise }: AuditReport): string {
  const lines = [
    ...unusual.map(({ description, verdict }) => `${verdict} if read so: ${description}`),
    ...otherwise.map(
      ({ words, verdict }) => `${verdict === 'consistent' ? 'possible' : 'not ruled out'} if ${words}`,
    ),
  ];
  if (lines.length === 0) return '';
  return `<p>Otherwise:</p><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
}

/** A report, and what of the text is not used. */
export interface AuditedTable {
  readonly report: AuditReport;
  readonly notes: readonly UnusedText[];
}

/** Reports as a page of their own; of several there is a summary first. */
export function reportPage(tables: readonly AuditedTable[]): string {
  const style =
    'body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}' +
    'table{border-collapse:collapse}td,th{padding:.2em .6em;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Audit: ${escapeHtml(tables[0]?.report.title ?? '')}</title><style>${style}</style></head>
<body>
${tables.length > 1 ? summaryTable(tables) : ''}
${tables.map(({ report, notes }) => reportHtml(report, notes)).join('\n<hr>\n')}
</body></html>
`;
}

function summaryTable(tables: readonly AuditedTable[]): string {
  const rows = tables.map(({ report }) => [
    escapeHtml(report.title),
    mark(report.verdict),
    escapeHtml(sharedContradictions(report)[0]?.certificate.statement ?? ''),
  ]);
  return htmlTable(['claim', 'verdict', 'smallest contradiction'], rows);
}

function contradictionTable(shared: readonly SharedContradiction[], total: number): string {
  const rows = shared.map(({ certificate, readings }) => [
    String(certificate.figures.length),
    `${readings.length} of ${total}`,
    escapeHtml(certificate.statement),
  ]);
  return `<p>Contradictions, those with the fewest figures first:</p>${htmlTable(['figures', 'readings', 'contradiction'], rows)}`;
}

function readingBlock(report: ReadingReport, { readings, classes }: AuditReport): string {
  const alone = readings.length === 1;
  const reason = report.certificate ? `: ${escapeHtml(report.certificate.statement)}` : '';
  const parts = report.witness?.parts ? `<p>With ${describeParts(report.witness.parts)}.</p>` : '';
  const matrix = report.witness
    ? witnessTable(report.witness.matrix, report.witness.classes ?? classes) + parts
    : '';
  const summary = `<summary>${mark(report.verdict)} &mdash; ${escapeHtml(report.description)}${reason}</summary>`;
  return `<details style="margin:.4em 0"${alone ? ' open' : ''}>${summary}${checkTable(report.checks)}${matrix}</details>`;
}

function checkTable(checks: readonly CheckResult[]): string {
  const rows = checks.map((check) => [
    `<details><summary>${escapeHtml(check.title)}</summary>${escapeHtml(check.rule)} <i>(${escapeHtml(check.source)})</i></details>`,
    mark(check.verdict),
    escapeHtml(check.detail),
  ]);
  return htmlTable(['check, with its rule', 'verdict', 'what was found'], rows);
}

/** The matrix with its classes: rows are true ones, columns predicted ones. */
function witnessTable(matrix: readonly (readonly number[])[], classes: readonly string[]): string {
  const cell = (text: string, tag: 'th' | 'td') =>
    `<${tag} style="text-align:right">${escapeHtml(text)}</${tag}>`;
  const head = ['', ...classes].map((name) => cell(name, 'th')).join('');
  const rows = matrix.map(
    (row, i) => cell(classes[i]!, 'th') + row.map((count) => cell(String(count), 'td')).join(''),
  );
  const lines = [head, ...rows].map((line) => `<tr>${line}</tr>`).join('');
  return `<p>A matrix that yields every figure (rows are true classes):</p><div style="overflow-x:auto" tabindex="0" role="region" aria-label="matrix"><table>${lines}</table></div>`;
}
