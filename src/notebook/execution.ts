import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { EXIT, FerlabError } from '../errors';
import { projectRoot } from '../paths';

/** What happens while a notebook runs. Cells are numbered from 1 among those that hold code. */
export type ExecutionEvent =
  | { readonly event: 'cell-start'; readonly cell: number; readonly cells: number; readonly id: string }
  | { readonly event: 'cell-end'; readonly cell: number; readonly seconds: number }
  | { readonly event: 'output'; readonly cell: number; readonly text: string };

type Outcome =
  | { readonly event: 'done'; readonly cell: number }
  | { readonly event: 'interrupted'; readonly cell: number }
  | {
      readonly event: 'cell-error';
      readonly cell: number;
      readonly name: string;
      readonly message: string;
      readonly text: string;
    }
  | { readonly event: 'timed-out'; readonly cell: number; readonly seconds: number }
  | {
      readonly event: 'dead-kernel' | 'no-kernel' | 'cannot-write';
      readonly cell: number;
      readonly message: string;
    };

export interface ExecutionOptions {
  /** The Python of the environment that holds Jupyter and the kernel. */
  readonly python: string;
  /** Working folder of the kernel, against which its imports are resolved. */
  readonly workingFolder: string;
  /** Seconds that one cell may take; no limit unless given. */
  readonly cellTimeoutSeconds?: number;
  /** Goes on with the next cell after one that fails. */
  readonly allowErrors?: boolean;
  readonly onEvent?: (event: ExecutionEvent) => void;
  /** Interrupts the running cell and shuts the kernel down. */
  readonly signal?: AbortSignal;
}

/**
 * Executes a notebook in place through its kernel. The file is saved as cells end, so that whatever was computed
 * is in it however the run ends.
 * @throws FerlabError that tells apart a failing cell (with the JavaScript error), a cell that took too long, a
 *   kernel that died, an interrupt (exit status 130), and an environment in which nothing can run.
 */
export async function executeNotebook(path: string, options: ExecutionOptions): Promise<void> {
  options.signal?.throwIfAborted();
  const script = resolve(projectRoot(), 'src/notebook/execute.py');
  const limit = options.cellTimeoutSeconds ? ['--timeout', String(options.cellTimeoutSeconds)] : [];
  const goOn = options.allowErrors ? ['--allow-errors'] : [];
  const child = spawn(options.python, [script, path, '--cwd', options.workingFolder, ...limit, ...goOn], {
    // A group of its own: Ctrl-C reaches the kernel through us, in order, and never half of the processes at once.
    detached: true,
  });
  const stop = () => child.stdin.end();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    const outcome = await followEvents(child, options.onEvent ?? (() => {}));
    if (outcome.event !== 'done') throw outcomeError(outcome, path);
  } finally {
    options.signal?.removeEventListener('abort', stop);
    child.stdin.end();
  }
}

/** Passes events on until the process ends, and returns the last one: the outcome. */
async function followEvents(
  child: ChildProcessWithoutNullStreams,
  onEvent: (event: ExecutionEvent) => void,
): Promise<Outcome> {
  let log = '';
  let outcome: Outcome | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4000);
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<void>((fulfil, reject) => {
    child.on('close', () => fulfil()).on('error', reject);
  });
  ended.catch(() => {});
  for await (const line of createInterface({ input: child.stdout })) {
    const event = parseEvent(line);
    if (!event) continue;
    if (event.event === 'cell-start' || event.event === 'cell-end' || event.event === 'output')
      onEvent(event);
    else outcome = event;
  }
  await ended.catch((cause) => {
    throw missingEnvironment(`cannot start ${child.spawnfile}`, cause);
  });
  if (!outcome) throw missingEnvironment(`Jupyter could not run: ${lastLine(log)}`);
  return outcome;
}

function parseEvent(line: string): ExecutionEvent | Outcome | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // not ours: something that Python printed
  }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) || 'no message';

const missingEnvironment = (problem: string, cause?: unknown) =>
  new FerlabError(problem, {
    remedy: 'set up the environment with `npm run setup`; `npx ferlab doctor` reports what is missing',
    exitStatus: EXIT.failure,
    cause,
  });

function outcomeError(outcome: Exclude<Outcome, { event: 'done' }>, path: string): FerlabError {
  const where = `cell ${outcome.cell} of ${path}`;
  switch (outcome.event) {
    case 'cell-error':
      return new FerlabError(`${where} failed\n${outcome.text.trimEnd()}`, {
        remedy: 'the notebook was saved with the outputs up to this cell',
        exitStatus: EXIT.failure,
      });
    case 'timed-out':
      return new FerlabError(`${where} took longer than ${outcome.seconds} s and was stopped`, {
        remedy: 'allow more with --timeout SECONDS, or choose a smaller profile',
        exitStatus: EXIT.failure,
      });
    case 'dead-kernel':
      return new FerlabError(`the kernel died in ${where} (${outcome.message})`, {
        remedy:
          'it was killed, usually because memory ran out: free some memory and run again; training continues from its checkpoint',
        exitStatus: EXIT.failure,
      });
    case 'cannot-write':
      return new FerlabError(`cannot save ${path}: ${outcome.message}`, { exitStatus: EXIT.failure });
    case 'no-kernel':
      return missingEnvironment(`the notebook kernel ${outcome.message} is not installed`);
    case 'interrupted':
      return new FerlabError(`interrupted in ${where}`, {
        remedy: 'the notebook was saved; run again to continue from the last checkpoint',
        exitStatus: EXIT.interrupted,
      });
  }
}
