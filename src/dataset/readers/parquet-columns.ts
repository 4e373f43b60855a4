import { type FileMetaData, parquetSchema } from 'hyparquet';
import { FerlabError } from '../../errors';
import { type DatasetSpec, labelOfName } from '../spec';

const IMAGE_COLUMNS = ['image', 'img', 'img_bytes', 'image_bytes', 'bytes', 'jpg', 'jpeg', 'png', 'pixels'];
const LABEL_COLUMNS = ['label', 'labels', 'emotion', 'cls', 'class', 'target'];

/** The columns of a table that are read. */
export interface TableColumns {
  readonly image: string;
  readonly label: string;
}

/** Columns of the table itself: one inside another may have any name. */
function findColumns(metadata: FileMetaData): Partial<TableColumns> {
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  const find = (known: readonly string[]) => known.find((name) => names.includes(name));
  return { image: find(IMAGE_COLUMNS), label: find(LABEL_COLUMNS) };
}

/** Columns of a table that could be meant too, such as `emotion` where there is `label`. */
export function passedOver(metadata: FileMetaData, { image, label }: TableColumns): string[] {
  const known = [...IMAGE_COLUMNS, ...LABEL_COLUMNS].filter((name) => name !== image && name !== label);
  return parquetSchema(metadata).children.flatMap(({ element: { name } }) =>
    known.includes(name) ? [name] : [],
  );
}

/** Whether a table has what is read. */
export function hasColumns(metadata: FileMetaData): boolean {
  const { image, label } = findColumns(metadata);
  return image !== undefined && label !== undefined;
}

/** @throws FerlabError naming the column that is missing */
export function chooseColumns(path: string, metadata: FileMetaData): TableColumns {
  const { image, label } = findColumns(metadata);
  if (image && label) return { image, label };
  throw new FerlabError(`${path}: the table has no column ${image ? 'label' : 'image'}`, {
    remedy: 'it needs the columns image (encoded bytes) and label',
  });
}

/** Names of the numbers, where the table's own description holds them. */
export function classNames(metadata: FileMetaData, label: string, spec: DatasetSpec): number[] | null {
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  if (!text) return null;
  try {
    const names: unknown = JSON.parse(text)?.info?.features?.[label]?.names;
    const labels = Array.isArray(names) ? names.map((name) => labelOfName(spec, String(name))) : [];
    const known = labels.filter((label) => label >= 0);
    const areDistinct = known.length > 0 && new Set(known).size === known.length;
    // A list that lacks a class, or has one more, is read by its names; one of which neither holds is something else.
    return areDistinct && (known.length === labels.length || known.length === spec.classes.length)
      ? labels
      : null;
  } catch {
    return null; // no description that can be read: the counts have to tell
  }
}

/** A cell as text, which parquet keeps as bytes. */
export const textOfCell = (value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);

export type LabelReader = (value: unknown) => { label: number; isNamed: boolean };

export function labelReader(names: number[] | null, spec: DatasetSpec): LabelReader {
  return (value) => {
    const text = textOfCell(value);
    const named = labelOfName(spec, text);
    if (named >= 0) return { label: named, isNamed: true };
    const number = /^\d$/.test(text) ? Number(text) : -1;
    if (names) return { label: names[number] ?? -1, isNamed: true };
    return { label: number < spec.classes.length ? number : -1, isNamed: false };
  };
}
