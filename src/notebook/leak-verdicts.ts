import type { Claim, Verdict } from '@ferlab/audit';
import { auditClaim } from '../audit/audit';
import { tally } from '../evaluate/confusion';
import { computeMetrics } from '../evaluate/metrics';
import type { LeakResult, LeakResults } from '../leaklab/results';
import { MISTAKES, type Mistake } from '../leaklab/summary';
import { SHARE } from '../report/columns';
import { column, type ReportTable } from '../report/table';
import { titled } from '../report/words';

/** What a mistake would print, and whether the auditor sees that it can't be true. */
interface LeakVerdict extends Mistake {
  readonly printed: number;
  readonly verdict: Verdict;
}

/** Seed whose tables are audited. */
const SEED = 1;

/**
 * The tables that each mistake would print (accuracy; precision, recall, F1 and number of images of each class) under the
 * auditor. Tables that a leak has made contradict nothing; a number that is another measure does.
 */
export async function tableLeakVerdicts(results: LeakResults): Promise<ReportTable<LeakVerdict>> {
  const rows: LeakVerdict[] = [];
  for (const mistake of MISTAKES) {
    const { training, measure } = mistake;
    const found = results.results.find(
      (one) => one.training === training && one.measure === measure && one.seed === SEED,
    );
    if (!found) continue;
    const { verdict } = await auditClaim(claimOf(found, results.classes, mistake.title));
    rows.push({ ...mistake, printed: found.claimed, verdict });
  }
  return {
    title: titled('What the auditor says of the tables that each mistake prints', results),
    columns: [
      column('', ({ letter }) => letter),
      column('Mistake', ({ title }) => title),
      column('Printed accuracy', ({ printed }) => printed, SHARE),
      column('Verdict', ({ verdict }) => verdict),
    ],
    rows,
    notes: [`Seed ${SEED}. Each table has three decimals, and the number of images of each class.`],
  };
}

function claimOf(
  { claimed, claimedImages, confusion }: LeakResult,
  classes: readonly string[],
  title: string,
): Claim {
  const { perClass } = computeMetrics(tally(confusion));
  const byClass = (metric: 'precision' | 'recall' | 'f1') =>
    Object.fromEntries(classes.map((name, i) => [name, perClass[i]![metric].toFixed(3)]));
  return {
    title,
    classes,
    n: claimedImages,
    supports: Object.fromEntries(classes.map((name, i) => [name, perClass[i]!.support])),
    accuracy: claimed.toFixed(3),
    perClass: { precision: byClass('precision'), recall: byClass('recall'), f1: byClass('f1') },
  };
}
