import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { FerlabError } from '../errors';
import { cacheFile, contentHash, readCache, writeCache } from './cache';
import { type CollectedRows, RowCollector } from './collector';
import type { ImageDataset } from './dataset';
import { checkClassOrder } from './evidence';
import { findDataset } from './find';
import { CsvReader } from './readers/csv';
import { readFolder } from './readers/folder';
import { openCsvFiles } from './readers/open';
import { readParquet } from './readers/parquet';
import { buildSample } from './sample';

export interface LoadOptions {
  /** A file or folder in any form that README lists; else `$FER2013`, else `data/`, else the synthetic sample. */
  readonly path?: string;
  /** Take the synthetic sample even where there is FER-2013. */
  readonly sample?: boolean;
  /** Seed of the synthetic sample; 0 unless given. */
  readonly seed?: number;
}

/**
 * Loads FER-2013, or the built-in synthetic sample where there is none. The first load decodes the file into a
 * cache; later ones read that.
 * @throws FerlabError naming file, row, problem and remedy for bad input
 */
export async function loadDataset(options: LoadOptions = {}): Promise<ImageDataset> {
  const path = options.sample ? null : findDataset(options.path);
  return path === null ? buildSample({ seed: options.seed ?? 0 }) : loadFile(path);
}

async function loadFile(path: string): Promise<ImageDataset> {
  if (statSync(path).isDirectory()) return toDataset(path, await readFolder(path), basename(path));
  const file = cacheFile(path);
  const cached = readCache(file);
  if (cached) return toDataset(path, cached, cached.format, cached.sha256);
  const rows = await readFile(path);
  const sha256 = contentHash(rows);
  const format = basename(path);
  writeCache(file, rows, { format, sha256 });
  return toDataset(path, rows, format, sha256);
}

async function readFile(path: string): Promise<CollectedRows> {
  const rows = /\.parquet$/i.test(path) ? await readParquet([path]) : await readCsvFile(path);
  checkClassOrder(rows, path);
  return rows;
}

async function readCsvFile(path: string): Promise<CollectedRows> {
  const collector = new RowCollector();
  for await (const { name, bytes } of openCsvFiles(path)) {
    const reader = new CsvReader(collector, { file: basename(path) === name ? path : `${path} (${name})` });
    for await (const piece of bytes) reader.write(piece);
    reader.end();
    return collector.finish();
  }
  throw new FerlabError(`${path}: there is no CSV file in it`, {
    remedy: 'the archive has to hold fer2013.csv',
  });
}

function toDataset(
  path: string,
  rows: CollectedRows,
  format: string,
  sha256 = contentHash(rows),
): ImageDataset {
  const { count, images, labels, usages } = rows;
  return { count, images, labels, usages, source: { kind: 'fer2013', path, format, sha256 } };
}
