import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { projectRoot } from '../../src/paths';
import { freePort } from '../lab/lab-server';

export const HUB = join(projectRoot(), 'labs/hub');
/** JupyterHub's Python. */
export const PYTHON = join(HUB, '.venv/bin/python');

/** What one simulated student got and waited for, or the summary of all in the last line. */
export interface Measured {
  readonly points?: number;
  readonly failed?: string | number;
}

/** A hub with its proxy, as `npm run hub` starts it, in a folder of its own; it lets in whoever signs up. */
export class ClassServer {
  readonly state = mkdtempSync(join(tmpdir(), 'ferlab-hub-'));
  #hub: ChildProcess | null = null;
  #url = '';
  #log = '';

  get url(): string {
    return this.#url;
  }

  /** Installs what is missing, publishes the labs, and waits for the log-in page. */
  async start(): Promise<void> {
    const { hubCommand, installHub, prepareHub, publishLabs } = await import('../../setup/hub-parts.mjs');
    installHub();
    prepareHub(this.state);
    await publishLabs(this.state);
    const port = await freePort();
    this.#url = `http://127.0.0.1:${port}`;
    const { program, words, options } = hubCommand(this.state, port);
    const hub = spawn(program, words, { ...options, env: { ...options.env, FERLAB_HUB_OPEN: '1' } });
    this.#hub = hub;
    for (const stream of [hub.stdout, hub.stderr])
      stream.on('data', (text) => {
        this.#log += text;
      });
    while (!(await this.#answers())) {
      assert.equal(hub.exitCode, null, this.#log);
      await delay(500);
    }
  }

  #answers(): Promise<boolean> {
    return fetch(`${this.#url}/hub/login`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** Lets students sign up and solve a lab, all at once; a line for each, and the summary. */
  async tryWith(students: number, lab: string): Promise<Measured[]> {
    const words = ['--url', this.#url, '--students', String(students), '--lab', lab];
    const { stdout } = await promisify(execFile)(PYTHON, [join(HUB, 'trial.py'), ...words]);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Measured);
  }

  async stop(): Promise<void> {
    const hub = this.#hub;
    hub?.kill('SIGTERM');
    if (hub?.exitCode === null) await new Promise((fulfil) => hub.once('exit', fulfil));
    rmSync(this.state, { recursive: true, force: true });
  }
}
