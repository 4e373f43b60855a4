import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { ZipFile } from 'yazl';
import { cacheFile, identityOf, readCache } from '../../src/dataset/cache';
import { CacheWriter } from '../../src/dataset/cache-writer';
import { RowCollector } from '../../src/dataset/collector';
import { loadDataset } from '../../src/dataset/load';
import type { CopyReading } from '../../src/dataset/reading';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { csvLines, pixelText, scratchFolder, writeCsv } from './files';

const READING: CopyReading = {
  form: 'CSV',
  labels: 'numbers',
  classes: 'as stated',
  isOrderAssumed: false,
  parts: 'the column Usage',
  notes: [],
  genuine: null,
  layout: 'csv' as const,
};

test('a file of the same size and time of change with other content is read again', async (t) => {
  const path = writeCsv(scratchFolder(t), csvLines());
  assert.equal((await loadDataset({ path })).labels[0], 0);
  const { atime, mtime } = statSync(path);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('\n0,', '\n5,'));
  utimesSync(path, atime, mtime);
  assert.equal((await loadDataset({ path })).labels[0], 5);
});

test('every file of a large folder counts for its identity, the last and the deepest too', (t) => {
  const folder = join(scratchFolder(t), 'data');
  const deep = join(folder, 'train', 'happy', 'more');
  mkdirSync(deep, { recursive: true });
  const files = Array.from({ length: 1500 }, (_, i) => join(folder, 'train', 'happy', `${i}.png`));
  for (const file of [...files, join(deep, 'z.png')]) writeFileSync(file, '');
  const before = identityOf(folder);
  assert.equal(identityOf(folder), before);
  const seen = new Set([before]);
  for (const file of [files[0]!, files[999]!, files[1499]!, join(deep, 'z.png')]) {
    writeFileSync(file, 'other');
    seen.add(identityOf(folder));
  }
  assert.equal(seen.size, 5);
});

test('a picture of more than 64 MB in a zip is refused without being unpacked', async (t) => {
  const path = join(scratchFolder(t), 'archive.zip');
  const zip = new ZipFile();
  zip.addBuffer(Buffer.alloc((64 << 20) + 1), 'train/happy/Training_1.png');
  zip.end();
  writeFileSync(path, await buffer(zip.outputStream));
  await assert.rejects(loadDataset({ path }), /67108865 bytes are too many for a picture/);
});

test('a row that ends too early does not take what it lacks from the row before', async (t) => {
  const folder = scratchFolder(t);
  const short = (header: string, whole: string, cut: string) =>
    writeCsv(folder, [header, whole, cut], 'short.csv');
  const pixels = pixelText(1);
  const usage = short('pixels,emotion,Usage', `${pixels},3,PublicTest`, `${pixels},3`);
  await assert.rejects(loadDataset({ path: usage }), /row 2\): /);
  const label = short('pixels,Usage,emotion', `${pixels},PublicTest,3`, `${pixels},PublicTest`);
  await assert.rejects(loadDataset({ path: label }), /row 2\): /);
  const image = short('emotion,Usage,pixels', `3,Training,${pixels}`, '3,Training');
  await assert.rejects(loadDataset({ path: image }), /row 2\): /);
});

test('a cache is taken only for the data set that it was read as, and keeps who is seen', (t) => {
  const path = writeCsv(scratchFolder(t), csvLines());
  const spec = { ...FER2013, name: 'people', side: 2 };
  const rows = new RowCollector(spec, () => undefined);
  for (const subject of ['b', 'a', 'b']) {
    rows.images.set([1, 2, 3, 4], rows.nextOffset);
    rows.add(1, 0, subject);
  }
  new CacheWriter(cacheFile(path), spec).finish(rows.finish(), { identity: 'identity', reading: READING });
  const read = (as: typeof FER2013 | typeof spec) =>
    readCache(cacheFile(path), { identity: 'identity', spec: as }, () => assert.fail('damaged'));
  assert.deepEqual([...read(spec)!.subjects!], [0, 1, 0]);
  assert.deepEqual([...read(spec)!.labels, ...read(spec)!.usages], [1, 1, 1, 0, 0, 0]);
  assert.equal(read(FER2013), null);
  assert.equal(read({ ...spec, side: 3 }), null);
  assert.equal(read({ ...spec, name: 'people of another set' }), null);
});
