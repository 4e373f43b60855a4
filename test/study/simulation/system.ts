import childProcess from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import timers from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import workers from 'node:worker_threads';
import { currentProcess, type SimulatedProcess } from './node';

// The modules of Node that tell a process its time, its name, its number and who else lives, answered for whichever simulated
// process asks. Files are real. So the code under test runs as it is.

/** What the simulation decides about the system. */
export interface SystemOptions {
  /** Milliseconds from a process's turn to its next. */
  turn(): number;
  isDiskFull(): boolean;
  /** Called when a process has put a whole file in its place. */
  onWritten(path: string, process: SimulatedProcess): void;
}

const SHARED_NAMESPACE = 'pid:[4026531836]'; // the first one of every Linux

/** Answers for simulated processes; code outside of them sees the real system, but for threads. @returns ends it */
export function mockSystem(options: SystemOptions): () => void {
  const restore = [...mockTime(options), ...mockIdentity(), ...mockFiles(options)];
  restore.push(replace(workers, 'Worker', { value: SimulatedWorker }));
  // No git: a commit is asked for at each start.
  const noGit = () => {
    throw new Error('no such program');
  };
  restore.push(mock(childProcess, 'execFileSync', noGit));
  return () => {
    for (const undo of restore) undo();
  };
}

const mockTime = ({ turn }: SystemOptions) => [
  mock(timers, 'setTimeout', (process, milliseconds) => process.sleep(milliseconds as number)),
  mock(timers, 'setImmediate', (process) => process.sleep(turn())),
  mock(performance, 'now', ({ node }) => node.time.now + node.clockAhead),
  mock(Date, 'now', ({ node }) => node.clock),
];

function mockIdentity() {
  const { pid } = process;
  return [
    replace(process, 'pid', { get: () => currentProcess()?.pid ?? pid }),
    mock(os, 'hostname', ({ node }) => node.name),
    mock(process, 'kill', ({ node }, number) => {
      if (!isAlive(node.processes.get(number as number))) throw failure('ESRCH');
      return true;
    }),
  ];
}

function mockFiles({ isDiskFull, onWritten }: SystemOptions) {
  const { readFileSync, writeFileSync, renameSync } = fs;
  return [
    mock(fs, 'readlinkSync', () => SHARED_NAMESPACE),
    mock(fs, 'readFileSync', ({ node }, path, ...more) => {
      if (path === '/proc/sys/kernel/random/boot_id') return `${node.bootId}\n`;
      const [, pid] = /^\/proc\/(\d+)\/stat$/.exec(String(path)) ?? [];
      return pid ? statOf(node.processes.get(Number(pid))) : readFileSync(path as string, ...(more as []));
    }),
    mock(fs, 'fsyncSync', () => {}), // all see the same files at once
    mock(fs, 'writeFileSync', (_, ...words) => {
      if (isDiskFull()) throw failure('ENOSPC');
      writeFileSync(...(words as Parameters<typeof writeFileSync>));
    }),
    mock(fs, 'renameSync', (process, from, to) => {
      renameSync(from as string, to as string);
      onWritten(to as string, process);
    }),
  ];
}

const isAlive = (process: SimulatedProcess | undefined) => process !== undefined && !process.isDead;

/** As `/proc/PID/stat`: the twentieth field behind the name is the start. */
function statOf(process: SimulatedProcess | undefined): string {
  if (!process || process.isDead) throw failure('ENOENT');
  return `${process.pid} (node) S ${'0 '.repeat(18)}${process.birth} 0`;
}

const failure = (code: string) => Object.assign(new Error(code), { code });

/** A thread of a simulated process: the same code, with the time and the clock of its node. */
class SimulatedWorker {
  #isEnded = false;

  constructor(code: string, { workerData }: { readonly workerData: unknown }) {
    const process = currentProcess()!;
    const repeat = (call: () => void, milliseconds: number): void =>
      process.after(milliseconds, () => {
        if (this.#isEnded) return;
        call();
        repeat(call, milliseconds);
      });
    const clock = class extends Date {
      constructor() {
        super(process.node.clock);
      }
    };
    runInNewContext(code, {
      require: (name: string) => (name === 'node:worker_threads' ? { workerData } : require(name)),
      setInterval: repeat,
      Date: clock,
      process: { exit: () => this.terminate() },
    });
  }

  unref(): void {}

  terminate(): void {
    this.#isEnded = true;
  }
}

type Answer = (process: SimulatedProcess, ...words: unknown[]) => unknown;

/** Puts another function in the place of a module's, for simulated processes alone. */
function mock(module: object, name: string, answer: Answer): () => void {
  const original = (module as Record<string, (...words: unknown[]) => unknown>)[name]!;
  const value = (...words: unknown[]) => {
    const process = currentProcess();
    return process ? answer(process, ...words) : original.apply(module, words);
  };
  return replace(module, name, { value, writable: true });
}

/** @returns puts back what was there */
function replace(module: object, name: string, descriptor: PropertyDescriptor): () => void {
  const own = Object.getOwnPropertyDescriptor(module, name);
  Object.defineProperty(module, name, { configurable: true, ...descriptor });
  return () => {
    if (own) Object.defineProperty(module, name, own);
    else delete (module as Record<string, unknown>)[name];
  };
}
