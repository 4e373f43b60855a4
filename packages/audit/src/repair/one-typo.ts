import { auditReading, isContradicted } from '../audit-reading';
import type { Claim } from '../claim/claim';
import { classCapacity, officialParts } from '../claim/datasets';
import { describeReading, type Reading } from '../claim/reading';
import { gatherEvidence } from '../evidence/evidence';
import { deadlineIn, isPast } from '../matrix/deadline';
import type { Repair } from '../report/report';
import { changesFrom } from './changes';
import { changeField, type Field, isCount, printedIn } from './fields';
import type { RepairSearch } from './search';
import { type Typo, typosOf } from './typos';

interface Candidate extends Typo {
  readonly field: Field;
}

/** Seconds for the search of one matrix. */
const SECONDS_EACH = 0.5;

/** A typing mistake in one of the fields that explains everything: the likeliest first. */
export async function repairByTypo(
  { claim, proposer, deadline }: RepairSearch,
  reading: Reading,
  { fields, isLikelyOnly = false }: { fields: readonly Field[]; isLikelyOnly?: boolean },
): Promise<Repair | undefined> {
  const until = Math.min(deadline, deadlineIn((deadline - performance.now()) / 2000));
  const all = candidates(claim, fields);
  for (const { field, text, how } of isLikelyOnly ? all.filter((one) => rank(one) < 2) : all) {
    if (isPast(until)) return undefined;
    const changed = changeField(claim, field, text);
    const evidence = gatherEvidence(changed, reading);
    if (isContradicted(evidence)) continue;
    const effort = { proposer, seconds: SECONDS_EACH, isBrief: true };
    const { witness } = await auditReading(evidence, effort);
    if (!witness) continue;
    const [about] = changesFrom(claim, { fields: [field], reading, witness: undefined });
    const changes = [{ ...about!, to: text, how }];
    return { changes, atLeast: 1, verdict: 'consistent', reading: describeReading(reading), witness };
  }
  return undefined;
}

function candidates(claim: Claim, fields: readonly Field[]): Candidate[] {
  const all = fields.flatMap((field) => {
    const printed = printedIn(claim, field)!;
    const official = field.startsWith('supports.') ? officialCounts(claim, field) : [];
    const typos = typosOf(printed, isCount(claim, field)).filter(({ text }) => inRange(text, field, claim));
    return [...official, ...typos].map((typo, order) => ({ ...typo, field, order }));
  });
  return all.sort((a, b) => rank(a) - rank(b) || a.order - b.order);
}

/** The likeliest first; a count that is far off is the least likely of all. */
function rank({ how, field }: Candidate): number {
  if (how.startsWith('official')) return 0;
  const kinds = ['the last digit', 'two digits exchanged', 'one digit', 'one digit too many'];
  return 1 + kinds.indexOf(how) + (/^(?:n$|supports)/.test(field) ? 0.5 : 0);
}

function inRange(text: string, field: Field, claim: Claim): boolean {
  const { scale } = claim;
  const most = isCount(claim, field) ? 1_000_000 : scale === 'percent' || text.includes('%') ? 100 : 1;
  return Number(text.replace('%', '')) <= most;
}

/** The official count of a class, where the other classes have theirs. */
function officialCounts(claim: Claim, field: Field): Typo[] {
  const own = field.slice('supports.'.length);
  return officialParts().flatMap(({ name, part }) => {
    const wanted = claim.classes.map((label) => classCapacity(part, label));
    const fits = claim.classes.every(
      (label, i) => label === own || printedIn(claim, `supports.${label}`) === String(wanted[i]),
    );
    const count = wanted[claim.classes.indexOf(own)];
    return fits && count !== undefined
      ? [{ text: String(count), how: `official count of ${name}, as the others` }]
      : [];
  });
}
