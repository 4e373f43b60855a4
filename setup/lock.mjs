// One set-up at a time in a checkout.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { STATE } from './shell.mjs';

const LOCK = join(STATE, 'lock');

/** Waits until no other set-up runs, then holds the place until the returned function is called. */
export async function takeLock() {
  mkdirSync(STATE, { recursive: true });
  for (let isTold = false; ; isTold = true) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      process.once('exit', () => rmSync(LOCK, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(readOwner());
    if (!isAlive(owner)) rmSync(LOCK, { force: true });
    else {
      if (!isTold) process.stderr.write(`waiting for another set-up (process ${owner})\n`);
      await setTimeout(500);
    }
  }
}

function readOwner() {
  try {
    return readFileSync(LOCK, 'utf8');
  } catch {
    return ''; // released in between
  }
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
