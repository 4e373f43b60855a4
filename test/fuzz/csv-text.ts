import type { RandomStream } from '../../src/random';
import { PART_NAMES, pick, type Row, rarely } from './truth';

/** Spellings of each class that a table may have, in the order of the labels. */
export const SPELLINGS: readonly (readonly string[])[] = [
  ['Angry', 'anger', 'ANGRY'],
  ['Disgust', 'disgusted', ' disgust '],
  ['Fear', 'fearful', 'FEAR'],
  ['Happy', 'happiness', 'hAPPY'],
  ['Sad', 'sadness', 'SAD'],
  ['Surprise', 'suprise', 'surprised'],
  ['Neutral', 'neutrality', 'NEUTRAL'],
];

/** Everything in which two CSV files of the same rows may differ. */
export interface CsvStyle {
  readonly columns: readonly string[];
  readonly lineEnd: string;
  readonly hasMark: boolean;
  readonly endsWithLineEnd: boolean;
  readonly quotes: readonly string[];
  readonly namesClasses: boolean;
  readonly blankLines: boolean;
  /** Between pixels. */
  readonly separator: string;
  /** Between fields. */
  readonly delimiter: string;
  readonly spellsParts: boolean;
}

const EXTRA = ['id', 'file name', 'width'];

/** Names that the columns have in tables of others. */
const COLUMN_NAMES: Readonly<Record<string, readonly string[]>> = {
  emotion: ['emotion', 'emotions', 'label', 'class', 'target'],
  pixels: ['pixels', 'pixel'],
  Usage: ['Usage', 'split', 'set', 'subset', 'part'],
};

/** The column of the published file that a name stands for. */
export const columnOf = (name: string): string =>
  Object.keys(COLUMN_NAMES).find((column) => COLUMN_NAMES[column]!.includes(name)) ?? name;

/** Spellings of each part. */
const PARTS: readonly (readonly string[])[] = [
  ['Training', 'train', 'TRAIN'],
  ['PublicTest', 'val', 'validation', 'public_test'],
  ['PrivateTest', 'test', 'private'],
];

export function drawStyle(random: RandomStream): CsvStyle {
  const extra = EXTRA.slice(0, rarely(random, 3) ? 1 + random.integer(3) : 0);
  const columns = random.shuffle(['emotion', 'pixels', 'Usage', ...extra]);
  return {
    columns: columns.map((name) => (rarely(random, 4) ? pick(random, COLUMN_NAMES[name] ?? [name]) : name)),
    lineEnd: rarely(random, 3) ? '\r\n' : '\n',
    hasMark: rarely(random, 5),
    endsWithLineEnd: !rarely(random, 5),
    quotes: columns.filter(() => rarely(random, 4)),
    namesClasses: rarely(random, 3),
    blankLines: rarely(random, 5),
    separator: rarely(random, 6) ? '  ' : ' ',
    delimiter: rarely(random, 5) ? pick(random, [';', '\t']) : ',',
    spellsParts: rarely(random, 4),
  };
}

/** The rows as a CSV of a style. */
export function renderCsv(rows: readonly Row[], style: CsvStyle, random: RandomStream): string {
  const upper = (name: string) => (rarely(random, 4) ? name.toUpperCase() : name);
  const header = style.columns.map(upper).join(style.delimiter);
  const lines = rows.flatMap((row, i) => {
    const line = style.columns
      .map((column) => fieldOf(row, { column, i, style, random }))
      .join(style.delimiter);
    return style.blankLines && rarely(random, 3) ? [line, ''] : [line];
  });
  const last = style.endsWithLineEnd ? style.lineEnd : '';
  return `${style.hasMark ? '\ufeff' : ''}${[header, ...lines].join(style.lineEnd)}${last}`;
}

interface FieldContext {
  readonly column: string;
  readonly i: number;
  readonly style: CsvStyle;
  readonly random: RandomStream;
}

function fieldOf(row: Row, { column, i, style, random }: FieldContext): string {
  const texts: Record<string, () => string> = {
    emotion: () => (style.namesClasses ? pick(random, SPELLINGS[row.label]!) : String(row.label)),
    pixels: () => row.pixels.join(style.separator),
    usage: () => (style.spellsParts ? pick(random, PARTS[row.part]!) : PART_NAMES[row.part]!),
    id: () => String(i),
    'file name': () => (rarely(random, 2) ? `picture ${i}.jpg` : `"a, ""b"" ${i}.jpg"`),
    width: () => '48',
  };
  const text = texts[columnOf(column).toLowerCase()]!();
  return style.quotes.includes(column) && !text.startsWith('"') ? `"${text}"` : text;
}

/** Whether the last number of a rendered text may have been cut, so that it has to be refused. */
export const endsUncertain = (text: string, style: CsvStyle): boolean =>
  !text.endsWith('\n') &&
  columnOf(style.columns.at(-1)!) === 'pixels' &&
  !style.quotes.includes(style.columns.at(-1)!);
