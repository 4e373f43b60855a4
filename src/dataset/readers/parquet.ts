import { basename, relative } from 'node:path';
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FerlabError } from '../../errors';
import { preparePicture } from '../../preprocess/prepare-picture';
import { settleAll } from '../../settle-all';
import type { RowCollector } from '../collector';
import type { ReadOutcome } from '../reading';
import { type DatasetSpec, type PartRole, pixelsPerImage } from '../spec';
import { whatNameIs } from './csv-row';
import {
  chooseColumns,
  classNames,
  type LabelReader,
  labelReader,
  type TableColumns,
  textOfCell,
} from './parquet-columns';
import { checkColumns, withParquetFile } from './parquet-file';
import { mixedLabels } from './tables';
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
  const named: boolean[] = [];
  for (const { file, part } of tables) named.push(await readTable(file, part, collector));
  const odd = named.indexOf(!named[0]);
  if (odd > 0) {
    throw mixedLabels(tables[0]!.file, tables[odd]!.file, named[0]!);
  }
  return {
    form: 'parquet',
    layout: 'parquet',
    labels: named[0] ? 'names' : 'numbers',
    parts: spec.parts.length === 0 ? 'there are none' : 'names of files and folders',
    notes: [],
  };
}

/** @returns whether the labels are known by name */
async function readTable(path: string, usage: number, collector: RowCollector): Promise<boolean> {
  try {
    return await withParquetFile(path, (file) => readGroups(file, { path, usage, collector }));
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
  { path, usage, collector }: { path: string; usage: number; collector: RowCollector },
): Promise<boolean> {
  const metadata = await parquetMetadataAsync(file);
  const columns = chooseColumns(path, metadata);
  checkColumns(metadata, [columns.image, columns.label]);
  const names = classNames(metadata, columns.label, collector.spec);
  const labels = { areNamed: names !== null, of: labelReader(names, collector.spec) };
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const range = { rowStart, rowEnd, columns: [columns.image, columns.label] };
    const rows = await parquetReadObjects({ file, metadata, compressors, utf8: false, ...range });
    const isNamed = await addRows(rows, { path, rowStart, columns, usage, label: labels.of, collector });
    labels.areNamed ||= isNamed;
    rowStart = rowEnd;
  }
  return labels.areNamed;
}

interface RowsContext {
  readonly path: string;
  readonly rowStart: number;
  readonly columns: TableColumns;
  readonly usage: number;
  readonly label: LabelReader;
  readonly collector: RowCollector;
}

async function addRows(rows: readonly Record<string, unknown>[], context: RowsContext): Promise<boolean> {
  const { path, rowStart, columns, usage, collector } = context;
  let areNamed = rows.length > 0;
  for (let start = 0; start < rows.length; start += PARALLEL) {
    const some = rows.slice(start, start + PARALLEL);
    const place = (i: number) => `${path}, row ${rowStart + start + i + 1}`;
    const images = await settleAll(
      some.map((row, i) => imageOf(row[columns.image], place(i), collector.spec)),
    );
    for (const [i, row] of some.entries()) {
      const { label, isNamed } = context.label(row[columns.label]);
      if (label < 0)
        throw badRow(
          `label "${textOfCell(row[columns.label])}" ${whatNameIs(collector.spec, textOfCell(row[columns.label]))}`,
          place(i),
        );
      collector.images.set(images[i]!, collector.nextOffset);
      collector.add(label, usage);
      areNamed &&= isNamed;
    }
  }
  return areNamed;
}

/** The grey levels of an encoded picture, or of pixels as a text or a list of numbers. */
async function imageOf(value: unknown, place: string, spec: DatasetSpec): Promise<ArrayLike<number>> {
  const encoded = value instanceof Uint8Array ? value : (value as { bytes?: unknown } | null)?.bytes;
  const text = encoded instanceof Uint8Array ? pixelText(encoded) : value;
  if (typeof text === 'string' || Array.isArray(text)) return pixelsOf(text, place, spec);
  if (encoded instanceof Uint8Array && encoded.length > 0) {
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
  if (wrong !== undefined) throw badRow(`pixel "${wrong}" is not a number from 0 to 255`, place);
  const count = pixelsPerImage(spec);
  if (levels.length !== count) throw badRow(`${levels.length} pixels instead of ${count}`, place);
  return levels.map(Number);
}

const badRow = (problem: string, place: string) =>
  new FerlabError(`${place}: ${problem}`, { remedy: 'correct the row, or download the file again' });
