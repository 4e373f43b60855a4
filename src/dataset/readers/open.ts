import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as tar from 'tar-stream';
import * as yauzl from 'yauzl';
import { FerlabError } from '../../errors';

/** Bytes that pass through the pipeline at a time. */
const CHUNK = 1 << 20;

/** A file's bytes under the name that decides its form. */
export interface OpenedFile {
  readonly name: string;
  /** Pieces of any size; each is valid until the next is asked for. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const wanted = (name: string) => /\.csv$/i.test(name) && !basename(name).startsWith('.');

/**
 * Opens the CSV file or files in `path`: plain, gzipped, or in a tar or zip archive. Archives are read in place;
 * nothing is unpacked to the disk.
 */
export async function* openCsvFiles(path: string): AsyncGenerator<OpenedFile> {
  const name = basename(path);
  if (/\.zip$/i.test(name)) yield* openZip(path);
  else if (/\.(tar\.gz|tgz)$/i.test(name)) yield* openTar(path, gunzip(path));
  else if (/\.tar$/i.test(name)) yield* openTar(path, createReadStream(path, { highWaterMark: CHUNK }));
  else if (/\.gz$/i.test(name))
    yield { name: name.replace(/\.gz$/i, ''), bytes: guarded(path, gunzip(path)) };
  else yield { name, bytes: guarded(path, readPieces(path)) };
}

/** A file piece by piece in one buffer: streams would leave hundreds of pieces for the garbage collector. */
async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function gunzip(path: string): Readable {
  const source = createReadStream(path, { highWaterMark: CHUNK });
  const plain = createGunzip({ chunkSize: CHUNK });
  source.on('error', (error) => plain.destroy(error));
  return source.pipe(plain);
}

/** Turns what goes wrong below into an error that names the file. */
async function* guarded(path: string, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): unknown {
  if (error instanceof FerlabError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const problem = code === 'Z_BUF_ERROR' ? 'the gzip data ends too early' : message;
  return new FerlabError(`${path}: ${problem}`, {
    remedy: 'the file is damaged or incomplete: download it again',
    cause: error,
  });
}

async function* openTar(path: string, stream: Readable): AsyncGenerator<OpenedFile> {
  const extract = tar.extract();
  stream.on('error', (error) => extract.destroy(error));
  stream.pipe(extract);
  try {
    for await (const entry of extract) {
      if (entry.header.type === 'file' && wanted(entry.header.name)) {
        yield { name: basename(entry.header.name), bytes: guarded(path, entry as AsyncIterable<Uint8Array>) };
      }
      entry.resume();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* openZip(path: string): AsyncGenerator<OpenedFile> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    // yauzl itself refuses names that climb out of the folder (`..`, absolute paths, drive letters).
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) =>
      error ? reject(error) : resolve(file),
    );
  }).catch((error) => {
    throw unreadable(path, error);
  });
  try {
    for (const entry of await listEntries(zip)) {
      if (wanted(entry.fileName)) {
        yield { name: basename(entry.fileName), bytes: guarded(path, await openEntry(zip, entry)) };
      }
    }
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    zip.close();
  }
}

function listEntries(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}
