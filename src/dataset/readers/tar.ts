import { basename } from 'node:path';
import { Readable } from 'node:stream';
import * as tar from 'tar-stream';
import { FerlabError } from '../../errors';
import type { DatasetSpec } from '../spec';
import { closeStream, guarded, gunzip, ownPieces, type Pieces, unreadableFile } from './pieces';
import { severalTables } from './refusals';

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
  const names: string[] = [];
  const isPublished = (name: string) => {
    names.push(name);
    return spec.files?.tables.includes(basename(name).toLowerCase()) ?? false;
  };
  const published = await findEntry(tarEntries(path, bytes), isPublished);
  const [csv, ...others] = published ? [] : names.filter((name) => isCsv(name, spec));
  if (csv !== undefined && others.length > 0) throw severalTables(path, [csv, ...others]);
  const found = published ?? (await findEntry(reopened(path, form), (name) => name === csv));
  if (!found) throw noCsv(place, names);
  return { name: basename(found.name), form, bytes: guarded(path, found.bytes) };
}

function reopened(path: string, form: string): AsyncGenerator<TarEntry> {
  let pieces: Pieces = ownPieces(path);
  for (const layer of form.split(' of ')) if (layer === 'gzip') pieces = guarded(path, gunzip(pieces));
  return tarEntries(path, pieces);
}

interface TarEntry {
  readonly name: string;
  readonly bytes: Pieces;
}

async function* tarEntries(path: string, bytes: Pieces): AsyncGenerator<TarEntry> {
  const extract = tar.extract();
  const stream = Readable.from(bytes);
  stream.on('error', (error) => extract.destroy(error));
  stream.pipe(extract);
  try {
    for await (const entry of extract) {
      if (entry.header.type === 'file') yield { name: entry.header.name, bytes: entry as Pieces };
      entry.resume();
    }
  } catch (error) {
    throw unreadableFile(path, error);
  } finally {
    await closeStream(stream);
  }
}

/** The first entry that is wanted, with the rest of the archive behind it; null where there is none. */
async function findEntry(
  entries: AsyncGenerator<TarEntry>,
  isWanted: (name: string) => boolean,
): Promise<TarEntry | null> {
  // Not `for await`: leaving the loop would end the entries, and the rest is wanted.
  for (;;) {
    const { done, value } = await entries.next();
    if (done) return null;
    if (isWanted(value.name)) return { name: value.name, bytes: restOf(value, entries) };
  }
}

/** One entry, and then the rest of the archive, so that damage behind it is noticed. */
async function* restOf({ bytes }: TarEntry, entries: AsyncGenerator<TarEntry>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
    for await (const _next of entries);
  } finally {
    await entries.return(undefined);
  }
}

/** What to do with an archive that holds no CSV, by what it holds. */
function remedyFor(names: readonly string[], spec: DatasetSpec): string {
  const pictures = names.filter((name) => /\.(jpe?g|png)$/i.test(name));
  if (pictures.some((name) => isLabelledBeside(name, names)))
    return 'unpack it, and put each picture into a folder of its part and class, such as train/happy: their classes lie in files beside them';
  if (pictures.length > 0 || names.some((name) => /\.parquet$/i.test(name)))
    return 'unpack it and give the folder';
  return `the archive must contain ${spec.files?.tables[0] ?? 'a CSV with the columns emotion and pixels'}`;
}

/** As the tar archives of WebDataset keep labels: `7.jpg` and `7.cls`. */
const isLabelledBeside = (picture: string, names: readonly string[]) =>
  ['cls', 'json'].some((ending) => names.includes(picture.replace(/[^.]+$/, ending)));

const noCsv = ({ path, spec }: CsvPlace, names: readonly string[]) =>
  new FerlabError(`${path}: there is no CSV file with labels in it`, { remedy: remedyFor(names, spec) });
