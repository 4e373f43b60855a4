import { kappaOfSupports, kappaUpToAccuracy, kappaWithinCorrelation } from './checks/agreement';
import { checkAnySupports } from './checks/any-supports';
import { areaBounds } from './checks/auc';
import { type Check, runCheck } from './checks/check';
import { classCounts, classSums } from './checks/class-counts';
import { confusionCounts, confusionSums, grimRows } from './checks/confusion-rows';
import { deviationBound, deviationCounts, deviationPair } from './checks/deviation';
import { equalSupports } from './checks/equal-supports';
import { f1FromPrecisionAndRecall } from './checks/f1';
import { gMeanBounds } from './checks/g-mean';
import { checkGMean } from './checks/g-mean-matrix';
import { grimAccuracy, grimRecall } from './checks/grim';
import { macroRecallBounds } from './checks/macro-recall';
import { checkMatrix, type MatrixResult } from './checks/matrix';
import { macroMeans, weightedMeans } from './checks/means';
import {
  missedItems,
  oneVersusRestFloor,
  oneVersusRestRecalls,
  oneVersusRestSum,
} from './checks/one-vs-rest';
import { checkParts } from './checks/parts';
import { predictionBalance } from './checks/prediction-balance';
import { checkPrintedMatrix, printedMatrix } from './checks/printed-matrix';
import { sameQuantity } from './checks/same-quantity';
import { capacity, supportSum } from './checks/supports';
import { topCounts, topOrder } from './checks/top-k';
import { describeReading } from './claim/reading';
import { type Evidence, gatherEvidence } from './evidence/evidence';
import { deadlineIn } from './matrix/deadline';
import type { Proposer } from './matrix/solver';
import type { Certificate, CheckResult, ReadingReport, Verdict } from './report/report';
import { misprints } from './verify/misprints';

/** The checks that look at few figures each, cheapest first. */
const CHECKS: readonly Check[] = [
  supportSum,
  capacity,
  sameQuantity,
  equalSupports,
  confusionSums,
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
  oneVersusRestRecalls,
  predictionBalance,
  kappaUpToAccuracy,
  kappaWithinCorrelation,
  kappaOfSupports,
  deviationBound,
  deviationCounts,
  topOrder,
  topCounts,
  areaBounds,
  gMeanBounds,
];

/** Checks that try whole numbers for every class: of use only where the others find nothing as short. */
const COUNTING: readonly Check[] = [classCounts, classSums];

/** What an audit may use. */
export interface Effort {
  readonly proposer: Proposer;
  readonly seconds: number;
  /** Only the verdict counts: the first contradiction ends the audit, and is not made smaller. */
  readonly isBrief?: boolean;
}

/** Audits a claim under one reading: rules for few figures first, then the search for a matrix. */
export async function auditReading(evidence: Evidence, effort: Effort): Promise<ReadingReport> {
  const quick = runChecks(evidence, effort.isBrief ?? false);
  const isSettled = quick.some(({ certificates }) => certificates.some(({ figures }) => figures.length <= 2));
  const isBrief = effort.isBrief && quick.some(({ verdict }) => verdict === 'impossible');
  const isOpen = !isSettled && !isBrief && evidence.claim.labels !== 'several' && evidence.classes.length > 0;
  const checks = [...quick, ...(isOpen ? COUNTING.map((check) => runCheck(check, evidence)) : [])];
  const failed = checks.some((check) => check.verdict === 'impossible');
  const matrix = failed ? undefined : await searchMatrix(evidence, effort);
  const all = matrix ? [...checks, matrix.check] : checks;
  const certificate = smallest(all.flatMap((check) => check.certificates));
  return {
    reading: evidence.reading,
    description: describeReading(evidence.reading),
    verdict: matrix?.witness ? 'consistent' : verdictOf(all),
    checks: all,
    ...(certificate && { certificate }),
    ...(matrix?.witness && { witness: matrix.witness }),
  };
}

/** The results of the rules; of brief audits, up to the first that fails. */
function runChecks(evidence: Evidence, isBrief: boolean): CheckResult[] {
  const results: CheckResult[] = [];
  for (const check of checksFor(evidence)) {
    const result = runCheck(check, evidence);
    results.push(result);
    if (isBrief && result.verdict === 'impossible') break;
  }
  return results;
}

/** Rules that need no matrix with one label an item. */
const LABEL_CHECKS: readonly Check[] = [
  sameQuantity,
  grimRecall,
  f1FromPrecisionAndRecall,
  macroMeans,
  weightedMeans,
];

/** Rules that hold whatever the classes are, and however many. */
const UNNAMED_CHECKS: readonly Check[] = [
  capacity,
  sameQuantity,
  grimAccuracy,
  f1FromPrecisionAndRecall,
  kappaUpToAccuracy,
  kappaWithinCorrelation,
  deviationBound,
  deviationCounts,
  topOrder,
  topCounts,
];

function checksFor({ claim }: Evidence): readonly Check[] {
  if (claim.classes.length === 0) return UNNAMED_CHECKS;
  return claim.labels === 'several' ? LABEL_CHECKS : CHECKS;
}

/** Whether rules for few figures contradict a claim under a reading, without a search. */
export function isContradicted(evidence: Evidence): boolean {
  return checksFor(evidence).some((check) => check.run(evidence).verdict === 'impossible');
}

/** The printed matrix, or a search for one; what is found counts only if the checker, which stands apart, agrees. */
async function searchMatrix(evidence: Evidence, effort: Effort): Promise<MatrixResult | undefined> {
  if (evidence.claim.labels === 'several' || evidence.figures.length + countsIn(evidence) === 0)
    return undefined;
  if (evidence.classes.length === 0) return searchAnyClasses(evidence, effort);
  const printed = printedMatrix(evidence);
  if (printed) return checkPrintedMatrix(evidence, printed);
  const search = evidence.supports ? checkMatrix : checkAnySupports;
  const { proposer, seconds, isBrief = false } = effort;
  const limits = { deadline: deadlineIn(seconds), isBrief };
  const searchOne = (one: Evidence) => search(one, proposer, limits);
  const isGMean = evidence.supports !== undefined && evidence.narrowest('gmean') !== undefined;
  const found = deviationPair(evidence)
    ? await checkParts(evidence, searchOne)
    : isGMean
      ? await checkGMean(evidence, searchOne)
      : await searchOne(evidence);
  if (!found.witness) return found;
  const { matrix, parts } = found.witness;
  const wrong = misprints(evidence.claim, matrix, evidence.reading, parts);
  if (wrong.length === 0) return found;
  const fields = wrong.slice(0, 3).map(({ field }) => field);
  const detail = `a matrix was found that fits the search, but does not yield ${fields.join(', ')}`;
  return { check: { ...found.check, verdict: 'not enough information', detail } };
}

/** Numbers of classes to try where the source names none. */
const TRIAL_CLASSES = [2, 3, 4, 7];

/** Looks for a matrix of some number of classes; finding none proves nothing, as there may be others. */
async function searchAnyClasses(
  { claim, reading, n }: Evidence,
  effort: Effort,
): Promise<MatrixResult | undefined> {
  let last: MatrixResult | undefined;
  for (const count of TRIAL_CLASSES) {
    const classes = Array.from({ length: count }, (_, i) => `class ${i + 1}`);
    const { part: _, ...rest } = claim;
    const items = n === undefined ? {} : { n };
    const named = gatherEvidence({ ...rest, ...items, classes }, { ...reading, supports: 'unknown' });
    last = await searchMatrix(named, { ...effort, seconds: effort.seconds / TRIAL_CLASSES.length });
    if (last?.witness) return { ...last, witness: { ...last.witness, classes } };
  }
  return last && { check: { ...last.check, ...NO_CLASSES } };
}

const NO_CLASSES = {
  verdict: 'not enough information',
  detail: 'the source names no classes, and no matrix of a few classes was found',
  certificates: [],
} as const;

function countsIn({ claim }: Evidence): number {
  return Object.values(claim.confusion?.rows ?? {}).flat().length;
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
