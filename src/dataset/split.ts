import type { SealedTest } from './sealed-test';

/** How the images are divided: the official parts, or the paper's 70/15/15 by class, plain or with exact copies kept together. */
export type Protocol = 'official' | 'paper' | 'paper-deduplicated';

/** A division of a dataset. Row numbers ascend within each part. */
export interface Split {
  readonly protocol: Protocol;
  /** Seed of the random protocols; the official one ignores it. */
  readonly seed: number;
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  /** The test rows, closed until the final evaluation. */
  readonly test: SealedTest;
}
