import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT, FerlabError } from '../errors';
import { explainWriteFailure } from '../write-whole';
import { isBeating, startHeartbeat } from './heartbeat';
import { isAlive, isElsewhere, ownIdentity, type ProcessIdentity, parseIdentity } from './process-identity';

// Who wants a folder puts a file of its own into it and then looks for those of others: of two that do so at the same
// time at least one sees the other and withdraws. No file ever changes hands, so that to clear away the file of a dead
// process can't hit a living one, however many do it at once. Whether a process of another machine lives is seen from
// its file alone: its owner touches it every few seconds.

/** Files of locks; earlier versions had a single one, `lock`. */
const LOCK = /^lock(-[0-9a-f-]{36})?$/;
/** How long a lock that can't be read yet may be in the making, in milliseconds. */
const WRITING_MS = 10_000;
/** How long a lock of another machine is watched before it is taken for that of a dead process, in milliseconds. */
const WATCH_MS = 30_000;
/** How often two that found each other try again, and after how many milliseconds at most. */
const TRIES = 8;
const PAUSE_MS = 40;
/** What a write that was cut off leaves beside its file: the file's name, a dot and digits. */
const LEFTOVER = /\.(json|bin|csv)\.\d+$/;

export interface LockOptions {
  /** Called with what people should know, such as that another machine's lock is watched. */
  readonly onNote?: (note: string) => void;
  /** Other than 30,000 ms for another machine's lock. */
  readonly watchMs?: number;
}

/** Another's lock; the owner is null while its file is being written. */
interface Other {
  readonly path: string;
  readonly owner: ProcessIdentity | null;
}

/**
 * Makes a run's folder, locks it for this process and clears away what a killed one left half-written. Machines that share
 * the folder keep to each other's locks.
 * @returns unlocks the folder
 * @throws FerlabError while this process or another works in the folder
 */
export async function lockFolder(folder: string, options: LockOptions = {}): Promise<() => void> {
  const own = join(folder, `lock-${randomUUID()}`);
  try {
    mkdirSync(folder, { recursive: true });
    await takeLock(folder, own, options);
  } catch (error) {
    rmSync(own, { force: true });
    throw explainWriteFailure(folder, error);
  }
  const stopHeartbeat = startHeartbeat(own);
  for (const name of readdirSync(folder)) {
    if (LEFTOVER.test(name)) rmSync(join(folder, name), { force: true });
  }
  return () => {
    stopHeartbeat();
    rmSync(own, { force: true });
  };
}

/** Works in a run's folder while it is locked. @throws FerlabError as {@link lockFolder} */
export async function withLock<T>(
  folder: string,
  work: () => T | Promise<T>,
  options?: LockOptions,
): Promise<T> {
  const unlock = await lockFolder(folder, options);
  try {
    return await work();
  } finally {
    unlock();
  }
}

async function takeLock(folder: string, own: string, options: LockOptions): Promise<void> {
  const text = JSON.stringify(ownIdentity());
  for (let tries = 1; ; tries++) {
    writeFileSync(own, text, { flag: 'wx' });
    const other = findOther(folder, own);
    if (!other) return;
    rmSync(own);
    if (other.owner && isElsewhere(other.owner)) {
      if (await isAtWork(other.path, other.owner, options)) throw inUse(folder, other);
      rmSync(other.path, { force: true });
    } else {
      if (tries >= TRIES) throw inUse(folder, other);
      await delay(PAUSE_MS * Math.random());
    }
  }
}

/** Another lock whose owner lives or may live, if there is one; locks of the dead are cleared away. */
function findOther(folder: string, own: string): Other | null {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (path === own || !LOCK.test(name)) continue;
    const owner = readOwner(path);
    if (owner ? isElsewhere(owner) || isAlive(owner) : isYoung(path)) return { path, owner };
    rmSync(path, { force: true });
  }
  return null;
}

function isAtWork(
  path: string,
  { host, pid }: ProcessIdentity,
  { onNote, watchMs = WATCH_MS }: LockOptions,
): Promise<boolean> {
  onNote?.(
    `process ${pid} on ${host} worked in this folder; watching for ${Math.ceil(watchMs / 1000)} s whether it still does`,
  );
  return isBeating(path, watchMs);
}

function inUse(folder: string, { owner }: Other): FerlabError {
  return new FerlabError(`${folder}: ${describe(owner)} is working in this folder`, {
    remedy: 'wait for it, stop it, or choose another run',
    exitStatus: EXIT.failure,
  });
}

function describe(owner: ProcessIdentity | null): string {
  if (!owner) return 'a process';
  if (isElsewhere(owner)) return `process ${owner.pid} on ${owner.host}`;
  return owner.pid === process.pid ? 'this process' : `process ${owner.pid}`;
}

/** Null for a lock that is gone, or not written yet. */
function readOwner(path: string): ProcessIdentity | null {
  try {
    return parseIdentity(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function isYoung(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < WRITING_MS;
}
