import type { Claim } from '../claim/claim';
import type { Deadline } from '../matrix/deadline';
import type { Proposer } from '../matrix/solver';
import type { Contradiction } from './contradictions';
import type { Field } from './fields';

/** What a search for a repair uses. */
export interface RepairSearch {
  readonly claim: Claim;
  readonly changeable: ReadonlySet<Field>;
  readonly proposer: Proposer;
  readonly deadline: Deadline;
  /** Contradictions of all readings; one that rests on the same quantities holds under another reading too. */
  readonly known: Contradiction[];
}
