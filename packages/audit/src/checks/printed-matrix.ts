import { entryOf } from '../claim/claim';
import type { Evidence } from '../evidence/evidence';
import type { Certificate, CheckResult, Witness } from '../report/report';
import { type Misprint, misprints } from '../verify/misprints';

const ABOUT = {
  id: 'printed-matrix',
  title: 'The printed confusion matrix yields every figure',
  rule: 'Every measure follows from the counts of the whole matrix, so each printed figure can be recomputed.',
  source: 'definitions of the measures',
} as const;

/** The printed counts, if all of them are there. */
export function printedMatrix({ claim, classes, aggregation }: Evidence): number[][] | undefined {
  if (claim.confusion?.normalised !== 'counts' || aggregation.kind !== 'single') return undefined;
  const rows = classes.map((name) => entryOf(claim.confusion!.rows, name));
  const isWhole = rows.every((row) => row?.every((cell) => typeof cell === 'number'));
  return isWhole ? (rows as number[][]) : undefined;
}

/** Recomputes every figure from the printed counts: nothing has to be searched. */
export function checkPrintedMatrix(
  evidence: Evidence,
  matrix: number[][],
): { check: CheckResult; witness?: Witness } {
  const wrong = misprints(evidence.claim, matrix, evidence.reading);
  if (wrong.length === 0) {
    const supports = matrix.map((row) => row.reduce((a, b) => a + b, 0));
    const n = supports.reduce((a, b) => a + b, 0);
    const detail = `the printed matrix of ${n} items yields every figure`;
    const check: CheckResult = { ...ABOUT, verdict: 'consistent', detail, certificates: [] };
    return { check, witness: { matrix, supports, n } };
  }
  const certificates = wrong.map((misprint) => toCertificate(evidence, misprint));
  return { check: { ...ABOUT, verdict: 'impossible', detail: certificates[0]!.statement, certificates } };
}

function toCertificate(evidence: Evidence, { field, printed, found }: Misprint): Certificate {
  const known = evidence.figures.find((figure) => figure.field === field);
  const meaning = known?.meaning ?? field;
  const statement =
    found === undefined
      ? `the printed matrix contradicts ${meaning}${printed === undefined ? '' : ` ${printed}`}`
      : `the printed matrix gives ${found} for ${meaning}, printed is ${printed}`;
  const figures = [
    { field, meaning, text: printed ?? '' },
    { field: 'confusion', meaning: 'confusion matrix', text: 'counts' },
  ];
  return { figures, statement, minimality: 'smallest' };
}
