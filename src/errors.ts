/** Exit statuses of the command line; 130 is what shells expect after an interrupt. */
export const EXIT = {
  failure: 1,
  badInput: 2,
  /** The loss is not a number any more. */
  diverged: 3,
  /** `ferlab predict` found no face in a picture. */
  noFace: 3,
  outOfMemory: 4,
  diskFull: 5,
  /** `ferlab audit --fail-on` met the verdict that it was to fail on; `ferlab check-protocol` found a leak. */
  verdict: 6,
  /**
   * To be tried again: SIGTERM or SIGUSR1, which a batch system sends before it takes the machine away, stopped the work, or
   * another process is at it. The same command goes on.
   */
  resumable: 75,
  interrupted: 130,
} as const;

export interface FerlabErrorOptions {
  /** What the reader can do about it, as one sentence. */
  remedy?: string;
  /** Exit status of the command line; bad input (2) unless given. */
  exitStatus?: number;
  cause?: unknown;
}

/** Exit status of work that was stopped, which the reason of its signal may bear; else that of an interrupt. */
export function stopStatus(reason: unknown): number {
  return (reason as { exitStatus?: number } | undefined)?.exitStatus ?? EXIT.interrupted;
}

/** An error whose message is meant for the person at the keyboard: the problem, the value, the remedy. */
export class FerlabError extends Error {
  readonly remedy: string | undefined;
  readonly exitStatus: number;

  constructor(message: string, options: FerlabErrorOptions = {}) {
    super(printable(message), { cause: options.cause });
    this.name = 'FerlabError';
    this.remedy = options.remedy === undefined ? undefined : printable(options.remedy);
    this.exitStatus = options.exitStatus ?? EXIT.badInput;
  }

  /** The message with the remedy on a line of its own. */
  override toString(): string {
    return this.remedy ? `${this.message}\n  remedy: ${this.remedy}` : this.message;
  }
}

/** Text whose control bytes, which a terminal would obey, are spelled out. Line ends stay. */
export function printable(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
