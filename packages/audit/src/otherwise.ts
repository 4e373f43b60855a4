import { type Assumption, otherAssumptions } from './assumptions';
import { auditReading, type Effort } from './audit-reading';
import type { Claim } from './claim/claim';
import { readingsOf } from './claim/reading';
import { type Evidence, evidenceOf } from './evidence/evidence';
import { type Deadline, deadlineIn, isPast } from './matrix/deadline';
import { isToldBySum } from './matrix/problem';
import type { Proposer } from './matrix/solver';
import { overall } from './overall';
import type { Otherwise, ReadingReport } from './report/report';

/** Seconds for each assumption before all of them were tried once. */
const FIRST_SECONDS = 0.03;

/** A claim under another assumption, and what was found. */
interface Tried {
  readonly other: Assumption;
  readonly reports: readonly ReadingReport[];
  /** Whether a matrix could show that it makes the claim possible. */
  readonly isShowable: boolean;
}

/**
 * What would make an impossible claim possible. Every assumption is tried for a moment first; only where that shows none to make
 * the claim possible is there a longer search, the mildest assumption first.
 * @param usual number of the usual readings
 */
export async function auditOtherwise(
  claim: Claim,
  usual: number,
  { proposer, seconds }: Effort,
): Promise<Otherwise[]> {
  const deadline = deadlineIn(seconds);
  const tried: Tried[] = [];
  let refuted: string | undefined;
  for (const other of otherAssumptions(claim)) {
    if (isPast(deadline)) break;
    if (other.kind !== undefined && other.kind === refuted) continue;
    const readings = readingsOf(other.claim).slice(0, usual).map(evidenceOf(other.claim));
    const isShowable = !other.isPartial && readings.some(isToldBySum);
    const isEnough = (report: ReadingReport) =>
      report.verdict === 'consistent' || (report.verdict !== 'impossible' && !isShowable);
    const each = { proposer, seconds: FIRST_SECONDS, isBrief: true };
    const reports = await auditUntil(readings, isEnough, each);
    if (overall(reports) !== 'impossible') tried.push({ other, reports, isShowable });
    else if (reports.every(isWhateverTheCount)) refuted = other.kind;
  }
  return (await searchLonger(tried, proposer, deadline)).map(describe);
}

/** Searches for a matrix under those assumptions that are not decided, unless another is shown to do. */
async function searchLonger(
  tried: readonly Tried[],
  proposer: Proposer,
  deadline: Deadline,
): Promise<readonly Tried[]> {
  const isShown = ({ isShowable, reports }: Tried) => isShowable && overall(reports) === 'consistent';
  for (const [at, one] of tried.entries()) {
    if (tried.some(isShown) || isPast(deadline)) return tried;
    if (!one.isShowable) continue;
    const open = one.reports.filter(({ verdict }) => verdict !== 'impossible').map(({ reading }) => reading);
    const seconds = (deadline - performance.now()) / 2000 / open.length;
    const isEnough = ({ verdict }: ReadingReport) => verdict === 'consistent';
    const readings = open.map(evidenceOf(one.other.claim));
    const reports = await auditUntil(readings, isEnough, { proposer, seconds, isBrief: true });
    if (overall(reports) === 'consistent') return tried.with(at, { ...one, reports });
  }
  return tried;
}

function describe({ other, reports, isShowable }: Tried): Otherwise {
  const witness = reports.find((report) => report.witness)?.witness;
  const { words } = other;
  return isShowable && witness
    ? { words, verdict: 'consistent', witness }
    : { words, verdict: 'not enough information' };
}

/** The reports of the readings, up to the first that is enough. */
async function auditUntil(
  readings: readonly Evidence[],
  isEnough: (report: ReadingReport) => boolean,
  effort: Effort,
): Promise<ReadingReport[]> {
  const reports: ReadingReport[] = [];
  for (const evidence of readings) {
    const report = await auditReading(evidence, effort);
    if (isEnough(report)) return [report];
    reports.push(report);
  }
  return reports;
}

/** Whether a reading of means over runs is impossible by rules in which the number of runs does not occur. */
function isWhateverTheCount({ checks }: ReadingReport): boolean {
  return checks.some(({ id, verdict }) => verdict === 'impossible' && !/^(?:grim|class|matrix)/.test(id));
}
