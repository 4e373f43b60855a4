import { EXIT } from '../../../src/errors';
import type { RandomStream } from '../../../src/random';
import { inProcess, SimulatedNode, type SimulatedProcess } from './node';
import type { VirtualTime } from './virtual-time';

/** What befalls a job besides its work. */
export const FAILURES = [
  /** SIGTERM before the time limit. */
  'stopped',
  /** SIGKILL, as for want of memory. */
  'killed',
  /** The node loses its power and comes back. */
  'lost',
  /** The batch system does not see the node any more and gives the run to another, while the process goes on. */
  'cut off',
  /** The process stands still, perhaps so long that the run is given to another, and then goes on. */
  'frozen',
  /** The same run was asked for twice. */
  'twice',
] as const;

export type Failure = (typeof FAILURES)[number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** After this time without a word a node counts as lost, and its run goes back to the queue. */
const UNSEEN = MINUTE;
const MOST_CLOCK_AHEAD = 60 * MINUTE;

/** Trains a run of the plan in a process. @returns the exit status of the process */
export type Job = (number: number, signal: AbortSignal) => Promise<number>;

export interface ClusterOptions {
  readonly time: VirtualTime;
  readonly random: RandomStream;
  readonly nodes: number;
  /** Share of the jobs that something befalls. */
  readonly failing: number;
  /** Longest time until it does, in milliseconds. */
  readonly duration: number;
  readonly job: Job;
}

/** Nodes that train the runs of a plan under a batch system that does with exit statuses what docs/many-runs.md says. */
export class Cluster {
  readonly #idle: SimulatedNode[];
  readonly #queue: number[] = [];
  readonly failures = new Map<Failure, number>();
  readonly statuses = new Map<number, number>();
  /** The run on which a process works or worked. */
  readonly runOf = new Map<SimulatedProcess, number>();
  /** Processes that stood still for a while. */
  readonly frozen = new Set<SimulatedProcess>();
  readonly unexpected: unknown[] = [];

  constructor(private readonly options: ClusterOptions) {
    const { time, random, nodes } = options;
    this.#idle = Array.from({ length: nodes }, (_, i) => {
      const ahead = Math.round((2 * random.uniform() - 1) * MOST_CLOCK_AHEAD);
      return new SimulatedNode(`node${i}`, time, ahead);
    });
  }

  submit(number: number): void {
    this.#queue.push(number);
    this.#dispatch();
  }

  /** A run that was begun goes before those that were not. */
  #submitAgain(number: number): void {
    this.#queue.unshift(number);
    this.#dispatch();
  }

  #dispatch(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0)
      this.#start(this.#idle.shift()!, this.#queue.shift()!);
  }

  #start(node: SimulatedNode, number: number): void {
    const process = node.start();
    this.runOf.set(process, number);
    const stop = new AbortController();
    const job = new RunningJob(process, number);
    void inProcess(process, () => this.options.job(number, stop.signal)).then(
      (status) => this.#ended(job, status),
      (error) => this.unexpected.push(error),
    );
    const { random, failing, duration } = this.options;
    if (random.uniform() >= failing) return;
    const failure = FAILURES[random.integer(FAILURES.length)]!;
    this.options.time.after(duration * random.uniform(), () => {
      if (!process.isDead) this.#befall(failure, job, stop);
    });
  }

  /** A process ended by itself. A batch system that gave its run to another does not hear of it. */
  #ended(job: RunningJob, status: number): void {
    job.process.isDead = true;
    count(this.statuses, status);
    if (job.isGivenUp) return;
    job.isGivenUp = true;
    this.#free(job.process.node);
    if (status === EXIT.resumable) this.#again(job, MINUTE);
    // A person frees space and gives the same command again.
    if (status === EXIT.diskFull) this.#again(job, 5 * MINUTE);
  }

  #befall(failure: Failure, job: RunningJob, stop: AbortController): void {
    count(this.failures, failure);
    const { process, number } = job;
    const { time, random } = this.options;
    switch (failure) {
      case 'twice':
        this.#submitAgain(number);
        break;
      case 'stopped':
        stop.abort(Object.assign(new Error('stopped'), { exitStatus: EXIT.resumable }));
        break;
      case 'frozen':
        this.#freeze(job, 10 * MINUTE * random.uniform());
        break;
      case 'cut off':
        time.after(UNSEEN, () => this.#goUnseen(job));
        break;
      case 'killed':
        process.isDead = true;
        this.#giveUp(job);
        this.#free(process.node);
        break;
      case 'lost':
        process.node.reboot();
        time.after(UNSEEN, () => this.#giveUp(job));
        time.after(10 * MINUTE, () => this.#free(process.node));
    }
  }

  #freeze(job: RunningJob, milliseconds: number): void {
    const { process } = job;
    const { time } = this.options;
    process.frozenUntil = time.now + milliseconds;
    this.frozen.add(process);
    if (milliseconds <= UNSEEN) return;
    time.after(UNSEEN, () => this.#giveUp(job));
    // The node is used again; what stood still on it goes on beside the next job.
    time.after(milliseconds, () => this.#free(process.node));
  }

  /** Back in sight, the node's daemon ends what it still finds of a job that was given to another. */
  #goUnseen(job: RunningJob): void {
    if (job.isGivenUp) return;
    this.#giveUp(job);
    this.options.time.after(4 * MINUTE, () => {
      job.process.isDead = true;
      this.#free(job.process.node);
    });
  }

  /** The run goes back to the queue, whatever its process does. */
  #giveUp(job: RunningJob): void {
    if (job.isGivenUp) return;
    job.isGivenUp = true;
    this.#again(job, 5 * SECOND);
  }

  #again({ number }: RunningJob, milliseconds: number): void {
    this.options.time.after(milliseconds, () => this.#submitAgain(number));
  }

  #free(node: SimulatedNode): void {
    if (this.#idle.includes(node)) return;
    this.#idle.push(node);
    this.#dispatch();
  }
}

class RunningJob {
  /** Whether the batch system is done with it. */
  isGivenUp = false;

  constructor(
    readonly process: SimulatedProcess,
    readonly number: number,
  ) {}
}

function count<T>(counts: Map<T, number>, key: T): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
