import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { claimFolder } from '../../src/run/lock';
import { temporaryFolder } from '../train/tiny';

const lockOf = (folder: string) => join(folder, 'lock');
const isRefused = (who: RegExp) => (error: unknown) =>
  error instanceof FerlabError && error.exitStatus === 1 && who.test(error.message);

test('a folder is claimed once at a time, in one process too', (t) => {
  const folder = join(temporaryFolder(t), 'new', 'run');
  const release = claimFolder(folder);
  assert.throws(() => claimFolder(folder), isRefused(/this process is training/));
  release();
  assert.equal(existsSync(lockOf(folder)), false);
  claimFolder(folder)();
});

test('the lock of another living process holds, and the lock of a killed one does not', async (t) => {
  const folder = temporaryFolder(t);
  const lock = join(__dirname, '..', '..', 'src', 'run', 'lock');
  const program = `require(${JSON.stringify(lock)}).claimFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  assert.throws(() => claimFolder(folder), isRefused(new RegExp(`process ${child.pid} is training`)));
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.ok(existsSync(lockOf(folder)));
  claimFolder(folder)();
});

test('a process that has the number of a dead owner is not taken for it', {
  skip: !existsSync('/proc/self/stat') && 'needs /proc',
}, (t) => {
  const folder = temporaryFolder(t);
  claimFolder(folder);
  const owner = JSON.parse(readFileSync(lockOf(folder), 'utf8'));
  writeFileSync(lockOf(folder), JSON.stringify({ ...owner, birth: `${owner.birth}0` }));
  const release = claimFolder(folder);
  assert.deepEqual(JSON.parse(readFileSync(lockOf(folder), 'utf8')), owner);
  assert.throws(() => claimFolder(folder), isRefused(/this process/));
  release();
});

test('a lock that is still being written holds; one that was never finished does not', (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(lockOf(folder), '');
  assert.throws(() => claimFolder(folder), isRefused(/a process is training/));
  const old = Date.now() / 1000 - 60;
  utimesSync(lockOf(folder), old, old);
  claimFolder(folder)();
});

test('what a killed process left half-written is cleared away, and nothing else', (t) => {
  const folder = temporaryFolder(t);
  const kept = ['config.json', 'weights.bin', 'notes.txt', 'notes.json.bak'];
  for (const name of [...kept, 'checkpoint.bin.1234567', 'history.json.42'])
    writeFileSync(join(folder, name), '');
  claimFolder(folder)();
  assert.deepEqual(readdirSync(folder).sort(), kept.sort());
});
