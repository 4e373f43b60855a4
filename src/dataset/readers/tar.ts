import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import * as tar from 'tar-stream';
import { FerlabError } from '../../errors';
import type { DatasetSpec } from '../spec';
import { CHUNK, guarded, gunzip, type Pieces, unreadableFile } from './pieces';

/** A CSV, wherever it lay. */
export interface OpenedCsv {
  /** The name that tells whether it is one of the published files. */
  readonly name: string;
  /** What it lay in, in words. */
  readonly form: string;
  /** Pieces of any size; each is valid until the next is asked for. */
  readonly bytes: Pieces;
}

/** Where a CSV is looked for, and of which data set. */
export interface CsvPlace {
  readonly path: string;
  readonly spec: DatasetSpec;
}

/** Whether this may be a CSV with labels. */
export const isCsv = (path: string, { files }: DatasetSpec) => {
  const name = basename(path).toLowerCase();
  return name.endsWith('.csv') && !name.startsWith('.') && !files?.unlabelled.includes(name);
};

/** The best CSV in a tar archive. Where the first one is not the whole set, the archive is looked through first. */
export async function openTar(place: CsvPlace, bytes: Pieces, form: string): Promise<OpenedCsv> {
  const { path, spec } = place;
  const entries = tarEntries(path, bytes);
  const names: string[] = [];
  // Not `for await`: leaving the loop would end the entries, and the rest is wanted.
  for (;;) {
    const { done, value } = await entries.next();
    if (done) break;
    const { name, entry } = value;
    names.push(name);
    if (spec.files?.tables.includes(basename(name).toLowerCase()))
      return { name: basename(name), form, bytes: guarded(path, restOf(entry, entries)) };
  }
  const csv = names.find((name) => isCsv(name, spec));
  if (csv === undefined) throw noCsv(place, names);
  for await (const { name, entry } of reopened(path, form)) {
    if (name === csv) return { name: basename(name), form, bytes: guarded(path, entry) };
  }
  throw noCsv(place, names);
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
    throw unreadableFile(path, error);
  }
}

/** One entry, and then the rest of the archive, so that damage behind it is noticed. */
async function* restOf(entry: Pieces, entries: AsyncGenerator<TarEntry>): AsyncGenerator<Uint8Array> {
  yield* entry;
  for await (const _next of entries);
}

function noCsv({ path, spec }: CsvPlace, names: readonly string[]): FerlabError {
  const remedy = names.some((name) => /\.(jpe?g|png|parquet)$/i.test(name))
    ? 'unpack it and give the folder'
    : `the archive must contain ${spec.files?.tables[0] ?? 'a CSV with the columns emotion and pixels'}`;
  return new FerlabError(`${path}: there is no CSV file with labels in it`, { remedy });
}
