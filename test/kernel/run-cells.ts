import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findPython } from '../../src/notebook/python';
import { projectRoot } from '../../src/paths';

/** One message of the kernel about the cell with this index. */
export interface KernelMessage {
  readonly cell: number;
  readonly type: string;
  readonly content: Record<string, unknown>;
}

export interface RunCellsOptions {
  readonly stopOnError?: boolean;
  /** Interrupts the kernel when it prints this. */
  readonly interruptOn?: string;
  readonly timeout?: number;
  readonly silent?: boolean;
  /** Type of a request that is sent before the cells; what comes of it has the cell -1. */
  readonly request?: string;
  /** Working folder; the project's notebooks unless given. */
  readonly cwd?: string;
}

// To see the tests fail: FERLAB_TEST_KERNEL=plain runs them on tslab as it is.
const root = projectRoot();
const OURS = [process.execPath, join(root, 'kernel/launcher.cjs')];
const PLAIN = [process.execPath, join(root, 'node_modules/tslab/bin/tslab'), 'kernel'];
const kernel = process.env.FERLAB_TEST_KERNEL === 'plain' ? PLAIN : OURS;

/** Starts the process that drives the kernel; it prints a line of JSON for each message. */
export function startRun(
  cells: readonly string[],
  options: RunCellsOptions = {},
): ChildProcessByStdio<Writable, Readable, null> {
  const child = spawn(findPython(), [join(root, 'test/kernel/run_cells.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const job = {
    kernel: [...kernel, '--config-path', '{connection_file}'],
    cells,
    cwd: join(root, 'notebooks'),
  };
  child.stdin.end(JSON.stringify({ stopOnError: true, ...job, ...options }));
  return child;
}

/** Sends all cells at once, as "Run All" does, and gathers what the kernel answers. */
export async function runCells(
  cells: readonly string[],
  options: RunCellsOptions = {},
): Promise<KernelMessage[]> {
  const child = startRun(cells, options);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  await once(child, 'close');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** The messages of one type about one cell. */
export function ofType(
  messages: readonly KernelMessage[],
  type: string,
  cell = 0,
): KernelMessage['content'][] {
  return messages
    .filter((message) => message.type === type && message.cell === cell)
    .map((message) => message.content);
}
