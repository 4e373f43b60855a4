import { type DatasetSpec, partNames } from '../spec';

/** What a column holds. */
export type CsvColumn = 'emotion' | 'pixels' | 'usage' | 'other';

/** The first line of a table. */
export interface Header {
  readonly columns: readonly CsvColumn[];
  /** The byte between fields. */
  readonly separator: number;
  /** Columns that could be meant too, such as `label` where there is `emotion`. */
  readonly passedOver: readonly string[];
}

/** Names of the columns, best first: the published file's own and what others call them. */
const NAMES: Readonly<Record<Exclude<CsvColumn, 'other'>, readonly string[]>> = {
  emotion: ['emotion', 'emotions', 'label', 'labels', 'class', 'target'],
  pixels: ['pixels', 'pixel'],
  usage: ['usage', 'split', 'set', 'subset', 'part'],
};

const SEPARATORS = [',', ';', '\t'] as const;

/** A refusal of the first line. */
export type Refusal = { readonly problem: string; readonly remedy: string };

/**
 * Reads the first line of a table.
 * @param isOnePart whether all rows belong to one part that is known already
 * @returns the columns, or why the table can't be read
 */
export function parseHeader(line: string, spec: DatasetSpec, isOnePart: boolean): Header | Refusal {
  const text = line.replace(/^\ufeff/, '').replace(/\r$/, '');
  const separator = SEPARATORS.reduce((best, one) =>
    text.split(one).length > text.split(best).length ? one : best,
  );
  const names = text.split(separator).map((name) => name.replace(/"/g, '').trim().toLowerCase());
  const columns = columnsOf(names);
  const refused = refusalOf(names, columns, { spec, isOnePart, text });
  const known = Object.values(NAMES).flat();
  const passedOver = names.filter((name, i) => columns[i] === 'other' && known.includes(name));
  return refused ?? { columns, separator: separator.charCodeAt(0), passedOver };
}

export const isRefusal = (header: Header | Refusal): header is Refusal => 'problem' in header;

function columnsOf(names: readonly string[]): CsvColumn[] {
  const columns = names.map((): CsvColumn => 'other');
  for (const [column, known] of Object.entries(NAMES) as [Exclude<CsvColumn, 'other'>, string[]][]) {
    const best = known.find((name) => names.includes(name));
    for (const [i, name] of names.entries()) if (name === best) columns[i] = column;
  }
  return columns;
}

function refusalOf(
  names: readonly string[],
  columns: readonly CsvColumn[],
  { spec, isOnePart, text }: { spec: DatasetSpec; isOnePart: boolean; text: string },
): Refusal | null {
  const [hasEmotion, hasPixels, hasUsage] = (['emotion', 'pixels', 'usage'] as const).map((column) =>
    columns.includes(column),
  );
  const twice = columns.find((column, i) => column !== 'other' && columns.indexOf(column) !== i);
  if (twice) return { problem: `there are two columns ${twice}`, remedy: 'remove one of them' };
  if (!hasEmotion && hasPixels && !hasUsage) return withoutLabels(spec);
  if (!hasPixels && names.filter((name) => /^(pixel|px|p)?[-_ ]?\d+$/.test(name)).length > 100)
    return PIXEL_COLUMNS;
  if (!hasPixels && names.some((name) => /path|file|image|img|picture/.test(name))) return LIST_OF_FILES;
  if (names.some((name) => /^\d+( \d+){20,}/.test(name))) return NO_HEADER;
  const parts = partNames(spec);
  const needsUsage = parts.length > 0 && !isOnePart;
  const missing = [
    ...(hasEmotion ? [] : ['emotion']),
    ...(hasPixels ? [] : ['pixels']),
    ...(hasUsage || !needsUsage ? [] : ['usage']),
  ];
  if (missing.length === 0) return null;
  return {
    problem: `the header "${text.slice(0, 80)}" has no column ${missing.join(', ')}`,
    remedy:
      missing.join() === 'usage'
        ? `add a column Usage of ${parts.join(', ')}, or call the file train.csv if all rows are for training`
        : 'the first line must name emotion, pixels and Usage',
  };
}

/** Why a table without labels is refused. */
export const WITHOUT_LABELS = 'there is no column emotion: this is a part without labels';

function withoutLabels({ files }: DatasetSpec): Refusal {
  const tables = ['train.csv (with --protocol paper)', ...(files?.tables ?? [])];
  return {
    problem: WITHOUT_LABELS,
    remedy: `nothing can be measured on it: use ${tables.join(', or ')}`,
  };
}

const PIXEL_COLUMNS: Refusal = {
  problem: 'each pixel has a column of its own',
  remedy: 'join them in one column pixels, with blanks between the numbers',
};

const LIST_OF_FILES: Refusal = {
  problem: 'this is a list of picture files, without their pixels',
  remedy: 'give the folder of the pictures, in folders of parts and classes',
};

const NO_HEADER: Refusal = {
  problem: 'there is no header line: the first line holds pixels',
  remedy: 'put the line emotion,pixels,Usage before it, with the columns in their order',
};

/** Whether a first line names a column of pixels, whatever else it lacks. */
export const namesPixels = (line: string): boolean => /(^|[,;\t])\W*pixels?\W*([,;\t\r]|$)/i.test(line);
