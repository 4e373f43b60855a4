import { statSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FerlabError } from '../../errors';
import { preparePicture } from '../../preprocess/prepare-picture';
import { settleInTurn } from '../../settle-all';
import type { RowCollector } from '../collector';
import type { ReadOutcome } from '../reading';
import { type DatasetSpec, type PartRole, pixelsPerImage } from '../spec';
import { whatNameIs } from './csv-row';
import { readHead } from './open';
import {
  chooseColumns,
  classNames,
  hasColumns,
  type LabelReader,
  labelReader,
  passedOver,
  type TableColumns,
  textOfCell,
} from './parquet-columns';
import { checkColumns, withParquetFile } from './parquet-file';
import {
  type Decoded,
  type PictureThreads,
  type SourcedPicture,
  withPictureThreads,
} from './picture-threads';
import { refusal } from './refusals';
import { formOf, NEXT_STEP, type Unreadable } from './sniff';
import { mixedLabels } from './tables';
import { noteOnColumns } from './tree';
import { partOfRole, roleOfName } from './tree-names';

/** Pictures decoded at once. */
const PARALLEL = 8;

/**
 * Part of a file by the nearest name that tells it: its own (`train-00000-of-00001.parquet`), else that of a folder
 * above (`default/test/0000.parquet`).
 */
function partOf(root: string, file: string, spec: DatasetSpec): number {
  if (spec.parts.length === 0) return 0;
  const names = [basename(root), ...relative(root, file).split(/[\\/]/)].filter((name) => name !== '');
  names.push(
    names
      .pop()!
      .replace(/\.parquet$/i, '')
      .replace(/\bof\b/i, ''),
  );
  const role = names
    .reverse()
    .map((name) => roleOfName(name) ?? firstRole(name))
    .find((known) => known !== null);
  if (role) return partOfRole(role, spec);
  throw new FerlabError(`${file}: its name does not show which part of the data it is`, {
    remedy:
      'name the files train.parquet, valid.parquet and test.parquet, or put them in folders of these names',
  });
}

/** The role that one of the words of a name speaks of, such as in `fer-train-2.parquet`. */
const firstRole = (name: string): PartRole | null =>
  name
    .split(/[^a-z]+/i)
    .map(roleOfName)
    .find((role) => role !== null) ?? null;

/**
 * Reads tables of encoded images and labels, as Hugging Face keeps them.
 * @param root the folder that was given, or the file itself
 * @throws FerlabError when a column is missing, an image can't be decoded, or only some tables name their classes
 */
export async function readParquet(
  root: string,
  files: readonly string[],
  collector: RowCollector,
): Promise<ReadOutcome> {
  const { spec } = collector;
  const tables = files
    .map((file) => ({ file, part: partOf(root, file, spec) }))
    .sort((a, b) => a.part - b.part || (a.file < b.file ? -1 : 1));
  const read: (TableReading & { readonly file: string })[] = [];
  await withPictureThreads(expectedPictures(files), async (threads) => {
    for (const { file, part: usage } of tables)
      read.push({ file, ...(await readTable(file, { usage, threads, collector })) });
  });
  const filled = read.filter(({ areNamed }) => areNamed !== null);
  const [first] = filled;
  if (!first)
    throw new FerlabError(`${root}: there are no rows in it`, { remedy: 'download the files again' });
  const odd = filled.find(({ areNamed }) => areNamed !== first.areNamed);
  if (odd) throw mixedLabels(first.file, odd.file, first.areNamed === true);
  const others = [...new Set(read.flatMap(({ passedOver }) => passedOver))];
  return {
    form: 'parquet',
    layout: 'parquet',
    labels: first.areNamed ? 'names' : 'numbers',
    parts: spec.parts.length === 0 ? 'there are none' : 'names of files and folders',
    notes: noteOnColumns(others),
  };
}

/** Bytes of a small picture in a table. */
const BYTES_OF_PICTURE = 1500;

const expectedPictures = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0) /
  BYTES_OF_PICTURE;

/** Where the rows of a table go. */
interface PartContext {
  readonly usage: number;
  readonly threads: PictureThreads;
  readonly collector: RowCollector;
}

/** What a table has told of itself. */
interface TableReading {
  /** Whether the labels are names; null for a table without rows. */
  readonly areNamed: boolean | null;
  /** Columns that could be meant too. */
  readonly passedOver: readonly string[];
}

/** Whether a table has columns of images and labels; one that can't be opened counts, so that it is refused. */
export async function hasImages(path: string): Promise<boolean> {
  try {
    return await withParquetFile(path, async (file) => hasColumns(await parquetMetadataAsync(file)));
  } catch {
    return true;
  }
}

async function readTable(path: string, context: PartContext): Promise<TableReading> {
  const form = formOf(await readHead(path));
  if (form === 'empty' || form in NEXT_STEP) throw refusal(path, form as 'empty' | Unreadable);
  try {
    return await withParquetFile(path, (file) => readGroups(file, { path, ...context }));
  } catch (error) {
    if (error instanceof FerlabError) throw error;
    throw new FerlabError(`${path}: ${(error as Error).message}`, {
      remedy: 'the file is damaged or not a parquet table: download it again',
      cause: error,
    });
  }
}

async function readGroups(
  file: AsyncBuffer,
  { path, usage, threads, collector }: PartContext & { readonly path: string },
): Promise<TableReading> {
  const metadata = await parquetMetadataAsync(file);
  const columns = chooseColumns(path, metadata);
  checkColumns(metadata, [columns.image, columns.label]);
  const names = classNames(metadata, columns.label, collector.spec);
  const label = labelReader(names, collector.spec);
  const cells = cellsOf(file, { path, metadata, columns });
  const areNamed = await addCells(cells, { usage, label, threads, collector });
  return { areNamed, passedOver: passedOver(metadata, columns) };
}

/** A row: its picture and its label as the table has them. */
interface Cells extends SourcedPicture {
  /** Named in errors. */
  readonly place: string;
  readonly image: unknown;
  readonly label: unknown;
}

interface TableContext {
  readonly path: string;
  readonly metadata: FileMetaData;
  readonly columns: TableColumns;
}

async function* cellsOf(file: AsyncBuffer, { path, metadata, columns }: TableContext): AsyncGenerator<Cells> {
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const range = { rowStart, rowEnd, columns: [columns.image, columns.label] };
    const rows = await parquetReadObjects({ file, metadata, compressors, utf8: false, ...range });
    for (const [i, row] of rows.entries()) {
      const image = row[columns.image];
      const place = `${path}, row ${rowStart + i + 1}`;
      yield { place, image, label: row[columns.label], source: encodedIn(image) };
    }
    rowStart = rowEnd;
  }
}

interface CellsContext extends PartContext {
  readonly label: LabelReader;
}

/** @returns whether the labels are names; null where there are no rows */
async function addCells(
  cells: AsyncIterable<Cells>,
  { usage, label: labelOf, threads, collector }: CellsContext,
): Promise<boolean | null> {
  const { spec } = collector;
  let areNamed: boolean | null = null;
  for await (const some of threads.decode(cells, spec.side)) {
    const images = await imagesOf(some, spec);
    for (const [i, [{ place, label: cell }]] of some.entries()) {
      const { label, isNamed } = labelOf(cell);
      if (label < 0) throw badRow(`label "${textOfCell(cell)}" ${whatNameIs(spec, textOfCell(cell))}`, place);
      areNamed ??= isNamed;
      if (isNamed !== areNamed) throw mixedRow(textOfCell(cell), isNamed, place);
      collector.images.set(images[i]!, collector.nextOffset);
      collector.add(label, usage);
    }
  }
  return areNamed;
}

const mixedRow = (text: string, isNamed: boolean, place: string) =>
  badRow(`label "${text}" is a ${isNamed ? 'name' : 'number'}, and those of the rows before are not`, place);

/** Levels of all pictures; those that are not plain are decoded some at a time. */
const imagesOf = (some: readonly Decoded<Cells>[], spec: DatasetSpec): Promise<ArrayLike<number>[]> =>
  settleInTurn(some, PARALLEL, async ([{ image, place }, levels]) => levels ?? imageOf(image, place, spec));

/** The bytes of a cell that may be a picture: as they are, or in a struct. */
function encodedIn(value: unknown): Uint8Array | null {
  const encoded = value instanceof Uint8Array ? value : (value as { bytes?: unknown } | null)?.bytes;
  return encoded instanceof Uint8Array ? encoded : null;
}

/** The grey levels of an encoded picture, or of pixels as a text or a list of numbers. */
async function imageOf(value: unknown, place: string, spec: DatasetSpec): Promise<ArrayLike<number>> {
  const encoded = encodedIn(value);
  const text = encoded ? pixelText(encoded) : value;
  if (typeof text === 'string' || Array.isArray(text)) return pixelsOf(text, place, spec);
  if (encoded && encoded.length > 0) {
    return (await preparePicture(encoded, { name: place, side: spec.side })).image;
  }
  throw badRow('there are no image bytes', place);
}

/** Bytes that are a text of numbers, as that; null for a picture. */
function pixelText(bytes: Uint8Array): string | null {
  const isNumbers =
    bytes.length > 8 && bytes.subarray(0, 8).every((byte) => byte === 0x20 || (byte >= 0x30 && byte <= 0x39));
  return isNumbers ? Buffer.from(bytes).toString('latin1') : null;
}

function pixelsOf(value: string | readonly unknown[], place: string, spec: DatasetSpec): number[] {
  const levels = typeof value === 'string' ? value.trim().split(/\s+/) : value.flat(2).map(String);
  const wrong = levels.find((level) => !/^\d{1,3}$/.test(level) || Number(level) > 255);
  if (wrong !== undefined && /\.(jpe?g|png)$/i.test(wrong)) throw holdsPath(wrong, place);
  if (wrong !== undefined) throw badRow(`pixel "${wrong}" is not a number from 0 to 255`, place);
  const count = pixelsPerImage(spec);
  if (levels.length !== count) throw badRow(`${levels.length} pixels instead of ${count}`, place);
  return levels.map(Number);
}

const holdsPath = (path: string, place: string) =>
  new FerlabError(`${place}: it holds the path ${path} in place of a picture`, {
    remedy: 'save the table with the bytes of the pictures, or give them in folders of parts and classes',
  });

const badRow = (problem: string, place: string) =>
  new FerlabError(`${place}: ${problem}`, { remedy: 'correct the row, or download the file again' });
