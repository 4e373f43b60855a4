import type { Row } from './truth';

/** What has to become of an input. */
export type Expectation =
  /** It is read as these rows, in this order or in any. */
  | { readonly kind: 'read'; readonly rows: readonly Row[]; readonly inOrder?: boolean }
  /** It is refused. */
  | { readonly kind: 'refused' }
  /** It is refused, or read as these rows; rows that are missing are spoken of in the notes. */
  | { readonly kind: 'never wrong'; readonly rows: readonly Row[] }
  /** Nobody can tell what it should be: it is read or refused, quickly and in the memory that is stated. */
  | { readonly kind: 'survives' };

/** One input with a known truth. */
export interface Try {
  /** What was made of what, for a person who looks into a fault. */
  readonly what: string;
  /** Writes it into an empty folder. @returns its path */
  readonly write: (folder: string) => Promise<string> | string;
  readonly expectation: Expectation;
  /** As `--classes`. */
  readonly classes?: string;
}
