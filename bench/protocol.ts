import { createInterface } from 'node:readline';
import type { ModelDefinition } from '../src/model/definition';

/** One piece of work for a peer; lines of JSON go in and answers come out. */
export interface Task {
  readonly kind: 'train' | 'infer' | 'latency';
  readonly model: ModelDefinition;
  readonly batch: number;
  readonly precision: 'float32' | 'bfloat16';
  /** Steps to time; for latency the number of single images. */
  readonly steps: number;
}

export interface Answer {
  /** Seconds of the timed steps; each single one for latency. */
  readonly seconds: readonly number[];
  /** Processor seconds of the timed steps, over all cores; other work on the machine hardly changes them. */
  readonly processorSeconds?: number;
  /** Weights that training changes: every peer has to have as many. */
  readonly parameters: number;
  /** Version and threads of the library. */
  readonly about: string;
}

/** Answers tasks from standard input until it ends; the first of a kind is run once before it is timed. */
export function servePeer(work: (task: Task) => Promise<Answer> | Answer): void {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', async (line) => {
    try {
      process.stdout.write(`${JSON.stringify(await work(JSON.parse(line) as Task))}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
    }
  });
}

/** Seconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Processor seconds of this process so far, over all cores. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Pictures of noise: what is on them does not change the time. */
export function noise(count: number): Float32Array {
  return Float32Array.from({ length: count * 48 * 48 }, () => Math.random());
}
