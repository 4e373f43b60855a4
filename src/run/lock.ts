import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT, FerlabError } from '../errors';
import { explainWriteFailure, writeWhole } from '../write-whole';
import { isBeating, startHeartbeat, touchOf } from './heartbeat';
import { isAlive, isElsewhere, ownIdentity, type ProcessIdentity, parseIdentity } from './process-identity';

// Who wants a folder puts a file of its own into it and then looks for those of others: of two that do so at the same
// time at least one sees the other and withdraws. No file ever changes hands, so that to clear away the file of a dead
// process can't hit a living one, however many do it at once. Whether a process of another machine lives is seen from
// its file alone: its owner touches it every few seconds. A process that stood still for longer, with its machine or its
// network, finds its file gone and stops.

/** Files of locks; earlier versions had a single one, `lock`. */
const LOCK = /^lock(-[0-9a-f-]{36})?$/;
/** How long a lock that can't be read may be that of an earlier version in the making, in milliseconds. */
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

/** Another's lock; the owner is null where its file can't be read. */
interface Other {
  readonly path: string;
  readonly owner: ProcessIdentity | null;
}

/** A folder that is locked for this process. {@link release} unlocks it. */
export class FolderLock {
  readonly #stopHeartbeat: () => void;

  private constructor(
    readonly folder: string,
    private readonly file: string,
  ) {
    this.#stopHeartbeat = startHeartbeat(file);
  }

  /**
   * Makes a run's folder, locks it for this process and clears away what a killed one left half-written. Machines that share
   * the folder keep to each other's locks.
   * @throws FerlabError, with the status that asks for another try, while this process or another works in the folder
   */
  static async take(folder: string, options: LockOptions = {}): Promise<FolderLock> {
    const own = join(folder, `lock-${randomUUID()}`);
    try {
      mkdirSync(folder, { recursive: true });
      await takeLock(folder, own, options);
    } catch (error) {
      rmSync(own, { force: true });
      throw explainWriteFailure(folder, error);
    }
    const lock = new FolderLock(folder, own);
    for (const name of readdirSync(folder)) {
      if (LEFTOVER.test(name)) rmSync(join(folder, name), { force: true });
    }
    return lock;
  }

  /**
   * To be called before anything is written that another process would miss.
   * @throws FerlabError when this process stood still for so long that another took it for dead, and the folder over
   */
  check(): void {
    if (touchOf(this.file) !== null) return;
    throw new FerlabError(
      `${this.folder}: this process stood still for so long that the folder was free for others`,
      { remedy: 'repeat the command, `ferlab train` with --resume', exitStatus: EXIT.resumable },
    );
  }

  release(): void {
    this.#stopHeartbeat();
    rmSync(this.file, { force: true });
  }
}

/** Works in a run's folder while it is locked. @throws FerlabError as {@link FolderLock.take} */
export async function withLock<T>(
  folder: string,
  work: (lock: FolderLock) => T | Promise<T>,
  options?: LockOptions,
): Promise<T> {
  const lock = await FolderLock.take(folder, options);
  try {
    return await work(lock);
  } finally {
    lock.release();
  }
}

async function takeLock(folder: string, own: string, options: LockOptions): Promise<void> {
  const text = JSON.stringify(ownIdentity());
  for (let tries = 1; ; tries++) {
    writeWhole(own, text); // nobody finds a lock that does not say whose it is
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
    remedy: 'repeat the command when it has ended, stop it, or choose another run',
    exitStatus: EXIT.resumable,
  });
}

function describe(owner: ProcessIdentity | null): string {
  if (!owner) return 'a process';
  if (isElsewhere(owner)) return `process ${owner.pid} on ${owner.host}`;
  return owner.pid === process.pid ? 'this process' : `process ${owner.pid}`;
}

/** Null for a lock that is gone, or can't be read. */
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
