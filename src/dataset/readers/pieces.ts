import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FerlabError } from '../../errors';
import { HEAD_BYTES } from './sniff';

/** Bytes that pass through the pipeline at a time. */
export const CHUNK = 1 << 20;

export type Pieces = AsyncIterable<Uint8Array>;

/**
 * A file piece by piece, the next one read while the last is parsed, in two buffers: streams would leave hundreds of
 * pieces for the garbage collector.
 */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  let pending: Promise<unknown> = Promise.resolve();
  try {
    const buffers = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
    let next = file.read(buffers[0]!, 0, CHUNK);
    for (let i = 0; ; i++) {
      const { bytesRead } = await next;
      if (bytesRead === 0) return;
      next = file.read(buffers[(i + 1) % 2]!, 0, CHUNK);
      pending = next.catch(() => undefined);
      yield buffers[i % 2]!.subarray(0, bytesRead);
    }
  } finally {
    await pending;
    await file.close();
  }
}

/** A file piece by piece, each in a buffer of its own, for streams that read ahead. */
export const ownPieces = (path: string): AsyncGenerator<Uint8Array> =>
  closing(createReadStream(path, { highWaterMark: CHUNK }));

/**
 * The pieces of a stream. Whether they end, fail or are no longer wanted: the stream's source is closed before anybody
 * hears of it.
 */
export async function* closing(stream: Readable, source = stream): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } finally {
    await closeStream(source);
  }
}

/** Ends a stream, and waits until its file is closed. */
export async function closeStream(stream: Readable): Promise<void> {
  stream.destroy();
  if (!stream.closed) await new Promise<void>((done) => stream.once('close', done));
}

export interface Peeked {
  /** The first bytes. */
  readonly head: Uint8Array;
  /** All pieces. */
  readonly bytes: Pieces;
  /** Ends the pieces that are not wanted. */
  readonly close: () => Promise<unknown>;
}

/** Looks at the first bytes of some pieces. */
export async function peek(pieces: Pieces): Promise<Peeked> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const { done, value } = await iterator.next();
    if (done) break;
    first.push(Uint8Array.from(value)); // the next piece may overwrite it
    size += value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      for (;;) {
        const { done, value } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  const close = async () => iterator.return?.();
  return { head: Buffer.concat(first).subarray(0, HEAD_BYTES), bytes: all(), close };
}

export function gunzip(packed: Pieces): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed);
  const plain = pipeline(source, createGunzip({ chunkSize: CHUNK }), () => undefined);
  return closing(plain, source);
}

/** Turns what goes wrong below into an error that names the file. */
export async function* guarded(path: string, stream: Pieces): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw unreadableFile(path, error);
  }
}

/** An error that names the file, for what went wrong while it was read. */
export function unreadableFile(path: string, error: unknown): unknown {
  if (error instanceof FerlabError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const problem = code === 'Z_BUF_ERROR' ? 'the gzip data ends too early' : message;
  const remedy =
    code === 'EACCES' ? 'change its permissions' : 'the file is damaged or incomplete: download it again';
  return new FerlabError(`${path}: ${problem}`, { remedy, cause: error });
}
