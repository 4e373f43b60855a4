import type { Evidence } from '../evidence/evidence';
import { type Figure, toReference } from '../evidence/figure';
import type { Certificate, CheckResult, Verdict } from '../report/report';

/** What a check found. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly detail: string;
  readonly certificates: readonly Certificate[];
}

/** One rule that figures must obey. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** The rule and its derivation, in words. */
  readonly rule: string;
  /** Where the rule comes from. */
  readonly source: string;
  run(evidence: Evidence): Outcome;
}

/** Applies a check. */
export function runCheck(check: Check, evidence: Evidence): CheckResult {
  const { id, title, rule, source } = check;
  return { id, title, rule, source, ...check.run(evidence) };
}

export function consistent(detail: string): Outcome {
  return { verdict: 'consistent', detail, certificates: [] };
}

export function undecided(detail: string): Outcome {
  return { verdict: 'not enough information', detail, certificates: [] };
}

export function impossible(...certificates: Certificate[]): Outcome {
  const sorted = [...certificates].sort((a, b) => a.figures.length - b.figures.length);
  return { verdict: 'impossible', detail: sorted[0]!.statement, certificates: sorted };
}

/** A certificate over figures; `smallest` unless said otherwise. */
export function certificate(
  figures: readonly Figure[],
  statement: string,
  minimality: Certificate['minimality'] = 'smallest',
): Certificate {
  return { figures: figures.map(toReference), statement, minimality };
}

/** The outcome of a rule that was applied `tried` times and failed with these certificates. */
export function conclude(
  failures: readonly Certificate[],
  tried: number,
  details: { ok: string; missing: string },
): Outcome {
  if (failures.length) return impossible(...failures);
  return tried > 0 ? consistent(details.ok) : undecided(details.missing);
}

/** `label 0.85` for each figure, joined. */
export function quote(figures: readonly Figure[]): string {
  return figures.map(({ meaning, text }) => `${meaning} ${text}`).join(', ');
}
