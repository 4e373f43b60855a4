import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import type { RandomStream } from '../../src/random';
import { SPELLINGS } from './csv-text';
import { damage } from './damage';
import { type Column, parquetOf } from './parquet-file';
import { encodeExactly } from './picture-files';
import { drawRows, pick, type Row, rarely } from './truth';
import type { Try } from './try';

const IMAGES = ['image', 'img', 'img_bytes', 'image_bytes', 'bytes', 'jpg', 'jpeg', 'png'];
const LABELS = ['label', 'labels', 'emotion', 'cls', 'class', 'target'];

/** Names of the files of each part, in the layouts that are published. */
const PLACES: readonly (readonly [string, string, string])[] = [
  ['train.parquet', 'valid.parquet', 'test.parquet'],
  [
    'data/train-00000-of-00001.parquet',
    'data/validation-00000-of-00001.parquet',
    'data/test-00000-of-00001.parquet',
  ],
  ['default/train/0000.parquet', 'default/validation/0000.parquet', 'default/test/0000.parquet'],
  ['fer2013-train.parquet', 'fer2013-val.parquet', 'fer2013-test.parquet'],
];

async function imageColumn(rows: readonly Row[], random: RandomStream): Promise<Column> {
  const name = pick(random, IMAGES);
  if (rarely(random, 4)) {
    const bytes = rows.map(({ pixels }) => Buffer.from(pixels.join(' ')));
    return { name: 'pixels', bytes, isText: true };
  }
  const bytes: Buffer[] = [];
  for (const { pixels } of rows) bytes.push((await encodeExactly(pixels, random)).content);
  if (rarely(random, 2)) return { name, bytes };
  const path = rows.map((_, i) => Buffer.from(`${i}.png`));
  return {
    name,
    columns: random.shuffle([
      { name: 'bytes', bytes },
      { name: 'path', bytes: path, isText: true },
    ]),
  };
}

/** Labels as names, or as numbers with the names beside the schema. */
function labelColumn(
  rows: readonly Row[],
  random: RandomStream,
): { column: Column; metadata: Record<string, string> } {
  const name = pick(random, LABELS);
  if (rarely(random, 2)) {
    const bytes = rows.map(({ label }) => Buffer.from(pick(random, SPELLINGS[label]!)));
    return { column: { name, bytes, isText: true }, metadata: {} };
  }
  const order = random.shuffle([...FER2013.classes.keys()]);
  const names = order.map((label) => pick(random, SPELLINGS[label]!).trim());
  const info = { info: { features: { [name]: { names, _type: 'ClassLabel' } } } };
  const numbers = rows.map(({ label }) => order.indexOf(label));
  const type = pick(random, ['i32', 'i64'] as const);
  return { column: { name, numbers, type }, metadata: { huggingface: JSON.stringify(info) } };
}

/** Columns that are not asked for, nested ones with misleading names too. */
const others = (rows: readonly Row[], random: RandomStream): Column[] => {
  const numbers = rows.map(() => random.integer(7));
  const all: Column[] = [
    { name: '__index_level_0__', numbers, type: 'i64' },
    {
      name: 'meta',
      columns: [
        { name: 'label', numbers, type: 'i32' },
        { name: 'width', numbers, type: 'i32' },
      ],
    },
    { name: '__key__', bytes: rows.map((_, i) => Buffer.from(`train/${i}`)), isText: true },
    { name: 'score', numbers: numbers.map((value) => value / 8), type: 'double' },
  ];
  return all.filter(() => rarely(random, 3));
};

async function table(rows: readonly Row[], random: RandomStream): Promise<Buffer> {
  const { column, metadata } = labelColumn(rows, random);
  const columns = random.shuffle([await imageColumn(rows, random), column, ...others(rows, random)]);
  return parquetOf(columns, rows.length, metadata, rarely(random, 3));
}

async function drawTables(random: RandomStream) {
  const rows = drawRows(random, 1 + random.integer(6));
  const places = pick(random, PLACES);
  const seed = random.integer(2 ** 31);
  const parts = [0, 1, 2].map((part) => rows.filter((row) => row.part === part));
  const files: [string, Buffer][] = [];
  for (const [part, some] of parts.entries())
    if (some.length > 0) files.push([places[part]!, await table(some, random)]);
  return { rows, files, seed, what: files.map(([name]) => name).join(' ') };
}

const writeAll = (files: readonly (readonly [string, Buffer])[]) => (folder: string) => {
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, 'fer', name)), { recursive: true });
    writeFileSync(join(folder, 'fer', name), content);
  }
  return join(folder, 'fer');
};

/** Tables of any schema that is read. */
export async function parquetAsItIs(random: RandomStream): Promise<Try> {
  const { rows, files, what } = await drawTables(random);
  return { what: `parquet ${what}`, write: writeAll(files), expectation: { kind: 'read', rows } };
}

/** Damaged tables: parquet has no checksums that have to be there, so nothing but survival can be asked for. */
export async function parquetWithDamage(random: RandomStream): Promise<Try> {
  const { files, what } = await drawTables(random);
  const at = random.integer(files.length);
  const [name, content] = files[at]!;
  const start = rarely(random, 2) ? 0 : Math.max(0, content.length - 700);
  const damaged = damage(content.subarray(start), random);
  const changed = Buffer.concat([content.subarray(0, start), damaged.bytes]);
  const all = files.map((file, i) => (i === at ? ([name, changed] as const) : file));
  return {
    what: `parquet ${what}; ${name} from ${start} on: ${damaged.what}`,
    write: writeAll(all),
    expectation: { kind: 'survives' },
  };
}
