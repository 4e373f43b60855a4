import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../src/paths';

/** Processes whose command line names this file. */
function processesOf(path: string): string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').includes(path);
    } catch {
      return false;
    }
  });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(200);
}

const bubblewrap = spawnSync('bwrap', ['--version']).error === undefined;

test('a kernel in the sandbox ends with the grader that started it', {
  skip: !bubblewrap && !process.env.CI && 'there is no bubblewrap',
  timeout: 600_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fk-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'sockets'));
  const path = join(folder, 'kernel.json');
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  const place = {
    transport: 'ipc',
    ip: join(folder, 'sockets/kernel'),
    key: 'k',
    signature_scheme: 'hmac-sha256',
  };
  writeFileSync(path, JSON.stringify({ ...ports, ...place }));
  const script = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([
    join(projectRoot(), 'kernel/sandbox.cjs'),
    '--config-path',
    path,
  ])}, { stdio: 'ignore' }); setInterval(() => {}, 1000);`;
  const grader = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  t.after(() => grader.kill('SIGKILL'));
  await until(() => readdirSync(join(folder, 'sockets')).length === Object.keys(ports).length);
  assert.ok(processesOf(path).length >= 2, 'the sandbox and the kernel');
  grader.kill('SIGKILL');
  await until(() => processesOf(path).length === 0);
});
