import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as tar from 'tar-stream';
import { FerlabError } from '../../errors';
import type { ZipArchive } from './zip';

/** Bytes that pass through the pipeline at a time. */
const CHUNK = 1 << 20;

/** A file's bytes under the name that decides its form. */
export interface OpenedFile {
  readonly name: string;
  /** Pieces of any size; each is valid until the next is asked for. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Which CSV of the challenge's files is taken, best first; those without labels never. */
const BEST = ['fer2013.csv', 'icml_face_data.csv'];
const WITHOUT_LABELS = ['test.csv', 'example_submission.csv'];

const isCsv = (path: string) => {
  const name = basename(path).toLowerCase();
  return name.endsWith('.csv') && !name.startsWith('.') && !WITHOUT_LABELS.includes(name);
};

/** Opens the CSV files with labels that a plain or gzipped file or a tar archive holds. */
export async function* openCsv(path: string): AsyncGenerator<OpenedFile> {
  const name = basename(path);
  if (/\.(tar\.gz|tgz)$/i.test(name)) yield* openTar(path, gunzip(path, fileStream(path)));
  else if (/\.tar$/i.test(name)) yield* openTar(path, fileStream(path));
  else if (/\.gz$/i.test(name)) {
    yield { name: name.replace(/\.gz$/i, ''), bytes: guarded(path, gunzip(path, fileStream(path))) };
  } else yield { name, bytes: guarded(path, readPieces(path)) };
}

/** Opens the best CSV of a zip archive, the one in the challenge's `fer2013.tar.gz` too; nothing where there is none. */
export async function* openCsvInZip(path: string, zip: ZipArchive): AsyncGenerator<OpenedFile> {
  const find = (wanted: string) => zip.names.find((name) => basename(name).toLowerCase() === wanted);
  const tarball = find('fer2013.tar.gz');
  const best = BEST.map(find).find((name) => name !== undefined);
  const name = best ?? zip.names.find(isCsv);
  if (tarball && !best) yield* openTar(path, gunzip(path, await zip.stream(tarball)));
  else if (name) yield { name: basename(name), bytes: guarded(path, await zip.stream(name)) };
}

const fileStream = (path: string) => createReadStream(path, { highWaterMark: CHUNK });

/**
 * A file piece by piece, the next one read while the last is parsed, in two buffers: streams would leave hundreds of
 * pieces for the garbage collector.
 */
async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
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

function gunzip(path: string, source: Readable): Readable {
  const plain = createGunzip({ chunkSize: CHUNK });
  source.on('error', (error) => plain.destroy(unreadable(path, error) as Error));
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

/** An error that names the file, for what went wrong while it was read. */
export function unreadable(path: string, error: unknown): unknown {
  if (error instanceof FerlabError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const problem = code === 'Z_BUF_ERROR' ? 'the gzip data ends too early' : message;
  const remedy =
    code === 'EACCES'
      ? 'give yourself the right to read it'
      : 'the file is damaged or incomplete: download it again';
  return new FerlabError(`${path}: ${problem}`, { remedy, cause: error });
}

async function* openTar(path: string, stream: Readable): AsyncGenerator<OpenedFile> {
  const extract = tar.extract();
  stream.on('error', (error) => extract.destroy(error));
  stream.pipe(extract);
  try {
    for await (const entry of extract) {
      if (entry.header.type === 'file' && isCsv(entry.header.name)) {
        yield { name: basename(entry.header.name), bytes: guarded(path, entry as AsyncIterable<Uint8Array>) };
      }
      entry.resume();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}
