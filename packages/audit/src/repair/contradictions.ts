import type { Claim } from '../claim/claim';
import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import type { ReadingReport } from '../report/report';
import type { Field } from './fields';

/** Fields that contradict each other: whatever makes a claim fit must change one of them. */
export interface Contradiction {
  readonly fields: readonly Field[];
  /** What the fields stand for in the reading that it was found in, by their names. */
  readonly keys: ReadonlyMap<Field, string>;
  /** The reading of the supports that it rests on; undefined where it holds whatever they are. */
  readonly supports: string | undefined;
}

/** Checks that hold whatever the supports and n are; of others a certificate may say so of itself. */
const FREE = new Set([
  'same-quantity',
  'f1-from-precision-recall',
  'macro-means',
  'one-vs-rest-sum',
  'one-vs-rest-floor',
  'one-vs-rest-recalls',
  'prediction-balance',
  'top-k',
  'auc',
  'deviation-bound',
  'kappa-accuracy',
  'kappa-correlation',
  'confusion-sums',
  'support-sum',
  'capacity',
]);

/**
 * The contradictions of a reading, those with the fewest fields first.
 * @param without fields that were taken out: a count among them that others imply stands for these
 */
export function contradictionsOf(
  report: ReadingReport,
  evidence: Evidence,
  without: readonly Field[] = [],
): Contradiction[] {
  const { claim, figures } = evidence;
  const isCounted = !claim.supports && claim.confusion?.normalised === 'counts';
  const counts = [
    ...Object.keys(claim.supports ?? {}).map((name) => `supports.${name}`),
    ...(isCounted ? cellsOf(claim) : []),
    'n',
  ];
  const found = report.checks.flatMap(({ id, certificates }) =>
    certificates.map((certificate): Contradiction => {
      const named = [...certificate.figures, ...(certificate.others ?? [])].flatMap(({ field }) =>
        ROW.test(field) ? cellsOf(claim).filter((cell) => cell.startsWith(`${field}[`)) : field,
      );
      const isFree = certificate.isFree ?? FREE.has(id);
      const keys = new Map(
        figures
          .filter(({ field }) => named.includes(field))
          .map((figure) => [figure.field, quantityOf(figure)]),
      );
      const isImplied = named.some((field) => without.includes(field));
      const cells = id === 'printed-matrix' && certificates.length > 1 ? cellsOf(claim) : [];
      const all = isFree && !isImplied ? named : [...named, ...counts, ...cells];
      const fields = [...new Set(all)]
        .filter((field) => !without.includes(field))
        .sort((a, b) => order(a) - order(b));
      const rests = !isFree || named.some((field) => counts.includes(field));
      return { fields, keys, supports: rests ? (evidence.reading.supports ?? 'none') : undefined };
    }),
  );
  return found.sort((a, b) => a.fields.length - b.fields.length);
}

/** Overall figures are tried first: a wrong one contradicts many others, and is alone to blame. */
function order(field: Field): number {
  return [
    'means',
    'accuracy',
    'deviations',
    'topK',
    'auc',
    'gMean',
    'agreement',
    'perClass',
    'rates',
    'confusion',
    'n',
    'supports',
  ].indexOf(field.split('.')[0]!);
}

/** A whole row of a matrix. */
const ROW = /^confusion\.rows\.(?!.*\]$)/s;

/** The cells of a printed matrix: where several figures contradict it, one of them may be wrong. */
function cellsOf({ confusion }: Claim): Field[] {
  return Object.entries(confusion?.rows ?? {}).flatMap(([label, row]) =>
    row.map((_, j) => `confusion.rows.${label}[${j}]`),
  );
}

/** Whether a contradiction that was found under one reading holds under another. */
export function holdsUnder({ keys, supports }: Contradiction, { figures, reading }: Evidence): boolean {
  if (supports !== undefined && supports !== (reading.supports ?? 'none')) return false;
  return [...keys].every(([field, quantity]) =>
    figures.some((figure) => figure.field === field && quantityOf(figure) === quantity),
  );
}

/** The quantity that a figure stands for; its meaning tells readings apart that share the quantity's name. */
function quantityOf({ key, meaning }: Figure): string {
  return `${key} ${meaning}`;
}
