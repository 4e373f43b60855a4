import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as tar from 'tar-stream';
import { FerlabError } from '../../errors';
import { formOf, HEAD_BYTES, NEXT_STEP, type Unreadable } from './sniff';
import type { ZipArchive } from './zip';

/** Bytes that pass through the pipeline at a time. */
const CHUNK = 1 << 20;

/** How often something may be gzipped. */
const MAX_LAYERS = 3;

type Pieces = AsyncIterable<Uint8Array>;

/** A CSV, wherever it lay. */
export interface OpenedCsv {
  /** The name that tells whether it is one of the challenge's files. */
  readonly name: string;
  /** What it lay in, in words. */
  readonly form: string;
  /** Pieces of any size; each is valid until the next is asked for. */
  readonly bytes: Pieces;
}

/** Which CSV of the challenge's files is taken, best first; those without labels never. */
const BEST = ['fer2013.csv', 'icml_face_data.csv'];
const WITHOUT_LABELS = ['test.csv', 'example_submission.csv'];

const isCsv = (path: string) => {
  const name = basename(path).toLowerCase();
  return name.endsWith('.csv') && !name.startsWith('.') && !WITHOUT_LABELS.includes(name);
};

/** The first bytes of a file. @throws FerlabError when it can't be read */
export async function readHead(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Opens the CSV with labels that a file is or holds, by its content: plain, gzipped, in a tar archive.
 * @throws FerlabError for another form, by its name and with the next step
 */
export async function openCsv(path: string): Promise<OpenedCsv> {
  return openPieces(path, { name: basename(path), form: '', bytes: guarded(path, readPieces(path)) });
}

async function openPieces(path: string, file: OpenedCsv, layers = 0): Promise<OpenedCsv> {
  const { head, bytes, close } = await peek(file.bytes);
  const form = formOf(head);
  // The pieces of a plain file lie in buffers that are used again: streams that read ahead need their own.
  const stream = () => (file.form ? Readable.from(bytes) : restarted(path, close));
  const within = (outer: string) => (file.form ? `${file.form} of ${outer}` : outer);
  if (form === 'gzip' && layers < MAX_LAYERS) {
    const name = file.name.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');
    return openPieces(
      path,
      { name, form: within('gzip'), bytes: guarded(path, gunzip(path, stream())) },
      layers + 1,
    );
  }
  if (form === 'tar') return openTar(path, stream(), within('tar'));
  if (form === 'text') return { name: file.name, form: within('CSV'), bytes };
  close();
  throw refusal(path, form === 'gzip' || form === 'zip' || form === 'parquet' ? 'unknown' : form, file.form);
}

/** A file from its start, in place of its pieces. */
function restarted(path: string, close: () => void): Readable {
  close();
  return createReadStream(path, { highWaterMark: CHUNK });
}

/** The first bytes of some pieces, and all pieces. */
async function peek(pieces: Pieces): Promise<{ head: Uint8Array; bytes: Pieces; close: () => void }> {
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
  const close = () => void iterator.return?.();
  return { head: Buffer.concat(first).subarray(0, HEAD_BYTES), bytes: all(), close };
}

/** An error for a form that is not read. */
export function refusal(path: string, form: Unreadable | 'empty', outer = ''): FerlabError {
  const place = outer ? `${path} (${outer})` : path;
  if (form === 'empty')
    return new FerlabError(`${place}: the file is empty`, { remedy: 'download it again' });
  const problem =
    form === 'unknown'
      ? 'its content is of no known form'
      : `this is not the data but ${ARTICLES[form] ?? 'a'} ${form} file`;
  return new FerlabError(`${place}: ${problem}`, { remedy: NEXT_STEP[form] });
}

const ARTICLES: Partial<Record<Unreadable, string>> = {
  xz: 'an',
  Excel: 'an',
  HDF5: 'an',
  Arrow: 'an',
  SQLite: 'an',
};

/** Opens the best CSV of a zip archive, the one in the challenge's `fer2013.tar.gz` too; null where there is none. */
export async function openCsvInZip(path: string, zip: ZipArchive): Promise<OpenedCsv | null> {
  const find = (wanted: string) => zip.names.find((name) => basename(name).toLowerCase() === wanted);
  const best = BEST.map(find).find((name) => name !== undefined);
  const tarball = find('fer2013.tar.gz');
  const others = zip.names.filter(isCsv);
  for (const name of best ? [best] : tarball ? [tarball] : others) {
    const entry = { name: basename(name), form: 'zip', bytes: guarded(path, await zip.stream(name)) };
    const { head, bytes, close } = await peek(entry.bytes);
    const hasPixels = /^[^\n]*pixels/i.test(Buffer.from(head).toString('latin1'));
    // A list of names or labels beside pictures is not the data.
    if (name === best || name === tarball || hasPixels) return openPieces(path, { ...entry, bytes });
    close();
  }
  return null;
}

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
async function* guarded(path: string, stream: Pieces): AsyncGenerator<Uint8Array> {
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

/** The best CSV in a tar archive. Where the first one is not the whole set, the archive is looked through first. */
async function openTar(path: string, bytes: Pieces, form: string): Promise<OpenedCsv> {
  const entries = tarEntries(path, bytes);
  const names: string[] = [];
  // Not `for await`: leaving the loop would end the entries, and the rest is wanted.
  for (;;) {
    const { done, value } = await entries.next();
    if (done) break;
    const { name, entry } = value;
    names.push(name);
    if (isCsv(name) && BEST.includes(basename(name).toLowerCase()))
      return { name: basename(name), form, bytes: guarded(path, restOf(entry, entries)) };
  }
  const csv = names.find(isCsv);
  if (csv === undefined) throw noCsv(path, names);
  for await (const { name, entry } of reopened(path, form)) {
    if (name === csv) return { name: basename(name), form, bytes: guarded(path, entry) };
  }
  throw noCsv(path, names);
}

async function* reopened(path: string, form: string): AsyncGenerator<TarEntry> {
  let pieces: Pieces = createReadStream(path, { highWaterMark: CHUNK });
  for (const layer of form.split(' of ')) {
    if (layer === 'gzip') pieces = guarded(path, gunzip(path, Readable.from(pieces)));
  }
  yield* tarEntries(path, pieces);
}

interface TarEntry {
  readonly name: string;
  readonly entry: Pieces;
}

async function* tarEntries(path: string, bytes: Pieces): AsyncGenerator<TarEntry> {
  const extract = tar.extract();
  const stream = Readable.from(bytes);
  stream.on('error', (error) => extract.destroy(error));
  stream.pipe(extract);
  try {
    for await (const entry of extract) {
      if (entry.header.type === 'file') yield { name: entry.header.name, entry: entry as Pieces };
      entry.resume();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** One entry, and then the rest of the archive, so that damage behind it is noticed. */
async function* restOf(entry: Pieces, entries: AsyncGenerator<TarEntry>): AsyncGenerator<Uint8Array> {
  yield* entry;
  for await (const _next of entries);
}

function noCsv(path: string, names: readonly string[]): FerlabError {
  const remedy = names.some((name) => /\.(jpe?g|png|parquet)$/i.test(name))
    ? 'unpack it and give the folder'
    : 'the archive has to hold fer2013.csv';
  return new FerlabError(`${path}: there is no CSV file with labels in it`, { remedy });
}
