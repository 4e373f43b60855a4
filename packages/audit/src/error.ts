export interface ClaimErrorOptions {
  /** What the reader can do about it, as one sentence. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/** A claim, a table or an option that can't be used: the problem, the value, the remedy. */
export class ClaimError extends Error {
  readonly remedy: string;

  constructor(message: string, { remedy, cause }: ClaimErrorOptions) {
    super(message, { cause });
    this.name = 'ClaimError';
    this.remedy = remedy;
  }
}
