import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { FolderLock, withLock } from '../../src/run/lock';
import { temporaryFolder } from '../temporary';

const MODULE = JSON.stringify(join(__dirname, '..', '..', 'src', 'run', 'lock'));
const locksIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('lock'));
const isRefused = (who: RegExp) => (error: unknown) =>
  error instanceof FerlabError && error.exitStatus === 75 && who.test(error.message);

/** A process that runs a program; `require` finds the lock's module in `LOCK`. */
function run(program: string) {
  const words = ['--import', 'tsx', '-e', `const { FolderLock } = require(${MODULE}); ${program}`];
  return spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
}

test('a folder is locked once at a time, in one process too', async (t) => {
  const folder = join(temporaryFolder(t), 'new', 'run');
  const lock = await FolderLock.take(folder);
  await assert.rejects(FolderLock.take(folder), isRefused(/this process is working/));
  lock.release();
  assert.deepEqual(locksIn(folder), []);
  await assert.rejects(
    withLock(folder, () => {
      assert.equal(locksIn(folder).length, 1);
      throw new Error('broken');
    }),
    /broken/,
  );
  assert.deepEqual(locksIn(folder), []);
});

test('the lock of another living process holds, and the lock of a killed one does not', async (t) => {
  const folder = temporaryFolder(t);
  const child = run(
    `FolderLock.take(${JSON.stringify(folder)}).then(() => console.log('held')); setInterval(() => {}, 1000);`,
  );
  await once(child.stdout, 'data');
  await assert.rejects(FolderLock.take(folder), isRefused(new RegExp(`process ${child.pid} is working`)));
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(locksIn(folder).length, 1);
  (await FolderLock.take(folder)).release();
  assert.deepEqual(locksIn(folder), []);
});

test('of several processes that find the lock of a dead one, one at a time holds the folder', async (t) => {
  const folder = temporaryFolder(t);
  const journal = join(folder, 'journal');
  writeFileSync(journal, '');
  // Each puts a dead process's lock there, as a killed training leaves it, and tries to work in the folder; who is in
  // writes "in" and, a little later, "out".
  const program = `
    const { appendFileSync, writeFileSync } = require('node:fs');
    const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    const journal = ${JSON.stringify(journal)};
    console.log('ready');
    process.stdin.once('data', async () => {
      for (let i = 0; i < 20; i++) {
        writeFileSync(${JSON.stringify(join(folder, 'lock'))}, JSON.stringify({ pid: 4194305, birth: null }));
        try {
          const lock = await FolderLock.take(${JSON.stringify(folder)});
          appendFileSync(journal, 'in ' + process.pid + '\\n');
          pause(Math.random() * 4);
          appendFileSync(journal, 'out ' + process.pid + '\\n');
          lock.release();
        } catch (error) {
          if (!/is working in this folder/.test(error.message)) throw error;
        }
      }
      process.exit(0);
    });`;
  const children = [1, 2, 3, 4].map(() => run(program));
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  for (const child of children) child.stdin.write('go\n');
  const exits = await Promise.all(children.map((child) => once(child, 'exit')));
  assert.deepEqual(
    exits,
    children.map(() => [0, null]),
  );
  const lines = readFileSync(journal, 'utf8').trim().split('\n');
  for (let i = 0; i < lines.length; i += 2)
    assert.equal(lines[i + 1], lines[i]!.replace('in', 'out'), `two worked at the same time, line ${i + 1}`);
  assert.ok(new Set(lines).size >= 4, 'several processes had their turn');
  t.diagnostic(`${lines.length / 2} turns`);
});

test('a process that has the number of a dead owner is not taken for it', {
  skip: !existsSync('/proc/self/stat') && 'needs /proc',
}, async (t) => {
  const folder = temporaryFolder(t);
  await FolderLock.take(folder);
  const [name] = locksIn(folder);
  const owner = JSON.parse(readFileSync(join(folder, name!), 'utf8'));
  writeFileSync(join(folder, name!), JSON.stringify({ ...owner, birth: `${owner.birth}0` }));
  const lock = await FolderLock.take(folder);
  const [own, ...others] = locksIn(folder);
  assert.deepEqual(others, []);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, own!), 'utf8')), owner);
  lock.release();
});

test('a lock that is still being written holds, one of an earlier version too; one that was never finished does not', async (t) => {
  for (const name of ['lock', 'lock-00000000-0000-4000-8000-000000000000']) {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, name), '');
    await assert.rejects(FolderLock.take(folder), isRefused(/a process is working/));
    const old = Date.now() / 1000 - 60;
    utimesSync(join(folder, name), old, old);
    (await FolderLock.take(folder)).release();
    assert.deepEqual(locksIn(folder), []);
    writeFileSync(join(folder, name), JSON.stringify({ pid: process.pid, birth: null }));
    await assert.rejects(FolderLock.take(folder), isRefused(/this process/));
  }
});

test('what a killed process left half-written is cleared away, and nothing else', async (t) => {
  const folder = temporaryFolder(t);
  const kept = ['config.json', 'weights.bin', 'notes.txt', 'notes.json.bak', 'lock-picking.txt'];
  for (const name of [...kept, 'checkpoint.bin.1234567', 'history.json.42'])
    appendFileSync(join(folder, name), '');
  (await FolderLock.take(folder)).release();
  assert.deepEqual(readdirSync(folder).sort(), kept.sort());
});

test('who stood still until another took the folder over is told to try again later', async (t) => {
  const folder = temporaryFolder(t);
  const lock = await FolderLock.take(folder);
  lock.check();
  rmSync(join(folder, locksIn(folder)[0]!)); // as another machine clears the lock of a dead process
  const other = await FolderLock.take(folder);
  assert.throws(() => lock.check(), isRefused(/this process stood still/));
  lock.release();
  other.check();
  other.release();
});

/** The lock of a process that runs where this one can't see it. */
function lockElsewhere(folder: string): string {
  const path = join(folder, 'lock-00000000-0000-4000-8000-000000000001');
  const owner = { pid: process.pid, birth: null, place: 'another-boot pid:[1]', host: 'node17' };
  writeFileSync(path, JSON.stringify(owner));
  return path;
}

test('the lock of another machine holds while it is touched, and no longer', async (t) => {
  const folder = temporaryFolder(t);
  const path = lockElsewhere(folder);
  // Its clock stands an hour behind: nothing but the change may count.
  let beats = 0;
  const beat = setInterval(() => utimesSync(path, 1e9, 1e9 + beats++), 60);
  t.after(() => clearInterval(beat));
  await assert.rejects(
    FolderLock.take(folder, { watchMs: 2_000 }),
    isRefused(new RegExp(`process ${process.pid} on node17 is working`)),
  );
  clearInterval(beat);
  const notes: string[] = [];
  const lock = await FolderLock.take(folder, { watchMs: 300, onNote: (note) => notes.push(note) });
  assert.equal(existsSync(path), false);
  assert.match(notes.join(), /process \d+ on node17 .* watching for 1 s/);
  lock.release();
});
