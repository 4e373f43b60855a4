import { basename } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FerlabError } from '../../errors';
import { preparePicture } from '../../preprocess/prepare-picture';
import type { RowCollector } from '../collector';
import { type DatasetSpec, labelOfName, partWithRole } from '../spec';

/** Pictures decoded at once. */
const PARALLEL = 8;

const IMAGE_COLUMNS = ['image', 'img', 'img_bytes', 'image_bytes', 'bytes'];
const LABEL_COLUMNS = ['label', 'labels', 'emotion'];

/** Usage of a file by its name: train-*, validation/valid/public, test/private. */
function usageOf(file: string, spec: DatasetSpec): number {
  if (spec.parts.length === 0) return 0;
  const name = basename(file).toLowerCase();
  if (name.includes('train')) return partWithRole(spec, 'training');
  if (name.includes('public') || name.includes('val')) return partWithRole(spec, 'validation');
  if (name.includes('private') || name.includes('test')) return partWithRole(spec, 'test');
  throw new FerlabError(`${file}: the name does not say which part of the data it is`, {
    remedy: 'name the files train*.parquet, valid*.parquet and test*.parquet',
  });
}

/**
 * Reads tables of encoded images and labels, as Hugging Face keeps them.
 * @returns whether the labels are known by name; else their order has to be decided by the counts
 * @throws FerlabError when a column is missing or an image can't be decoded
 */
export async function readParquet(files: readonly string[], collector: RowCollector): Promise<boolean> {
  const { spec } = collector;
  let areNamed = true;
  for (const file of [...files].sort((a, b) => usageOf(a, spec) - usageOf(b, spec))) {
    areNamed = (await readTable(file, collector)) && areNamed;
  }
  return areNamed;
}

async function readTable(path: string, collector: RowCollector): Promise<boolean> {
  const usage = usageOf(path, collector.spec);
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const columns = chooseColumns(path, metadata);
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
  } catch (error) {
    if (error instanceof FerlabError) throw error;
    throw new FerlabError(`${path}: ${(error as Error).message}`, {
      remedy: 'the file is damaged or no parquet table: download it again',
      cause: error,
    });
  }
}

interface Columns {
  readonly image: string;
  readonly label: string;
}

function chooseColumns(path: string, metadata: FileMetaData): Columns {
  const names = metadata.schema.map(({ name }) => name);
  const image = IMAGE_COLUMNS.find((name) => names.includes(name));
  const label = LABEL_COLUMNS.find((name) => names.includes(name));
  if (image && label) return { image, label };
  throw new FerlabError(`${path}: the table has no column ${image ? 'label' : 'image'}`, {
    remedy: 'it needs the columns image (encoded bytes) and label',
  });
}

/** Names of the numbers, where the table's own description holds them. */
function classNames(metadata: FileMetaData, label: string, spec: DatasetSpec): number[] | null {
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  if (!text) return null;
  try {
    const names: unknown = JSON.parse(text)?.info?.features?.[label]?.names;
    const labels = Array.isArray(names) ? names.map((name) => labelOfName(spec, String(name))) : [];
    return labels.length === spec.classes.length && !labels.includes(-1) ? labels : null;
  } catch {
    return null; // no description that can be read: the counts have to tell
  }
}

type LabelReader = (value: unknown) => { label: number; isNamed: boolean };

function labelReader(names: number[] | null, spec: DatasetSpec): LabelReader {
  return (value) => {
    const text = value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
    const named = labelOfName(spec, text);
    if (named >= 0) return { label: named, isNamed: true };
    const number = /^\d$/.test(text) ? Number(text) : -1;
    return {
      label: number < spec.classes.length ? (names?.[number] ?? number) : -1,
      isNamed: names !== null,
    };
  };
}

interface RowsContext {
  readonly path: string;
  readonly rowStart: number;
  readonly columns: Columns;
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
    const pictures = await Promise.all(
      some.map((row, i) =>
        preparePicture(pictureOf(row[columns.image], place(i)), {
          name: place(i),
          side: collector.spec.side,
        }),
      ),
    );
    for (const [i, row] of some.entries()) {
      const { label, isNamed } = context.label(row[columns.label]);
      if (label < 0)
        throw badRow(`label "${row[columns.label]}" is no class of ${collector.spec.title}`, place(i));
      collector.images.set(pictures[i]!.image, collector.nextOffset);
      collector.add(label, usage);
      areNamed &&= isNamed;
    }
  }
  return areNamed;
}

function pictureOf(value: unknown, place: string): Uint8Array {
  const bytes = value instanceof Uint8Array ? value : (value as { bytes?: unknown } | null)?.bytes;
  if (bytes instanceof Uint8Array && bytes.length > 0) return bytes;
  throw badRow('there are no image bytes', place);
}

const badRow = (problem: string, place: string) =>
  new FerlabError(`${place}: ${problem}`, { remedy: 'correct the row, or download the file again' });
