import { assumed } from './assumptions';
import { auditReading, type Effort } from './audit-reading';
import type { Claim } from './claim/claim';
import { type Reading, readingsOf } from './claim/reading';
import { unusualReadings } from './claim/unusual';
import { type Evidence, evidenceOf } from './evidence/evidence';
import { deadlineIn } from './matrix/deadline';
import { type LoadHighs, Proposer } from './matrix/solver';
import type { Interval } from './numbers/interval';
import { observe } from './observations';
import { auditOtherwise } from './otherwise';
import { overall } from './overall';
import { findRepair } from './repair/repair';
import type { AuditReport, ReadingReport } from './report/report';
import { summarise } from './summary';

/** How an audit is made. */
export interface AuditOptions {
  /** Loads HiGHS, the linear solver that makes proposals; the default export of the `highs` package. */
  readonly loadHighs: LoadHighs;
  /** Seconds for the search for a matrix, over all readings; 10 unless given. */
  readonly timeLimitSeconds?: number;
  /** Keep to the readings that agree with this one. */
  readonly reading?: Reading;
}

/** Shares of the time: the usual readings, the unusual ones, other assumptions, the smallest repair. */
const TIME = { usual: 0.5, unusual: 0.2, otherwise: 0.15, repair: 0.15 } as const;

/**
 * Decides whether the figures of a claim can all be true, under each reading of it.
 * @param claim as `parseClaim`, `validateClaim` or `claimFromTable` returns it
 */
export async function auditClaim(claim: Claim, options: AuditOptions): Promise<AuditReport> {
  const start = performance.now();
  const seconds = options.timeLimitSeconds ?? 10;
  const left = () => seconds - (performance.now() - start) / 1000;
  const proposer = new Proposer(options.loadHighs);
  const under = evidenceOf(claim);
  const wanted = readingsOf(claim).filter((reading) => agrees(reading, options.reading ?? {}));
  const readings = await auditReadings(wanted.map(under), { proposer, seconds: seconds * TIME.usual });
  const printed = readings.filter(({ reading }) => !isSetAside(claim, reading));
  const aside = readings.filter((report) => !printed.includes(report));
  const ruledOut = printed.length > 0 && printed.every(({ verdict }) => verdict === 'impossible');
  const isUsual = options.reading !== undefined;
  const unusual =
    ruledOut && !isUsual
      ? await auditUnusual(under, printed, { proposer, seconds: seconds * TIME.unusual })
      : [];
  const verdict = ruledOut && unusual.length === 0 ? 'impossible' : overall([...printed, ...unusual]);
  const otherwise =
    verdict === 'impossible' && !isUsual
      ? await auditOtherwise(claim, readings.length, {
          proposer,
          seconds: Math.max(seconds * TIME.otherwise, left() / 2),
        })
      : [];
  const repair =
    verdict === 'impossible'
      ? await findRepair(claim, printed, {
          proposer,
          seconds: Math.max(seconds * TIME.repair, Math.min(left(), seconds * 0.4)),
        })
      : undefined;
  return {
    claim,
    title: claim.title,
    ...(claim.source !== undefined && { source: claim.source }),
    ...(claim.note !== undefined && { note: claim.note }),
    verdict,
    classes: claim.classes,
    summary: summarise(verdict, { printed, aside, unusual, otherwise }),
    assumptions: assumed(claim),
    readings,
    unusual,
    otherwise,
    ...(repair && { repair }),
    observations: observe(wanted.map(under)),
    seconds: (performance.now() - start) / 1000,
  };
}

/** Whether a reading sets the printed supports aside: it explains a verdict and does not make it. */
function isSetAside(claim: Claim, reading: Reading): boolean {
  return claim.supports !== undefined && reading.supports === 'unknown';
}

function agrees(reading: Reading, wanted: Reading): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const own = reading[key as keyof Reading];
    return own === undefined || own === value;
  });
}

async function auditReadings(readings: readonly Evidence[], effort: Effort): Promise<ReadingReport[]> {
  const each = { ...effort, seconds: effort.seconds / Math.max(1, readings.length) };
  const reports: ReadingReport[] = [];
  for (const evidence of readings) reports.push(await auditReading(evidence, each));
  return reports;
}

/** The unusual readings that can't be ruled out; those that leave a proven contradiction untouched are not searched. */
async function auditUnusual(
  under: (reading: Reading) => Evidence,
  usual: readonly ReadingReport[],
  { proposer, seconds }: Effort,
): Promise<ReadingReport[]> {
  const deadline = deadlineIn(seconds);
  const open = usual.flatMap((report) => {
    const before = under(report.reading);
    return unusualReadings(before.claim, report.reading)
      .map(under)
      .filter((evidence) => !keepsContradiction(report, before, evidence));
  });
  const reports: ReadingReport[] = [];
  for (const evidence of open) {
    const left = Math.max(0.02, (deadline - performance.now()) / 1000 / open.length);
    const report = await auditReading(evidence, { proposer, seconds: left, isBrief: true });
    if (report.verdict !== 'impossible') reports.push(report);
    // Every one is looked at, however late: what was not tried must not count as ruled out.
    if (report.verdict === 'consistent') break;
  }
  return reports;
}

/** Whether the figures of a reading's contradiction mean the same under another reading. */
function keepsContradiction({ certificate }: ReadingReport, before: Evidence, after: Evidence): boolean {
  if (!certificate) return false;
  return [...certificate.figures, ...(certificate.others ?? [])].every(({ field }) => {
    const [was, is] = [before, after].map(({ figures }) => figures.find((figure) => figure.field === field));
    if (was === undefined) return !field.startsWith('confusion');
    return was.key === is?.key && isSame(was.interval, is.interval);
  });
}

function isSame(a: Interval, b: Interval): boolean {
  return a.lo.equals(b.lo) && a.hi.equals(b.hi);
}
