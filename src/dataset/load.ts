import { basename } from 'node:path';
import { FerlabError } from '../errors';
import { type CachedRows, cacheFile, identityOf, readCache } from './cache';
import { CacheWriter, contentHash } from './cache-writer';
import type { CollectedRows } from './collector';
import type { ImageDataset } from './dataset';
import { findDataset } from './find';
import { withImagesInFile } from './image-source';
import { readAnyForm } from './readers/read';
import { buildSample } from './sample';
import type { DatasetSpec } from './spec';
import { FER2013 } from './specs/fer2013';

export interface LoadOptions {
  /** A file or folder in any form that README lists; else `$FER2013`, else `data/`, else the synthetic sample. */
  readonly path?: string;
  /** What the file or folder is read as; FER-2013 unless given. */
  readonly spec?: DatasetSpec;
  /** Take the synthetic sample even where there is FER-2013. */
  readonly sample?: boolean;
  /** Seed of the synthetic sample; 0 unless given. */
  readonly seed?: number;
  /** Told when something was mended on the way, such as a damaged cache; a warning of the process unless given. */
  readonly onNote?: (note: string) => void;
}

/**
 * Loads a data set, or the built-in synthetic sample where there is none. The first load decodes the file into a
 * cache; later ones read that. The images of large sets stay in the cache file and are read as needed.
 * @throws FerlabError naming file, row, problem and remedy for bad input
 */
export async function loadDataset(options: LoadOptions = {}): Promise<ImageDataset> {
  const path = options.sample ? null : findDataset(options.path);
  if (path === null) return buildSample({ seed: options.seed ?? 0 });
  const { spec = FER2013, onNote = (note: string) => process.emitWarning(note, 'FerlabNote') } = options;
  return loadFile(path, spec, onNote);
}

async function loadFile(
  path: string,
  spec: DatasetSpec,
  onNote: (note: string) => void,
): Promise<ImageDataset> {
  const identity = identityOf(path);
  const file = cacheFile(path);
  const onDamage = () => onNote(`the cache ${file} is damaged: ${path} is read anew`);
  const cached =
    readCache(file, { identity, spec }, onDamage) ??
    (await decodeIntoCache(path, { identity, spec, onNote }));
  const { images, sha256, ...rows } = cached;
  const source = { kind: 'fer2013', path, format: basename(path), sha256 } as const;
  if (images instanceof Uint8Array) return { ...rows, spec, images, source };
  return withImagesInFile({ ...rows, spec, source }, images);
}

async function decodeIntoCache(
  path: string,
  { identity, spec, onNote }: { identity: string; spec: DatasetSpec; onNote: (note: string) => void },
): Promise<CachedRows> {
  const writer = new CacheWriter(cacheFile(path), spec);
  try {
    const rows = await readAnyForm(path, spec, (images) => spill(writer, images));
    // A file that was written to while it was read must not be taken for the one that was asked for.
    if (identityOf(path) !== identity) throw changed(path);
    return writer.hasImages
      ? finishLarge(writer, rows, identity)
      : finishSmall(writer, rows, identity, onNote);
  } finally {
    writer.discard();
  }
}

function spill(writer: CacheWriter, images: Uint8Array): void {
  try {
    writer.writeImages(images);
  } catch (error) {
    throw noRoom(writer, error);
  }
}

/** A small set is in memory: a cache that can't be written costs time, not the data. */
function finishSmall(
  writer: CacheWriter,
  rows: CollectedRows,
  identity: string,
  onNote: (note: string) => void,
): CachedRows {
  const sha256 = contentHash(rows);
  try {
    writer.finish(rows, identity, sha256);
  } catch (error) {
    onNote(`no cache was written (${(error as Error).message}): the next load decodes the data again`);
  }
  return { ...rows, sha256 };
}

function finishLarge(writer: CacheWriter, rows: CollectedRows, identity: string): CachedRows {
  try {
    writer.finish(rows, identity);
  } catch (error) {
    throw noRoom(writer, error);
  }
  const cached = readCache(writer.file, { identity, spec: writer.spec }, () => undefined);
  if (cached) return cached;
  throw noRoom(writer, new Error('it does not hold what was written'));
}

const noRoom = (writer: CacheWriter, cause: unknown) =>
  new FerlabError(`${writer.file}: ${(cause as Error).message}`, {
    remedy:
      'the images of a set this large lie in the cache: make room, or set FERLAB_CACHE to another folder',
    cause,
  });

const changed = (path: string) =>
  new FerlabError(`${path}: it was changed while it was read`, { remedy: 'load it again when it is whole' });
