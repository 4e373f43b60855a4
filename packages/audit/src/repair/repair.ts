import { auditReading, type Effort } from '../audit-reading';
import type { Claim } from '../claim/claim';
import { describeReading, type Reading } from '../claim/reading';
import { type Evidence, evidenceOf, gatherEvidence } from '../evidence/evidence';
import { deadlineIn, isPast } from '../matrix/deadline';
import type { ReadingReport, Repair } from '../report/report';
import { changesFrom } from './changes';
import { contradictionsOf, holdsUnder } from './contradictions';
import { changeableFields, type Field, withoutFields } from './fields';
import { nameOf, nextHittingSet } from './hitting';
import { repairByTypo } from './one-typo';
import type { RepairSearch } from './search';

/** Most figures that are changed. */
const MOST_CHANGES = 3;

/** Most seconds for the search of a matrix without some of the figures. */
const MOST_SECONDS = 0.15;

/** What is known about the changes that one reading needs. */
interface State {
  readonly evidence: Evidence;
  readonly tried: Set<string>;
  /** The contradictions that hold under this reading, among the first `seen` of all. */
  readonly here: Field[][];
  seen: number;
  /** No fewer changes make the claim fit under this reading. */
  needs: number;
}

/**
 * Looks for the smallest change of printed figures and counts under which one matrix yields all of them.
 *
 * Every contradiction must lose one of its fields, so the changed ones are a hitting set of all contradictions. The smallest
 * sets are tried with their fields taken out; what still contradicts itself is a contradiction more. When no set of k fields is
 * left, more than k changes are needed, and that is proven.
 * @param reports the usual readings, all impossible
 */
export async function findRepair(
  claim: Claim,
  reports: readonly ReadingReport[],
  { proposer, seconds }: Effort,
): Promise<Repair> {
  const search: RepairSearch = {
    claim,
    changeable: changeableFields(claim),
    proposer,
    deadline: deadlineIn(seconds),
    known: [],
  };
  const evidence = reports.map(({ reading }) => reading).map(evidenceOf(claim));
  const states = evidence.map(
    (one): State => ({ evidence: one, tried: new Set(), here: [], seen: 0, needs: 1 }),
  );
  for (const [i, report] of reports.entries()) search.known.push(...contradictionsOf(report, evidence[i]!));
  for (let size = 1; size <= MOST_CHANGES; size++) {
    let open: Repair | undefined;
    for (const state of states) {
      const repair = await repairReading(search, state, size);
      if (repair?.verdict === 'consistent') return repair;
      open ??= repair;
    }
    if (open) return open;
    if (isPast(search.deadline)) break;
  }
  return { changes: [], atLeast: Math.min(MOST_CHANGES + 1, ...states.map(({ needs }) => needs)) };
}

/** The best change of so many fields under one reading; the state keeps that there is none. */
async function repairReading(search: RepairSearch, state: State, size: number): Promise<Repair | undefined> {
  const viable: Field[] = [];
  let best: Repair | undefined;
  for (let fields = nextSet(search, state, size); fields; fields = nextSet(search, state, size)) {
    if (isPast(search.deadline)) return best;
    state.tried.add(nameOf(fields));
    const found = await tryWithout(search, state.evidence.reading, fields);
    if (!found) continue;
    if (size === 1) {
      const likely = await repairByTypo(search, state.evidence.reading, { fields, isLikelyOnly: true });
      if (likely) return likely;
      viable.push(fields[0]!);
    }
    if (best?.verdict !== 'consistent') best = found;
    if (size > 1 && best.verdict === 'consistent') return best;
  }
  if (!best) state.needs = Math.max(state.needs, size + 1);
  return (await repairByTypo(search, state.evidence.reading, { fields: viable })) ?? best;
}

/** The next set of fields to try; none where a contradiction holds whatever is changed. */
function nextSet({ changeable, known }: RepairSearch, state: State, size: number): Field[] | undefined {
  const news = known.slice(state.seen).filter((one) => holdsUnder(one, state.evidence));
  state.here.push(...news.map(({ fields }) => fields.filter((field) => changeable.has(field))));
  state.here.sort((a, b) => a.length - b.length);
  state.seen = known.length;
  return nextHittingSet(state.here, size, state.tried);
}

/** Audits the claim without some of its fields; undefined, and noted, when it still contradicts itself. */
async function tryWithout(
  search: RepairSearch,
  reading: Reading,
  fields: readonly Field[],
): Promise<Repair | undefined> {
  const { claim, proposer, deadline, known } = search;
  const bare = withoutFields(claim, fields);
  const evidence = gatherEvidence(bare, reading);
  const seconds = Math.min(MOST_SECONDS, Math.max(0.05, (deadline - performance.now()) / 4000));
  const report = await auditReading(evidence, { proposer, seconds });
  if (report.verdict === 'impossible') {
    known.push(...contradictionsOf(report, evidence, fields));
    return undefined;
  }
  const { witness } = report;
  const changes = changesFrom(claim, { fields, reading, witness });
  const isKnown = changes.every(({ to }) => to !== undefined);
  return {
    changes,
    atLeast: fields.length,
    verdict: witness && isKnown ? 'consistent' : 'not enough information',
    reading: describeReading(reading),
    ...(witness && isKnown && { witness }),
  };
}
