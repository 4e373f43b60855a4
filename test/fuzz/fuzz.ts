import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { News, Order } from './worker';

/** Seconds of computing after which a try counts as hanging. */
const PATIENCE_SECONDS = 60;

/** Memory that reading small inputs may take at most, with the program and the buffers of a whole data set. */
export const MOST_MEGABYTES = 400;

/** Tries of one process: a new one starts with clean memory. */
const TRIES_OF_A_PROCESS = 2000;

export interface Fault {
  readonly number: number;
  readonly kind: string;
  readonly what: string;
  readonly fault: string;
}

export interface FuzzResult {
  readonly tries: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly faults: readonly Fault[];
  readonly peakMegabytes: number;
}

export interface FuzzOptions {
  readonly seed: number;
  /** Number of the first try. */
  readonly from?: number;
  /** Ends after so many tries, or when it is told to. */
  readonly tries?: number;
  readonly isOver?: () => boolean;
  readonly onFault?: (fault: Fault) => void;
}

/** Tries inputs in processes of their own, so that one that dies, hangs or takes too much memory is known by its number. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { seed, from = 0, tries = Number.POSITIVE_INFINITY, isOver = () => false, onFault } = options;
  const faults: Fault[] = [];
  const byKind: Record<string, number> = {};
  let peakMegabytes = 0;
  let next = from;
  while (next < from + tries && !isOver()) {
    const order = { seed, from: next, to: Math.min(from + tries, next + TRIES_OF_A_PROCESS) };
    const onEnd = (news: Extract<News, { ended: number }>) => {
      next = news.ended + 1;
      byKind[news.kind] = (byKind[news.kind] ?? 0) + 1;
      peakMegabytes = Math.max(peakMegabytes, news.peakMegabytes);
      if (news.fault) add({ ...news, number: news.ended, fault: news.fault });
    };
    const add = ({ number, kind, what, fault }: Fault) => {
      faults.push({ number, kind, what, fault });
      onFault?.(faults.at(-1)!);
    };
    const died = await runWorker(order, onEnd, isOver);
    if (died) {
      add({ number: next, kind: 'process', what: 'see it with --try', fault: died });
      next++;
    }
  }
  return { tries: next - from, byKind, faults, peakMegabytes };
}

/** @returns how the process died or why it was ended during a try, or null */
function runWorker(
  order: Order,
  onEnd: (news: Extract<News, { ended: number }>) => void,
  isOver: () => boolean,
): Promise<string | null> {
  const child = fork(join(__dirname, 'worker.ts'), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let [last, isStopped] = ['', false];
  child.stderr!.on('data', (piece) => {
    last = `${last}${piece}`.slice(-500);
  });
  const watch = new Watch(child);
  return new Promise((resolve) => {
    child.on('message', (news: News) => {
      watch.restart();
      if (!('ended' in news)) return;
      onEnd(news);
      isStopped = isOver();
      if (isStopped) child.kill('SIGKILL');
    });
    child.on('exit', (status, signal) => {
      watch.stop();
      const died = watch.hangs
        ? `hangs for ${PATIENCE_SECONDS} s`
        : `died with ${signal ?? `status ${status}`}: ${last}`;
      resolve(status === 0 || isStopped ? null : died);
    });
    child.send(order);
  });
}

/** Ends a process that computes for too long without news. Its own time counts: the machine may be busy with others. */
class Watch {
  hangs = false;
  #since: number;
  readonly #timer: NodeJS.Timeout;

  constructor(readonly child: ChildProcess) {
    this.#since = this.#seconds();
    this.#timer = setInterval(() => {
      this.hangs = this.#seconds() - this.#since > PATIENCE_SECONDS;
      if (this.hangs) child.kill('SIGKILL');
    }, 2000);
  }

  restart(): void {
    this.#since = this.#seconds();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Seconds of computing, in user mode and in the system; the clock ticks a hundred times a second. */
  #seconds(): number {
    try {
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      return 0; // it has ended
    }
  }
}
