import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** A process, told from all others that ever run on machines that share a folder. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Tells the process from a later one with the same number; null where the system does not say. */
  readonly birth: string | null;
  /** Where its number holds: a boot of a machine, and a container on it; null where the system does not say. */
  readonly place: string | null;
  /** Name of its machine, for people. */
  readonly host: string;
}

// Files of earlier versions name neither place nor host: they were written where they are read.
const schema = z.object({
  pid: z.int().positive(),
  birth: z.string().nullable().catch(null),
  place: z.string().nullable().catch(null),
  host: z.string().catch(''),
});

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, birth: birthOf(process.pid), place: ownPlace(), host: hostname() };
}

/** Null for a text that is not, or not yet, that of a process. */
export function parseIdentity(text: string): ProcessIdentity | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether a process runs where this one can't see it: on another machine, or in another container. */
export function isElsewhere({ place }: ProcessIdentity): boolean {
  return place !== null && place !== ownPlace();
}

/** Whether a process lives, of those that this one can see. */
export function isAlive({ pid, birth }: ProcessIdentity): boolean {
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
    return `${bootId()} ${fields[19]}`;
  } catch {
    return null;
  }
}

function ownPlace(): string | null {
  try {
    return `${bootId()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

const bootId = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
