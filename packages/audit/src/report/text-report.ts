import { describeParts } from './describe-parts';
import { describeRepair } from './describe-repair';
import type { AuditReport, Certificate, CheckResult, ReadingReport } from './report';
import { describeUnderstood, type UnusedText } from './understood';

const MARKS = { consistent: 'ok', impossible: 'IMPOSSIBLE', 'not enough information': '?' } as const;

/**
 * The report as plain text for a terminal, the table as it was read first.
 * @param notes what of the text is not used
 */
export function formatReport(report: AuditReport, notes: readonly UnusedText[] = []): string {
  const lines = [
    report.title,
    ...(report.source ? [`source: ${report.source}`] : []),
    '',
    ...describeUnderstood(report.claim, notes),
    '',
    report.summary,
    ...report.assumptions.map((line) => `  taken for granted: ${line}`),
    '',
    ...formatContradictions(report),
    ...(report.repair ? ['smallest repair', `  ${describeRepair(report.repair)}`, ''] : []),
    ...formatOtherwise(report),
    ...report.readings.flatMap((reading) => formatReading(reading, report.readings.length === 1)),
    ...(report.observations.length
      ? ['', 'observations', ...report.observations.map((line) => `  - ${line}`)]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** One line for each of several audits: the verdict, the title and what decides it. */
export function formatSummary(reports: readonly AuditReport[]): string {
  const words = { consistent: 'consistent', impossible: 'impossible', 'not enough information': 'undecided' };
  const line = (report: AuditReport) => {
    const [found] = sharedContradictions(report);
    const sure = report.verdict === 'impossible' ? '' : 'under the usual readings ';
    const why = found && report.verdict !== 'consistent' ? `: ${sure}${found.certificate.statement}` : '';
    return `  ${words[report.verdict].padEnd(11)} ${report.title}${why}`;
  };
  return `${reports.length} claims\n${reports.map(line).join('\n')}\n`;
}

/** A contradiction, and the readings under which it holds. */
export interface SharedContradiction {
  readonly certificate: Certificate;
  readonly readings: readonly ReadingReport[];
}

/** The contradictions of all readings without repetition, those with the fewest figures first. */
export function sharedContradictions(report: AuditReport): SharedContradiction[] {
  const found = new Map<string, { certificate: Certificate; readings: ReadingReport[] }>();
  for (const reading of report.readings) {
    for (const certificate of reading.checks.flatMap((check) => check.certificates)) {
      const key = certificate.figures.map(({ field, meaning }) => `${field} ${meaning}`).join('|');
      const entry = found.get(key) ?? { certificate, readings: [] };
      if (!entry.readings.includes(reading)) entry.readings.push(reading);
      found.set(key, entry);
    }
  }
  const size = (entry: SharedContradiction) => entry.certificate.figures.length;
  return [...found.values()].sort((a, b) => size(a) - size(b) || b.readings.length - a.readings.length);
}

function formatContradictions(report: AuditReport): string[] {
  const shared = sharedContradictions(report);
  if (!shared.length) return [];
  const total = report.readings.length;
  const line = ({ certificate, readings }: SharedContradiction) => {
    const { length } = certificate.figures;
    const where = total > 1 ? ` (in ${readings.length} of ${total} readings)` : '';
    return `  - ${length} ${length === 1 ? 'figure' : 'figures'}${where}: ${certificate.statement}`;
  };
  return ['contradictions, those with the fewest figures first', ...shared.slice(0, 12).map(line), ''];
}

/** What would change the verdict. */
function formatOtherwise({ unusual, otherwise }: AuditReport): string[] {
  const lines = [
    ...unusual.map(({ description, verdict }) => `${verdict} if read so: ${description}`),
    ...otherwise.map(
      ({ words, verdict }) => `${verdict === 'consistent' ? 'possible' : 'not ruled out'} if ${words}`,
    ),
  ];
  return lines.length ? ['otherwise', ...lines.map((line) => `  - ${line}`), ''] : [];
}

function formatReading(report: ReadingReport, alone: boolean): string[] {
  const { certificate, witness } = report;
  const verdict = report.verdict === 'impossible' ? 'impossible as printed' : report.verdict;
  const checks = report.checks.filter((check) => alone && check.verdict !== 'not enough information');
  return [
    alone ? `verdict: ${verdict}` : `reading: ${report.description}`,
    ...(alone ? [] : [`  ${verdict}${certificate ? `: ${certificate.statement}` : ''}`]),
    ...checks.map(formatCheck),
    ...(witness
      ? [
          '  a matrix that yields every figure (rows are true classes):',
          ...formatMatrix(witness.matrix),
          ...(witness.parts ? [`  with ${describeParts(witness.parts)}`] : []),
        ]
      : []),
  ];
}

function formatCheck({ verdict, title, detail }: CheckResult): string {
  return `  [${MARKS[verdict]}] ${title}: ${detail}`;
}

function formatMatrix(matrix: readonly (readonly number[])[]): string[] {
  const width = Math.max(...matrix.flat()).toString().length + 2;
  return matrix.map((row) => `   ${row.map((count) => String(count).padStart(width)).join('')}`);
}
