import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomStream } from '../../src/random';
import { type Files, zipOf } from './archives';
import { readCsvPlainly } from './csv-reference';
import { columnOf, drawStyle, endsUncertain, renderCsv } from './csv-text';
import { damage } from './damage';
import { drawRows, pick, type Row, rarely } from './truth';
import type { Expectation, Try } from './try';

const NAMES = ['fer2013.csv', 'data', 'icml_face_data.csv', 'my faces.CSV', 'émotions.csv'];

const written = (name: string, content: Buffer) => (folder: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** A whole CSV in any style. */
export function csvAsItIs(random: RandomStream): Try {
  const rows = drawRows(random, 1 + random.integer(12));
  const style = drawStyle(random);
  const text = renderCsv(rows, style, random);
  const content = Buffer.from(text);
  const expectation: Expectation = endsUncertain(text, style)
    ? { kind: 'refused' }
    : { kind: 'read', rows, inOrder: true };
  return { what: `CSV ${JSON.stringify(style)}`, write: written(pick(random, NAMES), content), expectation };
}

/** Names of the tables of each part. */
const TABLES: readonly (readonly [string, string, string])[] = [
  ['train.csv', 'val.csv', 'test.csv'],
  ['Training.csv', 'PublicTest.csv', 'PrivateTest.csv'],
  ['fer2013_train.csv', 'fer2013_valid.csv', 'fer2013_test.csv'],
];

/** A table for each part, in a folder or a zip; the parts have no column of their own. */
export async function csvOfEachPart(random: RandomStream): Promise<Try> {
  const rows = drawRows(random, 2 + random.integer(8));
  const { columns, ...style } = drawStyle(random);
  const ofPart = {
    ...style,
    columns: columns.filter((name) => columnOf(name) !== 'Usage'),
    endsWithLineEnd: true,
  };
  const names = pick(random, TABLES);
  const files = Object.fromEntries(
    names.flatMap((name, part) => {
      const own = rows.filter((row) => row.part === part);
      return own.length > 0 ? [[name, Buffer.from(renderCsv(own, ofPart, random))]] : [];
    }),
  );
  return {
    what: `tables ${Object.keys(files).join(' ')} ${JSON.stringify(ofPart)}`,
    write: rarely(random, 2) ? (folder) => writeFiles(folder, files) : (folder) => writeZip(folder, files),
    expectation: { kind: 'read', rows },
  };
}

function writeFiles(folder: string, files: Files): string {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

async function writeZip(folder: string, files: Files): Promise<string> {
  return written('tables.zip', await zipOf(files))(folder);
}

/** Rows taken out, copied or put into another order: nobody can tell, and they are read as they are. */
export function csvOfOtherRows(random: RandomStream): Try {
  const rows = drawRows(random, 2 + random.integer(10));
  const changed = Array.from({ length: 1 + random.integer(15) }, () => pick(random, rows));
  const content = Buffer.from(renderCsv(changed, { ...drawStyle(random), endsWithLineEnd: true }, random));
  const expectation = { kind: 'read', rows: changed, inOrder: true } as const;
  return { what: 'rows of a CSV drawn anew', write: written('fer2013.csv', content), expectation };
}

/** Values that are wrong in one cell of one row. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  emotion: ['7', '-1', '', '1.5', '3 ', 'contempt', '"3', '0x3', '١', '3"', '1e0'],
  pixel: ['256', '-1', 'x', '1.5', '99999999999999999999', '1"2', '\u0000', '1\r2', '٣', '+3', '0x10'],
  usage: ['', 'Testing?', 'Train ing', '"Training', 'Privat', '1'],
};

/** One wrong cell, or a row of too few or too many numbers. */
export function csvWithWrongCell(random: RandomStream): Try {
  const rows = drawRows(random, 2 + random.integer(6));
  const lines = renderCsv(rows, plainStyle(random), random).split('\n');
  const at = 1 + random.integer(rows.length);
  const kind = pick(random, [...Object.keys(WRONG), 'count']);
  const value = kind === 'count' ? String(1 + random.integer(2)) : pick(random, WRONG[kind]!);
  lines[at] = withWrong(lines[at]!.split(','), { kind, value, random });
  const content = Buffer.from(lines.join('\n'));
  return {
    what: `${kind} ${JSON.stringify(value)} in row ${at}`,
    write: written('fer2013.csv', content),
    expectation: expected(content),
  };
}

const plainStyle = (random: RandomStream) => ({
  ...drawStyle(random),
  columns: ['emotion', 'pixels', 'Usage'],
  lineEnd: '\n',
  quotes: [],
  blankLines: false,
  separator: ' ',
  delimiter: ',',
  spellsParts: false,
  endsWithLineEnd: true,
});

function withWrong(
  [emotion, pixels, usage]: string[],
  { kind, value, random }: { kind: string; value: string; random: RandomStream },
): string {
  const levels = pixels!.split(' ');
  const at = random.integer(levels.length);
  if (kind === 'pixel') levels[at] = value;
  if (kind === 'count' && rarely(random, 2)) levels.splice(at, Number(value));
  else if (kind === 'count') levels.splice(at, 0, ...levels.slice(0, Number(value)));
  return [kind === 'emotion' ? value : emotion, levels.join(' '), kind === 'usage' ? value : usage].join(',');
}

/** Bytes damaged anywhere, or near the ends of fields: the plain reader says what has to become of them. */
export function csvWithDamage(random: RandomStream): Try {
  const rows = drawRows(random, 1 + random.integer(4));
  // The plain reader knows commas and the published names alone.
  const { columns, ...style } = drawStyle(random);
  const published = { ...style, columns: columns.map(columnOf), delimiter: ',' };
  const whole = Buffer.from(renderCsv(rows, published, random));
  const ends = [...whole.keys()].filter((i) => whole[i] === 0x2c || whole[i] === 0x0a);
  const end = pick(random, ends.length > 0 ? ends : [0]);
  const [from, to] = rarely(random, 2) ? [0, whole.length] : [Math.max(0, end - 12), end + 12];
  const { bytes, what } = damage(whole.subarray(from, to), random);
  const content = Buffer.concat([whole.subarray(0, from), bytes, whole.subarray(to)]);
  return {
    what: `CSV, from byte ${from} on: ${what}`,
    write: written('fer2013.csv', content),
    expectation: expected(content),
  };
}

function expected(content: Buffer): Expectation {
  const rows: Row[] | null = readCsvPlainly(content);
  return rows ? { kind: 'read', rows, inOrder: true } : { kind: 'refused' };
}
