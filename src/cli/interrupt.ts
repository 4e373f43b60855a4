import { EXIT } from '../errors';

/** What stops work in order, with the exit status that tells who asked: a person, or a batch system. */
const STATUSES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.resumable, SIGUSR1: EXIT.resumable } as const;

/**
 * A signal that the first Ctrl-C, SIGTERM or SIGUSR1 sets off, so that work can stop cleanly; a second one ends the process at
 * once. Its reason bears the exit status.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const [name, status] of Object.entries(STATUSES)) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(status);
      process.stderr.write('\nstopping after this step; interrupt again to stop at once\n');
      controller.abort(Object.assign(new DOMException('stopped', 'AbortError'), { exitStatus: status }));
    });
  }
  return controller.signal;
}
