import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { EXIT, FerlabError } from '../errors';
import { explainWriteFailure } from '../write-whole';

/** The process that trains in a folder. */
interface Owner {
  readonly pid: number;
  /** Tells the process from a later one with the same number; null where the system does not say. */
  readonly birth: string | null;
}

/** How long a lock that can't be read yet may be in the making, in milliseconds. */
const WRITING_MS = 10_000;
/** What a write that was cut off leaves beside its file: the file's name, a dot and digits. */
const LEFTOVER = /\.(json|bin|csv)\.\d+$/;

/**
 * Makes a run's folder, claims it for this process and clears away what a killed one left half-written.
 * @returns releases the claim
 * @throws FerlabError while another training, in this process or another, holds the folder
 */
export function claimFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    takeLock(join(folder, 'lock'), folder);
  } catch (error) {
    throw explainWriteFailure(folder, error);
  }
  for (const name of readdirSync(folder)) {
    if (LEFTOVER.test(name)) rmSync(join(folder, name), { force: true });
  }
  return () => rmSync(join(folder, 'lock'), { force: true });
}

function takeLock(lock: string, folder: string): void {
  const text = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) } satisfies Owner);
  while (!createFile(lock, text)) refuseIfHeld(lock, folder);
}

/** Writes a new file; false when it exists. */
function createFile(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a lock aside whose owner is gone; of several that find it, one succeeds, and all try again. */
function refuseIfHeld(lock: string, folder: string): void {
  const found = readLock(lock);
  if (found === null) return;
  const owner = parseOwner(found);
  if (owner ? isAlive(owner) : isYoung(lock)) {
    const who = owner?.pid === process.pid ? 'this process' : owner ? `process ${owner.pid}` : 'a process';
    throw new FerlabError(`${folder}: ${who} is training in this folder`, {
      remedy: 'wait for it, stop it, or choose another seed',
      exitStatus: EXIT.failure,
    });
  }
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return; // another process was quicker
  }
  const moved = readLock(aside);
  // A lock that was made in between belongs to someone alive: it goes back.
  if (moved !== found && !existsSync(lock)) renameSync(aside, lock);
  else rmSync(aside, { force: true });
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // released in between
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const { pid, birth } = JSON.parse(text) as Owner;
    return Number.isInteger(pid) && pid > 0 ? { pid, birth: birth ?? null } : null;
  } catch {
    return null;
  }
}

function isYoung(lock: string): boolean {
  return existsSync(lock) && Date.now() - statSync(lock).mtimeMs < WRITING_MS;
}

function isAlive({ pid, birth }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return birth === null || birth === birthOf(pid);
}

/** Boot and start time of a process on Linux. Field 22 of its stat counts from the boot; its name may hold blanks. */
function birthOf(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
  } catch {
    return null;
  }
}
