import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alphabeticalOrder } from '../../src/dataset/class-order';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import type { RandomStream } from '../../src/random';
import { type Column, parquetOf } from './parquet-file';
import { encodeBmp } from './picture-files';
import { drawEvidentRows, PART_NAMES, pick, type Row, rarely } from './truth';
import type { Expectation, Try } from './try';

const OFFICIAL = [...FER2013.classes.keys()];
const ALPHABETICAL = alphabeticalOrder(FER2013);

/** Where numbers stand for classes and pixels show which: no order may be taken for another. */
export function numberedClasses(random: RandomStream): Try {
  const order = pick(random, [OFFICIAL, ALPHABETICAL, random.shuffle([...OFFICIAL])]);
  const missing = rarely(random, 3) ? random.integer(7) : -1;
  const rows = drawEvidentRows(random, 420).filter(({ label }) => label !== missing);
  const numbers = rows.map(({ label }) => order.indexOf(label));
  const form = pick(random, ['CSV', 'parquet', 'folders'] as const);
  const states = rarely(random, 4);
  const classes = states ? order.map((label) => FER2013.classes[label]).join(',') : undefined;
  const write = WRITERS[form](rows, numbers);
  const what = `${form} with classes ${order.join('')}${states ? ' stated' : ''}, without ${missing}`;
  return { what, write, classes, expectation: expected(rows, { order, isCsv: form === 'CSV', states }) };
}

function expected(
  rows: readonly Row[],
  { order, isCsv, states }: { order: readonly number[]; isCsv: boolean; states: boolean },
): Expectation {
  const isSame = (other: readonly number[]) => other.every((label, i) => label === order[i]);
  if (states || isSame(OFFICIAL)) return { kind: 'read', rows };
  if (isSame(ALPHABETICAL)) return isCsv ? { kind: 'refused' } : { kind: 'read', rows };
  // Two classes that change places can look like the official order with a class left out.
  return { kind: 'never wrong', rows };
}

const csvWriter = (rows: readonly Row[], numbers: readonly number[]) => (folder: string) => {
  const lines = rows.map(({ pixels, part }, i) => `${numbers[i]},${pixels.join(' ')},${PART_NAMES[part]}`);
  const path = join(folder, 'fer2013.csv');
  writeFileSync(path, `${['emotion,pixels,Usage', ...lines].join('\n')}\n`);
  return path;
};

const parquetWriter = (rows: readonly Row[], numbers: readonly number[]) => (folder: string) => {
  for (const [part, name] of ['train', 'validation', 'test'].entries()) {
    const chosen = [...rows.keys()].filter((i) => rows[i]!.part === part);
    const bytes = chosen.map((i) => Buffer.from(rows[i]!.pixels.join(' ')));
    const columns: Column[] = [
      { name: 'pixels', bytes, isText: true },
      { name: 'label', numbers: chosen.map((i) => numbers[i]!), type: 'i64' },
    ];
    const path = join(folder, 'fer', `${name}.parquet`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, parquetOf(columns, chosen.length));
  }
  return join(folder, 'fer');
};

/** Folders whose names are the numbers; uncompressed pictures, which are quick to write. */
const folderWriter = (rows: readonly Row[], numbers: readonly number[]) => (folder: string) => {
  for (const [i, { part, pixels }] of rows.entries()) {
    const path = join(folder, 'fer', ['train', 'validation', 'test'][part]!, String(numbers[i]), `${i}.bmp`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, encodeBmp(pixels, 8));
  }
  return join(folder, 'fer');
};

const WRITERS = { CSV: csvWriter, parquet: parquetWriter, folders: folderWriter };
