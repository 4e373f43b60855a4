import { READING_KEYS, READING_WORDS, readingWord } from '../claim/reading';
import type { AuditReport, ReadingReport } from './report';
import type { AuditTable } from './table';
import { sharedContradictions } from './text-report';

const worded = (verdict: string) => (verdict === 'impossible' ? 'impossible as printed' : verdict);

/** The contradictions of all readings, those with the fewest figures first. */
export function tableContradictions(report: AuditReport, limit = 12): AuditTable {
  const rows = sharedContradictions(report)
    .slice(0, limit)
    .map(({ certificate, readings }) => [
      certificate.figures.length,
      `${readings.length} of ${report.readings.length}`,
      certificate.statement,
    ]);
  return {
    title: `Contradictions: ${report.title}`,
    columns: ['Figures', 'Readings', 'Contradiction'],
    rows,
  };
}

/** Every reading, a column for each thing that it decides, with its verdict and its smallest contradiction. */
export function tableReadings(report: AuditReport): AuditTable {
  const keys = READING_KEYS.filter((key) =>
    report.readings.some(({ reading }) => reading[key] !== undefined),
  );
  const rows = report.readings.map(({ reading, verdict, certificate, witness }) => [
    ...keys.map((key) => readingWord(reading, key)),
    worded(verdict),
    certificate?.statement ?? (witness ? `a matrix of ${witness.n} items yields every figure` : ''),
  ]);
  const decided = keys.map((key) => capitalized(READING_WORDS[key]));
  return { title: `Readings: ${report.title}`, columns: [...decided, 'Verdict', 'Why'], rows };
}

const capitalized = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;

/** Every check of one reading, with its rule. */
export function tableChecks({ checks, description }: ReadingReport): AuditTable {
  const rows = checks.map(({ title, verdict, detail, rule }) => [title, worded(verdict), detail, rule]);
  return { title: `Checks under: ${description}`, columns: ['Check', 'Verdict', 'Found', 'Rule'], rows };
}

/** One line for each of several audits. */
export function tableAudits(reports: readonly AuditReport[]): AuditTable {
  const rows = reports.map((report) => {
    const [smallest] = sharedContradictions(report);
    return [
      report.title,
      worded(report.verdict),
      smallest?.certificate.statement ?? report.observations[0] ?? '',
    ];
  });
  return {
    title: 'Audits',
    columns: ['Claim', 'Verdict', 'Smallest contradiction, or what the figures tell'],
    rows,
  };
}

/** The matrix of a reading that can be true, rows are true classes; undefined when none was found. */
export function tableWitness(
  { witness, description }: ReadingReport,
  classes: readonly string[],
): AuditTable | undefined {
  if (!witness) return undefined;
  const names = witness.classes ?? classes;
  const rows = witness.matrix.map((row, i) => [names[i]!, ...row, witness.supports[i]!]);
  return {
    title: `A matrix that yields every figure (${description})`,
    columns: ['True', ...names, 'Items'],
    rows,
  };
}
