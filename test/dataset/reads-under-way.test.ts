import assert from 'node:assert/strict';
import { readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { loadDataset } from '../../src/dataset/load';
import { withParquetFile } from '../../src/dataset/readers/parquet-file';
import { FerlabError } from '../../src/errors';
import { settleAll } from '../../src/settle-all';
import { tarOf, zipOf } from '../fuzz/archives';
import { type Column, parquetOf } from '../fuzz/parquet-file';
import { csvLines, folderOf, pixelText, scratchFolder } from './files';

// A reader that refuses its input has ended all of its reads: whoever catches the error may remove the file at once.

const text = (name: string, value: string): Column => ({ name, bytes: [Buffer.from(value)], isText: true });

/** Bytes with the last place of a text replaced by another of the same length. */
function replaced(bytes: Buffer, before: string, after: string): Buffer {
  const changed = Buffer.from(bytes);
  changed.write(after, changed.lastIndexOf(before), 'latin1');
  return changed;
}

/** Files below a folder that this process holds open. */
const openBelow = (folder: string) =>
  readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return []; // closed meanwhile
    }
  });

/** Loads what is refused, removes it at once, and lets whatever still reads fail. */
async function refuse(
  t: TestContext,
  files: Readonly<Record<string, Buffer>>,
  path: string,
): Promise<string> {
  const root = folderOf(t, files);
  const error = await loadDataset({ path: join(root, path), onNote: () => undefined }).then(
    () => assert.fail('it was read'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof FerlabError, String(error));
  if (process.platform === 'linux') assert.deepEqual(openBelow(root), []);
  rmSync(root, { recursive: true });
  await wait(50); // node:test fails a test in which a rejection goes unhandled
  return error.message;
}

const image: Column = { name: 'image', columns: [text('path', 'a.png'), text('bytes', pixelText(0))] };

test('a table whose columns are not those of its schema is refused before any of them is read', async (t) => {
  const table = parquetOf([text('label', 'happy'), image], 1);
  const spoilt = replaced(table, 'bytes', 'bytez');
  spoilt.fill(0xff, 4, 24); // the label's page can't be decoded either
  const message = await refuse(t, { 'train.parquet': spoilt }, 'train.parquet');
  assert.match(message, /the column image\.bytez is not one of the schema, or stands there twice/);
  const twice = replaced(table, 'bytes', 'path\0');
  assert.match(await refuse(t, { 'train.parquet': twice }, 'train.parquet'), /damaged|column/);
});

test('a parquet file is closed when the last read has ended, whatever the reader does meanwhile', async (t) => {
  const path = join(scratchFolder(t), 'a.parquet');
  writeFileSync(path, Buffer.alloc(1 << 22, 1));
  const ends: string[] = [];
  const reading = withParquetFile(path, (file) => {
    void Promise.resolve(file.slice(0, 1 << 22)).then(({ byteLength }) => ends.push(`read ${byteLength}`));
    void file.slice(5, 3); // refused, and nobody looks
    throw new Error('another column is damaged');
  });
  await assert.rejects(reading, /another column is damaged/);
  assert.deepEqual(ends, [`read ${1 << 22}`]);
  await assert.rejects(
    withParquetFile(path, async (file) => file.slice(7, 2)),
    /the bytes 7 to 2 of a column do not lie in the file's 4194304/,
  );
});

test('all are waited for, and the first failure is thrown', async () => {
  const ends: number[] = [];
  const late = wait(30).then(() => ends.push(1));
  const failures = ['first', 'second'].map((name, i) =>
    wait(10 - 5 * i).then(() => Promise.reject(new Error(name))),
  );
  await assert.rejects(settleAll<unknown>([late, ...failures]), /^Error: first$/);
  assert.deepEqual(ends, [1]);
  assert.deepEqual(await settleAll([wait(5, 'a'), wait(1, 'b')]), ['a', 'b']);
});

test('no form that is refused leaves its file open', async (t) => {
  const csv = Buffer.from(csvLines().join('\n').repeat(50));
  const broken = Buffer.from(csv.toString().replace(/,Training/, ',Nothing'));
  const pictures = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [
      `train/happy/${i}.png`,
      Buffer.from(i === 3 ? 'no picture' : 'GIF89a'),
    ]),
  );
  const tar = await tarOf({ 'notes.txt': Buffer.alloc(1 << 22), 'fer2013.csv': broken });
  const noise = Buffer.concat([tar.subarray(0, 600), Buffer.alloc(1 << 22, 0x41)]);
  const forms: Record<string, Buffer> = {
    'fer2013.csv': broken,
    'fer2013.csv.gz': gzipSync(broken),
    'cut.csv.gz': gzipSync(csv).subarray(0, 300),
    'fer2013.tar': tar,
    'fer2013.tar.gz': gzipSync(tar),
    'noise.tar': noise,
    'noise.tar.gz': gzipSync(noise),
    'table.zip': await zipOf({ 'fer2013.csv': broken }, true),
    'pictures.zip': await zipOf(pictures, true),
    'table.parquet': Buffer.concat([csv, Buffer.from('PAR1')]),
  };
  for (const [name, content] of Object.entries(forms)) await refuse(t, { [name]: content }, name);
  const tree = Object.fromEntries(
    Object.entries(pictures).map(([name, content]) => [`data/${name}`, content]),
  );
  await refuse(t, tree, 'data');
});
