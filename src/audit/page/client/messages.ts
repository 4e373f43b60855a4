import type { Claim, ReadTable, Verdict } from '@ferlab/audit';

/** What the page asks of its worker: to read and audit a text, or to audit claims that were edited. */
export type Question =
  | { readonly text: string; readonly options: Partial<Claim> }
  | { readonly tables: readonly ReadTable[] };

/** What the worker answers: first what was read, then a report for each claim, or what is wrong. */
export type Answer =
  | { readonly kind: 'read'; readonly tables: readonly ReadTable[] }
  | { readonly kind: 'report'; readonly index: number; readonly verdict: Verdict; readonly html: string }
  | { readonly kind: 'error'; readonly message: string; readonly remedy: string };
