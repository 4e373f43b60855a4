import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { FerlabError } from '../../errors';
import type { DatasetSpec } from '../spec';
import { namesPixels } from './csv-header';
import { guarded, gunzip, ownPieces, peek, readPieces, unreadableFile } from './pieces';
import { packedTwice, refusal, severalTables } from './refusals';
import { formOf, HEAD_BYTES } from './sniff';
import { isOfOnePart, type TableFile } from './tables';
import { type CsvPlace, isCsv, type OpenedCsv, openTar } from './tar';
import { sortFiles } from './tree';
import type { ZipArchive } from './zip';

/** Most files of an archive that are looked into whatever their names. */
const MOST_FILES = 200;

/** How often something may be gzipped. */
const MAX_LAYERS = 3;

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
    throw unreadableFile(path, error);
  }
}

/**
 * Opens the CSV with labels that a file is or holds, by its content: plain, gzipped, in a tar archive.
 * @throws FerlabError for another form, by its name and with the next step
 */
export async function openCsv(place: CsvPlace): Promise<OpenedCsv> {
  const { path } = place;
  return openPieces(place, { name: basename(path), form: '', bytes: guarded(path, readPieces(path)) });
}

async function openPieces(place: CsvPlace, file: OpenedCsv, layers = 0): Promise<OpenedCsv> {
  const { path } = place;
  const { head, bytes, close } = await peek(file.bytes);
  const form = formOf(head);
  // The pieces of a plain file lie in buffers that are used again: streams that read ahead need their own.
  const own = async () => {
    if (file.form) return bytes;
    await close();
    return ownPieces(path);
  };
  const within = (outer: string) => (file.form ? `${file.form} of ${outer}` : outer);
  if (form === 'gzip' && layers < MAX_LAYERS) {
    const name = file.name.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');
    const plain = { name, form: within('gzip'), bytes: guarded(path, gunzip(await own())) };
    return openPieces(place, plain, layers + 1);
  }
  if (form === 'tar') return openTar(place, await own(), within('tar'));
  if (form === 'text') return { name: file.name, form: within('CSV'), bytes };
  await close();
  if (form === 'gzip' || form === 'zip' || form === 'parquet') throw packedTwice(path, form, file.form);
  throw refusal(path, form, file.form);
}

/**
 * The CSV files with pixels that a zip archive holds: the best one, the one in an archive inside it, all of them where
 * each is of one part, or else the first.
 */
export async function tablesInZip(place: CsvPlace, zip: ZipArchive): Promise<TableFile[]> {
  const { path, spec } = place;
  const find = (wanted: string) => zip.names.find((name) => basename(name).toLowerCase() === wanted);
  const open = async (name: string) =>
    openPieces(place, { name: basename(name), form: 'zip', bytes: guarded(path, await zip.stream(name)) });
  const best = spec.files?.tables.map(find).find((name) => name !== undefined);
  const tarball = spec.files && find(spec.files.archive);
  const sure = best ?? tarball;
  if (sure)
    refuseTwice(
      path,
      zip.names.filter((name) => basename(name) === basename(sure)),
    );
  if (sure) return [{ path, open: () => open(sure) }];
  const others: string[] = [];
  for (const name of candidatesIn(zip, spec)) if (await holdsPixels(zip, name)) others.push(name);
  const parts = others.filter((name) => isOfOnePart(name, spec));
  if (parts.length > 1) return parts.map((name) => ({ path: `${path} (${name})`, open: () => open(name) }));
  if (others.length > 1) throw severalTables(path, others);
  return others.map((name) => ({ path, open: () => open(name) }));
}

/** Files that may be tables by their names, or any where there are few and none of them is a picture. */
function candidatesIn(zip: ZipArchive, spec: DatasetSpec): string[] {
  const byName = zip.names.filter((name) => isCsv(name, spec) || isOfOnePart(name, spec));
  const isOpen = byName.length === 0 && zip.names.length <= MOST_FILES;
  const all = isOpen && sortFiles(zip.names).pictures.length === 0 ? zip.names : byName;
  return all.sort();
}

/** @throws FerlabError where an archive holds the data twice: nobody can tell which is meant */
function refuseTwice(path: string, names: readonly string[]): void {
  if (names.length < 2) return;
  throw new FerlabError(
    `${path}: it holds ${names.length} files of one name: ${names.slice(0, 3).join(', ')}`,
    {
      remedy: 'unpack it, and name the file that is meant with --data',
    },
  );
}

/** A list of names or labels beside pictures is not the data. */
async function holdsPixels(zip: ZipArchive, name: string): Promise<boolean> {
  const { head, close } = await peek(await zip.stream(name));
  await close();
  return namesPixels(firstLine(head));
}

export const firstLine = (head: Uint8Array): string => Buffer.from(head).toString('latin1').split('\n')[0]!;
