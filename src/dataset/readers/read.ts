import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FerlabError } from '../../errors';
import { type CollectedRows, RowCollector, type Spill } from '../collector';
import { checkClassOrder, inOfficialOrder } from '../evidence';
import { type DatasetSpec, partWithRole } from '../spec';
import { CsvReader } from './csv';
import { folderTree, readPictures } from './folder';
import { type OpenedFile, openCsv, openCsvInZip, unreadable } from './open';
import { readParquet } from './parquet';
import { ZipArchive } from './zip';

/**
 * Reads a data set in any form.
 * @param spill takes the images of a set that is too large for the memory; their labels stay
 * @throws FerlabError for what can't be read, and for classes in another order than the official one
 */
export async function readAnyForm(path: string, spec: DatasetSpec, spill: Spill): Promise<CollectedRows> {
  const collector = new RowCollector(spec, spill);
  const areNamed = await readInto(path, collector);
  const rows = collector.finish();
  if (areNamed === 'csv') checkClassOrder(rows, path);
  return areNamed === false ? inOfficialOrder(rows, path) : rows;
}

/** What decides the classes: numbers of a CSV, names, or (`false`) numbers whose order the counts have to show. */
type ClassEvidence = 'csv' | boolean;

async function readInto(path: string, collector: RowCollector): Promise<ClassEvidence> {
  if (statSync(path).isDirectory()) return readFolder(path, collector);
  if (/\.parquet$/i.test(path)) return readParquet([path], collector);
  if (/\.zip$/i.test(path)) return readZip(path, collector);
  if (await readFirstCsv(path, openCsv(path), collector)) return 'csv';
  throw new FerlabError(`${path}: there is no CSV file with labels in it`, {
    remedy: 'the archive has to hold fer2013.csv',
  });
}

async function readFirstCsv(
  path: string,
  files: AsyncIterable<OpenedFile>,
  collector: RowCollector,
): Promise<boolean> {
  for await (const { name, bytes } of files) {
    const file = basename(path) === name ? path : `${path} (${name})`;
    // train.csv of the challenge is its Training part and has no column that says so.
    const defaultUsage = /^train\./i.test(name) ? partWithRole(collector.spec, 'training') : undefined;
    const reader = new CsvReader(collector, { file, defaultUsage });
    for await (const piece of bytes) reader.write(piece);
    reader.end();
    return true;
  }
  return false;
}

async function readFolder(folder: string, collector: RowCollector): Promise<ClassEvidence> {
  const parquet = readdirSync(folder).filter((name) => /\.parquet$/i.test(name));
  if (parquet.length > 0) {
    return readParquet(
      parquet.map((name) => join(folder, name)),
      collector,
    );
  }
  const train = join(folder, 'train.csv');
  return existsSync(train) ? readInto(train, collector) : readPictures(folderTree(folder), collector);
}

async function readZip(path: string, collector: RowCollector): Promise<ClassEvidence> {
  const zip = await ZipArchive.open(path).catch((error) => {
    throw unreadable(path, error);
  });
  try {
    if (await readFirstCsv(path, openCsvInZip(path, zip), collector)) return 'csv';
    const read = (name: string) => zip.picture(name);
    return await readPictures({ path, names: zip.names, read }, collector);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    zip.close();
  }
}
