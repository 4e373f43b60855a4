import { CommanderError } from 'commander';
import { EXIT, FerlabError } from '../errors';

/** What the system's refusals mean to the person at the keyboard. */
const REFUSALS: Readonly<Record<string, { problem: string; remedy: string; exitStatus?: number }>> = {
  EACCES: { problem: 'permission denied', remedy: 'change its permissions, or choose another path' },
  EPERM: { problem: 'permission denied', remedy: 'change its permissions, or choose another path' },
  EROFS: { problem: 'the file system is read-only', remedy: 'choose a path on another' },
  ENOENT: { problem: 'no such file or folder', remedy: 'check the path' },
  ENOTDIR: { problem: 'a part of the path is not a folder', remedy: 'check the path' },
  EISDIR: { problem: 'it is a folder', remedy: 'name a file' },
  ELOOP: { problem: 'its symbolic links form a circle', remedy: 'remove the links' },
  ENOSPC: { problem: 'the disk is full', remedy: 'free some space', exitStatus: EXIT.diskFull },
  EDQUOT: {
    problem: 'your disk quota is used up',
    remedy: 'free some space',
    exitStatus: EXIT.diskFull,
  },
  EMFILE: { problem: 'too many files are open', remedy: 'raise the limit with `ulimit -n 4096`' },
};

/** An error of the file system as one for the person at the keyboard; any other stays as it is. */
export function ofSystem(error: unknown): unknown {
  const { code = '', path } = error as NodeJS.ErrnoException;
  const refusal = REFUSALS[code];
  if (!(error instanceof Error) || !refusal) return error;
  const { problem, ...options } = refusal;
  return new FerlabError(`${path ?? 'a file'}: ${problem}`, { ...options, cause: error });
}

/** Prints an error for the person at the keyboard and returns the exit status. */
export function explain(thrown: unknown): number {
  // Commander has printed its message already.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : EXIT.badInput;
  const error = ofSystem(thrown);
  if (error instanceof FerlabError) {
    process.stderr.write(`error: ${error.toString()}\n`);
    return error.exitStatus;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`error: unexpected failure\n${detail}\n`);
  return EXIT.failure;
}
