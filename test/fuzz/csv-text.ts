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
  readonly separator: string;
}

const EXTRA = ['id', 'file name', 'width'];

export function drawStyle(random: RandomStream): CsvStyle {
  const extra = EXTRA.slice(0, rarely(random, 3) ? 1 + random.integer(3) : 0);
  const columns = random.shuffle(['emotion', 'pixels', 'Usage', ...extra]);
  return {
    columns: columns.map((name) => (rarely(random, 4) ? name.toUpperCase() : name)),
    lineEnd: rarely(random, 3) ? '\r\n' : '\n',
    hasMark: rarely(random, 5),
    endsWithLineEnd: !rarely(random, 5),
    quotes: columns.filter(() => rarely(random, 4)),
    namesClasses: rarely(random, 3),
    blankLines: rarely(random, 5),
    separator: rarely(random, 6) ? '  ' : ' ',
  };
}

/** The rows as a CSV of a style. */
export function renderCsv(rows: readonly Row[], style: CsvStyle, random: RandomStream): string {
  const header = style.columns.join(',');
  const lines = rows.flatMap((row, i) => {
    const line = style.columns.map((column) => fieldOf(row, { column, i, style, random })).join(',');
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
    usage: () => PART_NAMES[row.part]!,
    id: () => String(i),
    'file name': () => (rarely(random, 2) ? `picture ${i}.jpg` : `"a, ""b"" ${i}.jpg"`),
    width: () => '48',
  };
  const text = texts[column.toLowerCase()]!();
  return style.quotes.includes(column) && !text.startsWith('"') ? `"${text}"` : text;
}

/** Whether the last number of a rendered text may have been cut, so that it has to be refused. */
export const endsUncertain = (text: string, style: CsvStyle): boolean =>
  !text.endsWith('\n') &&
  style.columns.at(-1)!.toLowerCase() === 'pixels' &&
  !style.quotes.includes(style.columns.at(-1)!);
