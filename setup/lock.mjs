import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, isAlive } from './process-identity.mjs';

const POLL_MILLISECONDS = 200;

/**
 * Waits until no other process holds the lock, and takes it. The lock of a process that is gone is taken over.
 * @param {string} path
 * @param {(pid: number) => void} onWait called once, with the number of the process that is waited for
 * @returns gives the lock back
 */
export async function takeLock(path, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify(identify(process.pid));
  let told = false;
  while (!create(path, mine)) {
    const holder = read(path);
    if (holder && !isAlive(JSON.parse(holder))) remove(path, holder);
    else if (holder) {
      if (!told) onWait(JSON.parse(holder).pid);
      told = true;
      await delay(POLL_MILLISECONDS);
    }
  }
  return () => remove(path, mine);
}

/** Makes the lock with its content in one step; false if there is one. */
function create(path, content) {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, content);
  try {
    linkSync(beside, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Removes the lock if it is still this one: another process may have taken it over meanwhile. */
function remove(path, content) {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (read(aside) !== content) create(path, read(aside));
  rmSync(aside, { force: true });
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
