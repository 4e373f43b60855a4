import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, FerlabError } from '../errors';
import { explainWriteFailure } from '../write-whole';

// Who wants a folder puts a file of its own into it and then looks for those of others: of two that do so at the same
// time at least one sees the other and withdraws. No file ever changes hands, so that to clear away the file of a dead
// process can't hit a living one, however many do it at once.

/** The process that works in a folder. */
interface Owner {
  readonly pid: number;
  /** Tells the process from a later one with the same number; null where the system does not say. */
  readonly birth: string | null;
}

/** Files of locks; earlier versions had a single one, `lock`. */
const LOCK = /^lock(-[0-9a-f-]{36})?$/;
/** How long a lock that can't be read yet may be in the making, in milliseconds. */
const WRITING_MS = 10_000;
/** How often two that found each other try again, and after how many milliseconds at most. */
const TRIES = 8;
const PAUSE_MS = 40;
/** What a write that was cut off leaves beside its file: the file's name, a dot and digits. */
const LEFTOVER = /\.(json|bin|csv)\.\d+$/;

/**
 * Makes a run's folder, locks it for this process and clears away what a killed one left half-written.
 * @returns unlocks the folder
 * @throws FerlabError while this process or another works in the folder
 */
export function lockFolder(folder: string): () => void {
  const own = `lock-${randomUUID()}`;
  const unlock = () => rmSync(join(folder, own), { force: true });
  try {
    mkdirSync(folder, { recursive: true });
    takeLock(folder, own);
  } catch (error) {
    unlock();
    throw explainWriteFailure(folder, error);
  }
  for (const name of readdirSync(folder)) {
    if (LEFTOVER.test(name)) rmSync(join(folder, name), { force: true });
  }
  return unlock;
}

/** Works in a run's folder while it is locked. @throws FerlabError as {@link lockFolder} */
export async function withLock<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  const unlock = lockFolder(folder);
  try {
    return await work();
  } finally {
    unlock();
  }
}

function takeLock(folder: string, own: string): void {
  const text = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) } satisfies Owner);
  for (let tries = 1; ; tries++) {
    writeFileSync(join(folder, own), text, { flag: 'wx' });
    const other = findOther(folder, own);
    if (!other) return;
    rmSync(join(folder, own));
    if (tries === TRIES) throw inUse(folder, other);
    pause(PAUSE_MS * Math.random());
  }
}

/** The living owner of another lock, if there is one; locks of the dead are cleared away. */
function findOther(folder: string, own: string): Owner | 'unknown' | null {
  for (const name of readdirSync(folder)) {
    if (name === own || !LOCK.test(name)) continue;
    const path = join(folder, name);
    const owner = readOwner(path);
    if (owner ? isAlive(owner) : isYoung(path)) return owner ?? 'unknown';
    rmSync(path, { force: true });
  }
  return null;
}

function inUse(folder: string, owner: Owner | 'unknown'): FerlabError {
  const number = owner === 'unknown' ? null : owner.pid;
  const who = number === process.pid ? 'this process' : number ? `process ${number}` : 'a process';
  return new FerlabError(`${folder}: ${who} is working in this folder`, {
    remedy: 'wait for it, stop it, or choose another run',
    exitStatus: EXIT.failure,
  });
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Null for a lock that is gone, or not written yet. */
function readOwner(path: string): Owner | null {
  try {
    const { pid, birth } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Owner>;
    const isProcess = typeof pid === 'number' && Number.isInteger(pid) && pid > 0;
    return isProcess ? { pid, birth: typeof birth === 'string' ? birth : null } : null;
  } catch {
    return null;
  }
}

function isYoung(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < WRITING_MS;
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
