import { checkAnySupports } from './checks/any-supports';
import { type Check, runCheck } from './checks/check';
import { classCounts, classSums } from './checks/class-counts';
import { confusionCounts, confusionRowSums, grimRows } from './checks/confusion-rows';
import { f1FromPrecisionAndRecall } from './checks/f1';
import { grimAccuracy, grimRecall } from './checks/grim';
import { macroRecallBounds } from './checks/macro-recall';
import { checkMatrix } from './checks/matrix';
import { macroMeans, weightedMeans } from './checks/means';
import { missedItems, oneVersusRestFloor, oneVersusRestSum } from './checks/one-vs-rest';
import { predictionBalance } from './checks/prediction-balance';
import { sameQuantity } from './checks/same-quantity';
import { capacity, supportSum } from './checks/supports';
import type { Claim } from './claim/claim';
import { describeReading, type Reading, readingsOf } from './claim/reading';
import { type Evidence, gatherEvidence } from './evidence/evidence';
import { deadlineIn } from './matrix/deadline';
import { type LoadHighs, Proposer } from './matrix/solver';
import { observe } from './observations';
import type { AuditReport, Certificate, CheckResult, ReadingReport, Verdict } from './report/report';

/** The checks that look at few figures each, cheapest first. */
const CHECKS: readonly Check[] = [
  supportSum,
  capacity,
  sameQuantity,
  confusionRowSums,
  confusionCounts,
  grimAccuracy,
  grimRecall,
  grimRows,
  f1FromPrecisionAndRecall,
  macroMeans,
  weightedMeans,
  macroRecallBounds,
  oneVersusRestFloor,
  oneVersusRestSum,
  missedItems,
  predictionBalance,
  classCounts,
  classSums,
];

/** How an audit is made. */
export interface AuditOptions {
  /** Loads HiGHS, the linear solver that makes proposals; the default export of the `highs` package. */
  readonly loadHighs: LoadHighs;
  /** Seconds for the search for a matrix, over all readings; 10 unless given. */
  readonly timeLimitSeconds?: number;
  /** Keep to the readings that agree with this one. */
  readonly reading?: Reading;
}

/**
 * Decides whether the figures of a claim can all be true, under each reading of it.
 * @param claim as `parseClaim`, `validateClaim` or `claimFromTable` returns it
 */
export async function auditClaim(claim: Claim, options: AuditOptions): Promise<AuditReport> {
  const start = performance.now();
  const readings = readingsOf(claim).filter((reading) => agrees(reading, options.reading ?? {}));
  const seconds = (options.timeLimitSeconds ?? 10) / Math.max(1, readings.length);
  const proposer = new Proposer(options.loadHighs);
  const evidences = readings.map((reading) => gatherEvidence(claim, reading));
  const reports: ReadingReport[] = [];
  for (const evidence of evidences) reports.push(await auditReading(evidence, proposer, seconds));
  const verdict = overall(reports);
  return {
    title: claim.title,
    ...(claim.source !== undefined && { source: claim.source }),
    ...(claim.note !== undefined && { note: claim.note }),
    verdict,
    classes: claim.classes,
    summary: summarise(verdict, reports),
    readings: reports,
    observations: [...new Set(evidences.flatMap(observe))],
    seconds: (performance.now() - start) / 1000,
  };
}

function agrees(reading: Reading, wanted: Reading): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const own = reading[key as keyof Reading];
    return own === undefined || own === value;
  });
}

async function auditReading(evidence: Evidence, proposer: Proposer, seconds: number): Promise<ReadingReport> {
  const checks = CHECKS.map((check) => runCheck(check, evidence));
  const failed = checks.some((check) => check.verdict === 'impossible');
  const search = evidence.supports ? checkMatrix : checkAnySupports;
  const matrix = failed ? undefined : await search(evidence, proposer, deadlineIn(seconds));
  const all = matrix ? [...checks, matrix.check] : checks;
  const verdict = matrix?.witness ? 'consistent' : verdictOf(all);
  const certificate = smallest(all.flatMap((check) => check.certificates));
  return {
    reading: evidence.reading,
    description: describeReading(evidence.reading),
    verdict,
    checks: all,
    ...(certificate && { certificate }),
    ...(matrix?.witness && { witness: matrix.witness }),
  };
}

/** Only a witness makes a reading consistent; checks that pass prove nothing about the figures together. */
function verdictOf(checks: readonly CheckResult[]): Verdict {
  return checks.some((check) => check.verdict === 'impossible') ? 'impossible' : 'not enough information';
}

function smallest(certificates: readonly Certificate[]): Certificate | undefined {
  return certificates.reduce<Certificate | undefined>(
    (best, one) => (best && best.figures.length <= one.figures.length ? best : one),
    undefined,
  );
}

function overall(reports: readonly ReadingReport[]): Verdict {
  if (reports.some((report) => report.verdict === 'consistent')) return 'consistent';
  return reports.every((report) => report.verdict === 'impossible') ? 'impossible' : 'not enough information';
}

function summarise(verdict: Verdict, reports: readonly ReadingReport[]): string {
  const surviving = reports.filter((report) => report.verdict !== 'impossible').length;
  const readings = reports.length === 1 ? 'the one reading' : `${surviving} of ${reports.length} readings`;
  switch (verdict) {
    case 'consistent':
      return `consistent: a confusion matrix yields every figure (${readings} can't be ruled out)`;
    case 'impossible':
      return reports.length === 1
        ? 'impossible as printed: no confusion matrix yields these figures'
        : `impossible as printed under each of the ${reports.length} readings`;
    case 'not enough information':
      return `not enough information: ${readings} can be neither shown nor ruled out`;
  }
}
