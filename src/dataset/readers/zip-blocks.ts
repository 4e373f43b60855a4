import { close, createReadStream, fstatSync, openSync, read, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

/** Bytes that are read at once where an archive lists its files. */
const BLOCK = 1 << 18;

/** Reads an archive in blocks: its directory is asked for in two small pieces for each file. */
export class ZipBlocks extends RandomAccessReader {
  readonly descriptor: number;
  readonly size: number;
  readonly #block = Buffer.allocUnsafe(BLOCK);
  #start = 0;
  #length = 0;

  /** @throws the system's error */
  constructor(readonly path: string) {
    super();
    this.descriptor = openSync(path, 'r');
    this.size = fstatSync(this.descriptor).size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    try {
      const bytesRead = this.#copy(buffer.subarray(offset, offset + length), position);
      // Not at once: whoever reads on in the callback would call deeper and deeper.
      process.nextTick(callback, null, bytesRead);
    } catch (error) {
      process.nextTick(callback, error as Error);
    }
  }

  #copy(into: Buffer, position: number): number {
    if (into.length > BLOCK) return readSync(this.descriptor, into, 0, into.length, position);
    const isInBlock = position >= this.#start && position + into.length <= this.#start + this.#length;
    if (!isInBlock) {
      this.#length = readSync(this.descriptor, this.#block, 0, BLOCK, position);
      this.#start = position;
    }
    const at = position - this.#start;
    return this.#block.copy(into, 0, at, Math.min(at + into.length, this.#length));
  }

  override _readStreamForRange(start: number, end: number): Readable {
    // A stream that is destroyed closes its file, and this one belongs to all.
    const fs = { read, close: (_file: number, done: () => void) => done() };
    return createReadStream(this.path, { fd: this.descriptor, start, end: end - 1, fs });
  }

  override close(callback: (error: Error | null) => void): void {
    close(this.descriptor, callback);
  }
}
