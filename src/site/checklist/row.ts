import type { Html } from '../parts/html';

/** The lists that artifact reviewers work through. */
export type List =
  | 'ACM: available'
  | 'ACM: functional'
  | 'ACM: reusable'
  | 'ACM: reproduced'
  | 'NeurIPS checklist'
  | 'ML reproducibility checklist'
  | 'CODECHECK'
  | 'Datasheets for Datasets';

/** A demand of a list, and what the evidence says. */
export interface ChecklistRow {
  readonly list: List;
  readonly demand: string;
  /** Whether the evidence was looked at and holds. */
  readonly holds: boolean;
  /** What was found, with numbers. */
  readonly evidence: string;
  /** Where to look. */
  readonly links?: Html;
  /** What answers the demand on the reader's own machine. */
  readonly command?: string;
}

/** Things that were looked at one by one. */
export interface Found {
  readonly name: string;
  readonly isGood: boolean;
}

/** Sums up: all are good, or which are not. @param what they are, such as `models` */
export function summarize(found: readonly Found[], what: string): Pick<ChecklistRow, 'holds' | 'evidence'> {
  const bad = found.filter(({ isGood }) => !isGood).map(({ name }) => name);
  const good = found.length - bad.length;
  const named = bad.length > 0 ? `; not ${bad.slice(0, 5).join(', ')}${bad.length > 5 ? ' ...' : ''}` : '';
  return {
    holds: found.length > 0 && bad.length === 0,
    evidence: `${good} of ${found.length} ${what}${named}`,
  };
}
