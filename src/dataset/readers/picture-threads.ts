import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { decodeSource, type PictureSource } from './picture-source';
import type { PictureJob, PlainPictures } from './picture-thread';

/** Pictures of a job: enough that asking for it costs little. */
const PER_JOB = 128;

/** Pictures for which threads are started: fewer are decoded before a thread has begun. */
const FEW = 2000;

/** Threads beyond which the reading of files is the limit. */
const MOST_THREADS = 4;

/** Jobs of each thread that are made ahead. */
const AHEAD = 3;

/** A picture to be decoded; its source is null where only a slower reader can look at it. */
export interface SourcedPicture {
  readonly source: PictureSource | null;
}

/** A picture with its levels [side, side]; null where a decoder for everything has to judge it. */
export type Decoded<T> = readonly [picture: T, levels: Uint8Array | null];

/**
 * Lends threads that decode pictures: none where few are expected. When it returns no thread reads any more, so that files
 * can be closed.
 */
export async function withPictureThreads<T>(
  expected: number,
  use: (threads: PictureThreads) => Promise<T>,
): Promise<T> {
  const isOne = expected < FEW || availableParallelism() === 1;
  const threads = new PictureThreads(isOne ? 0 : Math.min(MOST_THREADS, availableParallelism()));
  try {
    return await use(threads);
  } finally {
    await threads.stop();
  }
}

/** Threads that take turns; where there is none, pictures are decoded in the one that asks. */
export class PictureThreads {
  readonly #threads: readonly DecodingThread[];
  #jobs = 0;

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => new DecodingThread());
  }

  /** Decodes plain pictures, in order. */
  async *decode<T extends SourcedPicture>(
    pictures: AsyncIterable<T> | Iterable<T>,
    side: number,
  ): AsyncGenerator<Decoded<T>[]> {
    const begun: Promise<Decoded<T>[]>[] = [];
    for await (const some of inJobs(pictures)) {
      begun.push(decodeJob(some, side, this.#threads[this.#jobs++ % this.#threads.length]));
      if (begun.length >= AHEAD * this.#threads.length) yield await begun.shift()!;
    }
    while (begun.length > 0) yield await begun.shift()!;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}

async function* inJobs<T>(pictures: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T[]> {
  let job: T[] = [];
  for await (const picture of pictures) {
    job.push(picture);
    if (job.length < PER_JOB) continue;
    yield job;
    job = [];
  }
  if (job.length > 0) yield job;
}

async function decodeJob<T extends SourcedPicture>(
  pictures: readonly T[],
  side: number,
  thread: DecodingThread | undefined,
): Promise<Decoded<T>[]> {
  const answer = await thread?.ask({ sources: pictures.map(({ source }) => ownBytes(source)), side });
  const size = side * side;
  return pictures.map((picture, i) => {
    if (!answer) return [picture, decodeSource(picture.source, side)];
    return [picture, answer.arePlain[i] ? answer.images.subarray(i * size, (i + 1) * size) : null];
  });
}

/** Bytes in a buffer of their own: one that they share with a whole table would be copied to the thread for each of them. */
const ownBytes = (source: PictureSource | null): PictureSource | null =>
  source instanceof Uint8Array ? Uint8Array.from(source) : source;

/** A thread that answers in the order in which it is asked. Once it has died it answers null. */
class DecodingThread {
  readonly #worker = new Worker(require.resolve('./picture-thread'));
  readonly #waiting: ((answer: PlainPictures | null) => void)[] = [];
  #isAlive = true;

  constructor() {
    this.#worker.on('message', (answer: PlainPictures) => this.#waiting.shift()!(answer));
    this.#worker.on('error', () => undefined); // it ends with it
    this.#worker.on('exit', () => {
      this.#isAlive = false;
      for (const answer of this.#waiting.splice(0)) answer(null);
    });
  }

  ask(job: PictureJob): Promise<PlainPictures | null> {
    if (!this.#isAlive) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#worker.postMessage(job);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
