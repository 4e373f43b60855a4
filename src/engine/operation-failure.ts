import { EXIT, FerlabError } from '../errors';

/** The error of an operation: a FerlabError where memory ran out, else an error of this program. */
export function explainFailure(operation: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (/OOM|RESOURCE_EXHAUSTED|Status: 8|bad_alloc|out of memory/i.test(message)) {
    const detail = message.replace(/^Invalid TF_Status: \d+\s*(Message: )?/, '');
    return new FerlabError(`out of memory in ${operation}: ${detail}`, {
      remedy: 'use a smaller batch size, or free memory on the device; the last checkpoint was kept',
      exitStatus: EXIT.outOfMemory,
      cause: error,
    });
  }
  return new Error(`${operation} failed: ${message}`, { cause: error });
}
