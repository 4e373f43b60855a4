import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../../errors';
import {
  alphabeticalOrder,
  type ClassOrder,
  findClassOrder,
  findOtherPart,
  type OrderFinding,
  orderWords,
  parseClassOrder,
  type ScoredRows,
} from '../class-order';
import { type CollectedRows, RowCollector, type Spill } from '../collector';
import { mistakenPart } from '../counts';
import type { CopyReading, ReadOutcome } from '../reading';
import type { DatasetSpec } from '../spec';
import { namesPixels } from './csv-header';
import type { readPictures as ReadPictures } from './folder';
import { loneFile } from './lone-file';
import { firstLine, openCsv, readHead, tablesInZip } from './open';
import type { readParquet as ReadParquet } from './parquet';
import { unreadableFile } from './pieces';
import { refusal } from './refusals';
import { formOf } from './sniff';
import { isOfOnePart, readCsv, readCsvs } from './tables';
import { folderTree, noteOn, type PictureTree, sortFiles } from './tree';
import { ZipArchive } from './zip';

export interface ReadOptions {
  readonly spec: DatasetSpec;
  /** Takes the images of a set that is too large for the memory; their labels stay. */
  readonly spill: Spill;
  /** The order of the classes as a person states it; see `parseClassOrder`. */
  readonly classes?: string;
}

/**
 * Reads a data set in any form.
 * @throws FerlabError for what can't be read, and for classes in an order that is not known to be right
 */
export async function readAnyForm(
  path: string,
  { spec, spill, classes }: ReadOptions,
): Promise<{ rows: CollectedRows; reading: Omit<CopyReading, 'genuine'> }> {
  const stated = classes === undefined ? null : parseClassOrder(spec, classes);
  const collector = new RowCollector(spec, spill);
  const outcome = await readInto(path, collector);
  const collected = collector.finish();
  const { rows, ...order } = settleOrder({ ...collected, scores: collector.scores }, outcome, {
    path,
    stated,
  });
  const mistaken = mistakenPart(rows);
  if (mistaken) {
    throw new FerlabError(`${path}: the part called ${mistaken.part} has the counts of ${mistaken.is}`, {
      remedy: 'name its files or folders after the part that they contain',
    });
  }
  const isIdle = stated !== null && outcome.labels === 'names';
  const statedOrder = stated && !isIdle ? { statedOrder: classes } : {};
  const notes = isIdle ? [...outcome.notes, UNUSED_ORDER] : outcome.notes;
  return { rows, reading: { ...outcome, ...order, ...statedOrder, notes } };
}

const UNUSED_ORDER = 'not used: the order that was stated, for the classes have names';

interface SettledOrder {
  readonly rows: CollectedRows;
  readonly classes: string;
  readonly isOrderAssumed: boolean;
}

interface OrderContext {
  readonly path: string;
  readonly stated: ClassOrder | null;
}

/** Finds out what the numbers of the classes stand for. @throws FerlabError where they are not the official ones */
function settleOrder(
  { scores, ...rows }: CollectedRows & ScoredRows,
  outcome: ReadOutcome,
  { path, stated }: OrderContext,
): SettledOrder {
  if (outcome.labels === 'names') return { rows, classes: 'by their names', isOrderAssumed: false };
  if (stated) return { rows: renumbered(rows, stated), classes: 'as stated', isOrderAssumed: false };
  const finding = findClassOrder({ ...rows, scores });
  checkPartsAgree({ ...rows, scores }, path);
  const isCsv = outcome.layout === 'csv';
  if (finding.order === 'other') throw otherOrder(rows.spec, path, finding);
  if (finding.order === 'alphabetical' && isCsv) throw alphabetical(rows.spec, path, finding);
  if (finding.order === 'unknown' && !isCsv) throw unknownOrder(path, finding);
  const isOfficial = finding.order !== 'alphabetical';
  return {
    rows: isOfficial ? rows : renumbered(rows, alphabeticalOrder(rows.spec)),
    classes:
      finding.order === 'unknown'
        ? `numbers, assumed to be those of the published file: ${finding.evidence}; state the order with --classes`
        : `numbers in ${finding.order} order, ${finding.evidence}`,
    isOrderAssumed: finding.order === 'unknown',
  };
}

const renumbered = (rows: CollectedRows, order: ClassOrder): CollectedRows => ({
  ...rows,
  labels: rows.labels.map((label) => order[label]!),
});

/** @throws FerlabError when the parts speak for different orders */
function checkPartsAgree(rows: ScoredRows, path: string): void {
  const [one, other] = findOtherPart(rows) ?? [];
  if (!one || !other) return;
  throw new FerlabError(
    `${path}: the classes of ${one.name} are numbered in ${one.order} order, those of ${other.name} in ${other.order} order`,
    { remedy: 'number them in the same order in all parts, or use one part with --classes' },
  );
}

function alphabetical(spec: DatasetSpec, path: string, { evidence }: OrderFinding): FerlabError {
  return new FerlabError(
    `${path}: the labels are in alphabetical order, not in that of the published file (${evidence})`,
    {
      remedy: `state it with --classes alphabetical, or renumber them: ${orderWords(spec, [...spec.classes.keys()])}`,
    },
  );
}

function otherOrder(spec: DatasetSpec, path: string, { found = [] }: OrderFinding): FerlabError {
  const names = found.map((label) => spec.classes[label]!.toLowerCase());
  return new FerlabError(
    `${path}: the pictures fit neither the order of the published file nor the alphabetical one; best fits ${orderWords(spec, found)}`,
    { remedy: `state the order with --classes, as --classes ${names.join(',')}` },
  );
}

const unknownOrder = (path: string, { evidence }: OrderFinding) =>
  new FerlabError(`${path}: the classes are numbers, and nothing shows their order: ${evidence}`, {
    remedy: 'use class names, or state the order with --classes',
  });

async function readInto(path: string, collector: RowCollector): Promise<ReadOutcome> {
  if (statSync(path).isDirectory()) return readFolder(path, collector);
  const form = formOf(await readHead(path));
  if (form === 'parquet') return readTables(path, [path], collector);
  if (form === 'zip') return readZip(path, collector);
  return readCsv(path, await openCsv({ path, spec: collector.spec }), collector);
}

// The decoders of pictures and of parquet files are loaded for those who have such: they take as long as all else together.

async function readTree(...[tree, collector]: Parameters<typeof ReadPictures>): Promise<ReadOutcome> {
  const { readPictures } = await import('./folder.js');
  return readPictures(tree, collector);
}

async function readTables(...[path, files, collector]: Parameters<typeof ReadParquet>): Promise<ReadOutcome> {
  const { readParquet } = await import('./parquet.js');
  return readParquet(path, files, collector);
}

async function readFolder(folder: string, collector: RowCollector): Promise<ReadOutcome> {
  const { spec } = collector;
  const tree = folderTree(folder);
  const parquet = parquetIn(tree);
  if (parquet.length > 0 && (tree.names.length === 0 || (await haveImages(parquet)))) {
    const outcome = await readTables(folder, parquet, collector);
    return withNotes(outcome, noteOn('pictures beside the tables', tree.names));
  }
  const tables = readdirSync(folder)
    .filter((name) => isOfOnePart(name, spec))
    .map((name) => join(folder, name));
  if (tables.length > 0 && (tree.names.length === 0 || (await namePixels(tables)))) {
    const files = tables.map((path) => ({ path, open: () => openCsv({ path, spec }) }));
    return withNotes(await readCsvs(files, collector), noteOn('pictures beside the tables', tree.names));
  }
  const lone = tree.names.length === 0 ? await loneFile(folder) : null;
  return lone === null ? readTree(tree, collector) : readInto(lone, collector);
}

/** Parquet files at any depth. */
const parquetIn = ({ path, others }: PictureTree): string[] =>
  others
    .filter((name) => /\.parquet$/i.test(name))
    .sort()
    .map((name) => join(path, name));

async function haveImages(files: readonly string[]): Promise<boolean> {
  const { hasImages } = await import('./parquet.js');
  return (await Promise.all(files.map(hasImages))).includes(true);
}

/** Whether any of some tables has a column of pixels: a list of pictures that lie beside it has none. */
async function namePixels(files: readonly string[]): Promise<boolean> {
  for (const path of files) {
    const head = await readHead(path);
    if (formOf(head) !== 'text' || namesPixels(firstLine(head))) return true;
  }
  return false;
}

const withNotes = (outcome: ReadOutcome, notes: readonly string[]): ReadOutcome => ({
  ...outcome,
  notes: [...outcome.notes, ...notes],
});

async function readZip(path: string, collector: RowCollector): Promise<ReadOutcome> {
  const zip = await ZipArchive.open(path).catch((error) => {
    throw unreadableFile(path, error);
  });
  try {
    if (zip.names.some((name) => name.startsWith('xl/'))) throw refusal(path, 'Excel');
    if (zip.names.some((name) => name.endsWith('.npy'))) throw refusal(path, 'NumPy');
    if (zip.names.includes('META-INF/manifest.xml') && zip.names.includes('content.xml'))
      throw refusal(path, 'OpenDocument');
    if (zip.names.some((name) => name.endsWith('/data.pkl'))) throw refusal(path, 'pickle');
    const tables = await tablesInZip({ path, spec: collector.spec }, zip);
    if (tables.length > 0) return await readCsvs(tables, collector);
    const { pictures, others, notes } = sortFiles(zip.names);
    const inner = zip.names.find((name) => /\.(zip|tar|tgz|gz|7z|rar|parquet)$/i.test(name));
    if (pictures.length === 0 && inner) throw holdsArchive(path, inner);
    const tree = {
      ...{ path, names: pictures, others, notes },
      read: (name: string) => zip.picture(name),
      source: (name: string) => zip.source(name),
    };
    const outcome = await readTree(tree, collector);
    return { ...outcome, form: 'zip of class folders' };
  } catch (error) {
    throw unreadableFile(path, error);
  } finally {
    await zip.close();
  }
}

const holdsArchive = (path: string, inner: string) =>
  new FerlabError(`${path}: the archive holds no table and no pictures, but ${inner}`, {
    remedy: 'unpack it, and give what it holds',
  });
