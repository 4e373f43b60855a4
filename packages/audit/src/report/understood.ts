import { AGREEMENT_WORDS, type AgreementMeasure, type Claim, entryOf } from '../claim/claim';
import type { AuditTable } from './table';

/** Something in a text that is not used, and why. */
export interface UnusedText {
  /** Line of the pasted text; 0 where it has none. */
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

const METRICS = ['accuracy', 'precision', 'recall', 'f1'] as const;
const RATES = ['specificity', 'npv', 'fpr', 'fnr', 'jaccard', 'f2', 'f05'] as const;

/** The figures of a claim as a table: a row for each class, then the means. */
export function tableUnderstood(claim: Claim): AuditTable {
  const { perClass = {}, rates = {}, means = {}, supports, classes } = claim;
  const printed = RATES.filter((rate) => rates[rate]);
  const metrics = METRICS.filter(
    (metric) => perClass[metric] || Object.values(means).some((mean) => mean && metric in mean),
  );
  const rows: (string | number)[][] = classes.map((name) => [
    name,
    ...metrics.map((metric) => entryOf(perClass[metric], name) ?? ''),
    ...printed.map((rate) => entryOf(rates[rate], name) ?? ''),
    ...(supports ? [entryOf(supports, name) ?? ''] : []),
  ]);
  for (const [kind, mean] of Object.entries(means)) {
    const label = kind === 'unspecified' ? 'mean (kind not stated)' : `${kind} mean`;
    const figures = metrics.map((metric) => (metric === 'accuracy' ? '' : (mean?.[metric] ?? '')));
    rows.push([label, ...figures, ...printed.map(() => ''), ...(supports ? [''] : [])]);
  }
  return { title: claim.title, columns: ['', ...metrics, ...printed, ...(supports ? ['items'] : [])], rows };
}

/** The printed matrix of a claim; undefined when it has none. */
export function tableMatrix({ confusion, classes }: Claim): AuditTable | undefined {
  if (!confusion) return undefined;
  const rows = classes.map((name) => [
    name,
    ...classes.map((_, j) => entryOf(confusion.rows, name)?.[j] ?? '?'),
  ]);
  const cells = confusion.normalised === 'counts' ? 'counts' : `shares of ${confusion.normalised}`;
  return { title: `confusion matrix, ${cells}, rows are true classes`, columns: ['', ...classes], rows };
}

/** The figures of a claim that are of no class. */
export function overallUnderstood({
  accuracy,
  alsoAccuracy = [],
  errorRate,
  n,
  dataset,
  part,
  testShare,
  agreement = {},
  deviations = {},
  topK = {},
  auc,
  gMean,
  intervals = {},
}: Claim): string[] {
  const accuracies = [accuracy, ...alsoAccuracy].filter((text) => text !== undefined);
  return [
    ...(accuracies.length ? [`overall accuracy ${accuracies.join(', also ')}`] : []),
    ...(errorRate === undefined ? [] : [`error rate ${errorRate}`]),
    ...(auc === undefined ? [] : [`area under the ROC curve ${auc}`]),
    ...(gMean === undefined ? [] : [`G-mean ${gMean}`]),
    ...Object.entries(topK).map(([k, text]) => `top-${k} accuracy ${text}`),
    ...Object.entries(agreement).map(
      ([measure, text]) => `${AGREEMENT_WORDS[measure as AgreementMeasure]} ${text}`,
    ),
    ...Object.entries(intervals).map(
      ([field, { low, high, level = '95%' }]) => `${level} interval of ${wordsOf(field)} ${low} to ${high}`,
    ),
    ...(deviations.accuracy === undefined
      ? []
      : [`standard deviation of the accuracy ${deviations.accuracy}`]),
    ...Object.entries(deviations.perClass ?? {}).map(([metric, table]) => {
      const shown = Object.entries(table).map(([name, text]) => `${name} ${text}`);
      return `standard deviations of the ${metric}: ${shown.join(', ')}`;
    }),
    ...(n === undefined ? [] : [`n = ${n}`]),
    ...(dataset ? [`data set ${dataset}${part ? `, ${part}` : ''}`] : []),
    ...(testShare ? [`share held out for testing ${testShare}`] : []),
  ];
}

/** A field as a reader names it, such as `recall of Happy`. */
function wordsOf(field: string): string {
  const [, metric, name] = /^perClass\.(\w+)\.(.*)$/s.exec(field) ?? [];
  return metric === undefined ? field : `${metric} of ${name}`;
}

/** What is not used, in words. */
export function describeUnused({ line, text, reason }: UnusedText): string {
  return `not used${line > 0 ? `, line ${line}` : ''}: ${text} (${reason})`;
}

/** What was understood of a text, in lines: the table, the overall figures, and what is not used. */
export function describeUnderstood(claim: Claim, notes: readonly UnusedText[] = []): string[] {
  const matrix = tableMatrix(claim);
  const table = tableUnderstood(claim);
  return [
    'read as',
    ...(table.columns.length > 1 ? layOut(table) : [`classes: ${claim.classes.join(', ') || 'not named'}`]),
    ...overallUnderstood(claim),
    ...(matrix ? [matrix.title, ...layOut(matrix)] : []),
    ...notes.map(describeUnused),
  ].map((line, i) => (i === 0 ? line : `  ${line}`));
}

function layOut({ columns, rows }: AuditTable): string[] {
  const all = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  const pad = (cell: string, i: number) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!));
  return all.map((row) => row.map(pad).join('  ').trimEnd());
}
