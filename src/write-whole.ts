import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { EXIT, FerlabError } from './errors';

/**
 * Writes a file beside its place, waits until it lies on the disk, and renames it: a reader sees the old file or the
 * whole new one, and a failure leaves the old one as it was. A write that ends short, as the last one before a disk
 * is full does, is continued and so brings the error, which libraries that call `write` once do not see.
 * @throws the file system's error; nothing is left beside the file
 */
export function writeWhole(path: string, data: string | Uint8Array): void {
  const beside = `${path}.${process.pid}`;
  try {
    const file = openSync(beside, 'w');
    try {
      writeFileSync(file, data);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw nameFile(error, beside, path);
  }
}

/** The file that was asked for, where the error names the one beside it. */
function nameFile(error: unknown, beside: string, path: string): unknown {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).path !== beside) return error;
  return Object.assign(error, { path, message: error.message.replaceAll(beside, path) });
}

/** Whether writing failed for want of space, of quota, or of the size that a file may have. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Turns a full disk or a missing permission into an error for people; the file that was there is untouched. */
export function explainWriteFailure(
  path: string,
  error: unknown,
  goOn = 'repeat the command, `ferlab train` with --resume',
): unknown {
  if (isDiskFull(error)) {
    return new FerlabError(`${path}: the disk is full`, {
      remedy: `free some space and ${goOn}; earlier files were kept`,
      exitStatus: EXIT.diskFull,
      cause: error,
    });
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new FerlabError(`${path}: no permission to write`, {
      remedy: 'choose another folder, or change the permissions',
      exitStatus: EXIT.failure,
      cause: error,
    });
  }
  return error;
}
