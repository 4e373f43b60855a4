import { basename } from 'node:path';
import { FerlabError } from '../errors';
import { type CachedRows, cacheFile, identityOf, readCache } from './cache';
import { CacheWriter, contentHash } from './cache-writer';
import type { CollectedRows } from './collector';
import type { ImageDataset } from './dataset';
import { findCopy } from './find';
import { withImagesInFile } from './image-source';
import { readAnyForm } from './readers/read';
import type { CopyReading } from './reading';
import { relabelByVotes } from './relabel';
import { buildSample } from './sample';
import type { DatasetSpec } from './spec';
import { PAPER_DATASET } from './specs';

export interface LoadOptions {
  /** A file or folder in any form that docs/data-forms.md lists; else as {@link findCopy}, else the synthetic sample. */
  readonly path?: string;
  /** What the file or folder is read as; the paper's data set unless given. */
  readonly spec?: DatasetSpec;
  /**
   * The order of the classes where they are numbers: `official`, `alphabetical`, or their names; else
   * `$FERLAB_CLASSES`, else what pixels and counts show.
   */
  readonly classes?: string;
  /** Take the synthetic sample even where there is a copy of the data. */
  readonly sample?: boolean;
  /** Seed of the synthetic sample; 0 unless given. */
  readonly seed?: number;
  /** Told when something was mended on the way, such as a damaged cache; a line on stderr unless given. */
  readonly onNote?: (note: string) => void;
  /** Takes the writing of the cache, to be done once an answer is out; it is written at once unless given. */
  readonly onCache?: (write: () => void) => void;
}

/**
 * Loads a data set, or the built-in synthetic sample where there is none. The first load decodes the file into a
 * cache; later ones read that. The images of large sets stay in the cache file and are read as needed.
 * @throws FerlabError naming file, row, problem and remedy for bad input
 */
export async function loadDataset(options: LoadOptions = {}): Promise<ImageDataset> {
  const spec = options.spec ?? PAPER_DATASET;
  const path = options.sample ? null : findCopy(options.path, spec);
  if (path === null) return buildSample({ seed: options.seed ?? 0 });
  if (spec.relabels)
    return relabelByVotes(await loadDataset({ ...options, path, spec: spec.relabels }), spec);
  return loadFile(path, {
    spec,
    classes: options.classes ?? (process.env.FERLAB_CLASSES || undefined),
    onNote: options.onNote ?? ((note) => process.stderr.write(`note: ${note}\n`)),
    onCache: options.onCache ?? ((write) => write()),
  });
}

interface LoadContext {
  readonly spec: DatasetSpec;
  readonly classes: string | undefined;
  readonly onNote: (note: string) => void;
  readonly onCache: (write: () => void) => void;
}

async function loadFile(path: string, context: LoadContext): Promise<ImageDataset> {
  const { spec, classes, onNote } = context;
  const identity = `${identityOf(path)} ${classes ?? ''}`;
  const file = cacheFile(path);
  const onDamage = () => onNote(`the cache ${file} is damaged: ${path} is read again`);
  const cached =
    readCache(file, { identity, spec }, onDamage) ?? (await decodeIntoCache(path, identity, context));
  const { images, sha256, ...rows } = cached;
  if (cached.reading.isOrderAssumed) onNote(`${path}: the classes are ${cached.reading.classes}`);
  const source = { path, format: basename(path), sha256 };
  if (images instanceof Uint8Array) return { ...rows, spec, images, source };
  return withImagesInFile({ ...rows, spec, source }, images);
}

async function decodeIntoCache(path: string, identity: string, context: LoadContext): Promise<CachedRows> {
  const { spec, classes, onNote, onCache } = context;
  const writer = new CacheWriter(cacheFile(path), spec);
  try {
    const { rows, reading } = await readAnyForm(path, {
      spec,
      classes,
      spill: (images) => spill(writer, images),
    });
    // A file that was written to while it was read must not be taken for the one that was asked for.
    if (`${identityOf(path)} ${classes ?? ''}` !== identity) throw changed(path);
    return writer.hasImages
      ? finishLarge(writer, rows, { identity, reading: { ...reading, genuine: null } })
      : finishSmall(writer, rows, { identity, reading, onNote, onCache });
  } finally {
    writer.discard();
  }
}

/** How a copy is known to be the very data that its makers published, or null. */
function genuineBy({ genuine }: DatasetSpec, sha256: string): string | null {
  return genuine && sha256 === genuine.content ? 'by its content' : null;
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
  entry: Pick<LoadContext, 'onNote' | 'onCache'> & {
    identity: string;
    reading: Omit<CopyReading, 'genuine'>;
  },
): CachedRows {
  const sha256 = contentHash(rows);
  const { identity, onNote, onCache } = entry;
  const reading = { ...entry.reading, genuine: genuineBy(rows.spec, sha256) };
  onCache(() => {
    try {
      writer.finish(rows, { identity, reading, sha256 });
    } catch (error) {
      writer.discard();
      onNote(
        `the cache could not be written (${(error as Error).message}): the next load decodes the data again`,
      );
    }
  });
  return { ...rows, sha256, reading };
}

function finishLarge(
  writer: CacheWriter,
  rows: CollectedRows,
  entry: { identity: string; reading: CopyReading },
): CachedRows {
  try {
    writer.finish(rows, entry);
  } catch (error) {
    throw noRoom(writer, error);
  }
  const { spec } = writer;
  const cached = readCache(writer.file, { identity: entry.identity, spec }, () => undefined);
  if (cached) return cached;
  throw noRoom(writer, new Error('it does not hold what was written'));
}

const noRoom = (writer: CacheWriter, cause: unknown) =>
  new FerlabError(`${writer.file}: ${(cause as Error).message}`, {
    remedy:
      'the images of a data set of this size are kept in the cache: free some space, or set FERLAB_CACHE to another folder',
    cause,
  });

const changed = (path: string) =>
  new FerlabError(`${path}: the file changed while it was read`, {
    remedy: 'load it again when it is complete',
  });
