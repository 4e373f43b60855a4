import { AsyncLocalStorage } from 'node:async_hooks';
import type { VirtualTime } from './virtual-time';

/** A machine of a simulated cluster, from one boot to the next. */
export class SimulatedNode {
  readonly processes = new Map<number, SimulatedProcess>();
  #boots = 1;

  constructor(
    readonly name: string,
    readonly time: VirtualTime,
    /** By how much its clock is ahead of the others', in milliseconds. */
    readonly clockAhead: number,
  ) {}

  get bootId(): string {
    return `${this.name}-boot-${this.#boots}`;
  }

  /** What its clock shows: milliseconds since 1970. */
  get clock(): number {
    return 1.7e12 + this.time.now + this.clockAhead;
  }

  /** Starts a process. Numbers begin again after a boot, so that they are given twice. */
  start(): SimulatedProcess {
    const pid = 100 + this.processes.size;
    const process = new SimulatedProcess(this, pid);
    this.processes.set(pid, process);
    return process;
  }

  /** The power goes and comes back. */
  reboot(): void {
    for (const process of this.processes.values()) process.isDead = true;
    this.processes.clear();
    this.#boots++;
  }
}

/** A process whose code runs in this one: see {@link inProcess}. */
export class SimulatedProcess {
  /** Whether it was killed or has ended: nothing of its code goes on. */
  isDead = false;
  /** Until when it stands still, as with its machine's hypervisor or its network file system. */
  frozenUntil = 0;
  readonly birth: number;

  constructor(
    readonly node: SimulatedNode,
    readonly pid: number,
  ) {
    this.birth = Math.round(node.time.now);
  }

  get isFrozen(): boolean {
    return this.frozenUntil > this.node.time.now;
  }

  /** Calls after some time, unless the process is dead by then; while it stands still, nothing happens. */
  after(milliseconds: number, call: () => void): void {
    const { time } = this.node;
    time.after(milliseconds, () => {
      if (this.isFrozen) this.after(this.frozenUntil - time.now, call);
      else if (!this.isDead) current.run(this, call);
    });
  }

  /** A promise that a dead process never sees kept: its code ends amid what it did, as that of a killed process. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }
}

const current = new AsyncLocalStorage<SimulatedProcess>();

/** Runs code as that of a simulated process. */
export function inProcess<T>(process: SimulatedProcess, code: () => T): T {
  return current.run(process, code);
}

/** The process whose code is running; undefined outside of all. */
export function currentProcess(): SimulatedProcess | undefined {
  return current.getStore();
}
