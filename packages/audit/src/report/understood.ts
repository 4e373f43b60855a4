import { type Claim, entryOf } from '../claim/claim';
import type { AuditTable } from './table';

/** Something in a text that is not used, and why. */
export interface UnusedText {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

const METRICS = ['accuracy', 'precision', 'recall', 'f1'] as const;

/** The figures of a claim as a table: a row for each class, then the means and the overall accuracy. */
export function tableUnderstood(claim: Claim): AuditTable {
  const { perClass = {}, means = {}, supports, classes } = claim;
  const metrics = METRICS.filter(
    (metric) => perClass[metric] || Object.values(means).some((mean) => mean && metric in mean),
  );
  const rows: (string | number)[][] = classes.map((name) => [
    name,
    ...metrics.map((metric) => entryOf(perClass[metric], name) ?? ''),
    ...(supports ? [entryOf(supports, name) ?? ''] : []),
  ]);
  for (const [kind, mean] of Object.entries(means)) {
    const label = kind === 'unspecified' ? 'mean (kind not stated)' : `${kind} mean`;
    const figures = metrics.map((metric) => (metric === 'accuracy' ? '' : (mean?.[metric] ?? '')));
    rows.push([label, ...figures, ...(supports ? [''] : [])]);
  }
  return { title: claim.title, columns: ['', ...metrics, ...(supports ? ['items'] : [])], rows };
}

/** What was understood of a text, in lines: the table, the overall figures, and what is not used. */
export function describeUnderstood(claim: Claim, notes: readonly UnusedText[] = []): string[] {
  const { accuracy, alsoAccuracy = [], n, confusion, classes } = claim;
  const printed = [accuracy, ...alsoAccuracy].filter((text) => text !== undefined);
  return [
    'read as',
    ...layOut(tableUnderstood(claim)).map((line) => `  ${line}`),
    ...(printed.length ? [`  overall accuracy ${printed.join(', also ')}`] : []),
    ...(n === undefined ? [] : [`  n = ${n}`]),
    ...(confusion
      ? [`  confusion matrix of ${classes.length} classes, ${cellsAre(confusion.normalised)}`]
      : []),
    ...notes.map(
      ({ line, text, reason }) => `  not used${line > 0 ? `, line ${line}` : ''}: ${text} (${reason})`,
    ),
  ];
}

function cellsAre(normalised: string): string {
  return normalised === 'counts'
    ? 'counts, rows are true classes'
    : `shares of ${normalised}, rows are true classes`;
}

function layOut({ columns, rows }: AuditTable): string[] {
  const all = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  const pad = (cell: string, i: number) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!));
  return all.map((row) => row.map(pad).join('  ').trimEnd());
}
