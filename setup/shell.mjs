import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { SetupError } from './errors.mjs';
import { readJson, writeJson } from './files.mjs';
import { identify, isAlive } from './process-identity.mjs';

/**
 * Runs the programs of the set-up. What they print goes to the log. Each leads a process group whose number is kept in a
 * file, so that the next call can end what a killed one left running, before it works on the same files.
 */
export class Shell {
  #running = new Map();

  /** @param {{ log: string, groups: string }} paths the log, and the file of running groups */
  constructor({ log, groups }) {
    this.log = log;
    this.groups = groups;
  }

  /** Runs a program to its end. @throws SetupError if it fails */
  async run(program, words, { cwd, env, remedy } = {}) {
    const log = openSync(this.log, 'a');
    writeSync(log, `\n$ ${[program, ...words].join(' ')}\n`);
    const child = spawn(program, words, { cwd, env, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    if (child.pid) this.#remember(child);
    const status = await new Promise((fulfil) => {
      child.on('error', (error) => fulfil(error.message));
      child.on('exit', (code, signal) => fulfil(signal ?? code));
    });
    this.#running.delete(child.pid);
    this.#save();
    if (status !== 0) throw new SetupError(`${program} ${words[0] ?? ''} failed (${status})`, remedy);
  }

  #remember(child) {
    this.#running.set(child.pid, identify(child.pid));
    this.#save();
  }

  #save() {
    writeJson(this.groups, [...this.#running.values()]);
  }

  /** Ends everything that is running. */
  stop() {
    for (const { pid } of this.#running.values()) endGroup(pid);
  }

  /** Ends what a set-up that was killed left running. */
  endLeftovers() {
    for (const left of readJson(this.groups) ?? []) if (isAlive(left)) endGroup(left.pid);
    rmSync(this.groups, { force: true });
  }
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** What a program prints, or undefined if it fails or does not exist. */
export function capture(program, words, options = {}) {
  const result = spawnSync(program, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    ...options,
  });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
