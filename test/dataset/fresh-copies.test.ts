import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { loadDataset } from '../../src/dataset/load';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { tarOf, zipOf } from '../fuzz/archives';
import { type Column, parquetOf } from '../fuzz/parquet-file';
import { type Content, csvLines, fileOf, folderOf, greyPng, oneImage, pixelText, refuses } from './files';

// Copies of kinds that were tried beside those of public-copies.test.ts, and that were read wrongly, silently cut short, or
// refused for another reason than theirs.

const load = (path: string, classes?: string) => loadDataset({ path, classes, onNote: () => undefined });

/** A picture of each class, the i-th of grey level 9 i. */
async function treeOf(part: string): Promise<Record<string, Buffer>> {
  const entries = FER2013.classes.map(async (name, i) => [`${part}/${name}/a.png`, await greyPng(9 * i)]);
  return Object.fromEntries(await Promise.all(entries));
}

const text = (name: string, ...values: string[]): Column => ({
  name,
  bytes: values.map((value) => Buffer.from(value)),
  isText: true,
});

const happy = (image: number) => parquetOf([text('pixels', pixelText(image)), text('label', 'happy')], 1);
const CSV = `${csvLines().join('\n')}\n`;

for (const [what, content, problem, remedy] of [
  ['a stream of Arrow', Buffer.from([255, 255, 255, 255, 0, 4, 0, 0]), /an Arrow file/, /as parquet/],
  ['the first Feather', 'FEA1\0\0\0', /an Arrow file/, /as parquet/],
  ['a pickle of protocol 0', 'cnumpy.core.multiarray\n_reconstruct\np0', /a pickle file/, /as CSV/],
  ['a saved page', '<!-- saved from url=(0014)about:internet -->', /a web page/, /download the file itself/],
  ['an error of a store', '<Error><Code>AccessDenied</Code></Error>', /a message of a server/, /again/],
  ['an error of a page', '404: Not Found', /a message of a server/, /download it again/],
  ['JSON lines', '{"emotion":0,"status":"ok","pixels":"1"}\n', /a JSON file/, /CSV, parquet/],
  ['UTF-16 without a mark', Buffer.from('emotion,pixels', 'utf16le'), /a UTF-16 text/, /UTF-8/],
  ['UTF-16, high bytes first', Buffer.from('emotion,pixels', 'utf16le').swap16(), /a UTF-16/, /UTF-8/],
  ['carriage returns alone', CSV.replaceAll('\n', '\r'), /carriage return alone/, /line ends of Unix/],
  ['a text with zeros', CSV.replace('pixels', 'pix\0\0s'), /a text with control bytes/, /again/],
  [
    'a line end within pixels',
    `emotion,pixels,Usage\n3,"${pixelText(1).replace(' ', '\n')}",Training\n`,
    /the line ends within the quotes/,
    /a line of its own/,
  ],
  ['gzip of parquet', gzipSync(happy(1)), /\(gzip\): it holds a parquet file/, /unpack the outer/],
] as const) {
  test(`${what} under the name of the data is told as such`, async (t) => {
    await refuses(fileOf(t, 'fer2013.csv', content), problem, remedy);
  });
}

test('pipes and devices are refused at once, and counted where they lie among pictures', async (t) => {
  const root = folderOf(t, { ...(await treeOf('train')), x: '' });
  for (const name of ['pipe', 'train/Happy/b.png'])
    assert.equal(spawnSync('mkfifo', [join(root, name)]).status, 0);
  for (const path of [join(root, 'pipe'), '/dev/zero'])
    await refuses(path, /this is a pipe or a device/, /write what it gives to a file/);
  const { count, reading } = await load(root);
  assert.equal(count, 7);
  assert.match(reading!.notes.join(), /pipes, sockets or devices: 2 files/);
});

test('a name whose bytes are no UTF-8 is the reason that is given, of a file and of a folder', async (t) => {
  for (const [made, at] of [
    ['touch', "train/Happy/$'caf\\xe9.png'"],
    ['mkdir', "train/$'caf\\xe9'"],
  ]) {
    const root = folderOf(t, await treeOf('train'));
    assert.equal(spawnSync('bash', ['-c', `cd ${root} && ${made} ${at}`]).status, 0);
    await refuses(root, /caf\ufffd.*the bytes of its name are no UTF-8/, /rename it/);
  }
});

test('folders that are named as parquet files, and pointers in their place', async (t) => {
  const { usages } = await load(
    folderOf(t, { 'train.parquet/part-0.snappy.parquet': happy(1), 'test.parquet/part-0.parquet': happy(2) }),
  );
  assert.deepEqual([...usages], [0, 2]);
  const pointer = 'version https://git-lfs.github.com/spec/v1\n';
  await refuses(folderOf(t, { 'data/train-0.parquet': pointer }), /a Git LFS pointer/, /git lfs pull/);
  await refuses(folderOf(t, { 'train.parquet': '' }), /the file is empty/, /download it again/);
});

test('tables of other things beside pictures do not stop them, and pictures beside tables are counted', async (t) => {
  const labels = parquetOf([text('path', 'a.png'), text('label', 'sad')], 1);
  const pictures = await load(
    folderOf(t, {
      ...(await treeOf('train')),
      'meta/labels.parquet': labels,
      'train.csv': 'path,label\na.png,sad\n',
    }),
  );
  assert.equal(pictures.count, 7);
  assert.match(pictures.reading!.notes.join(), /not used, archives: 1 file \(meta\/labels\.parquet\)/);
  const banner = { 'assets/banner.png': await greyPng(1) };
  for (const tables of [{ 'train-0.parquet': happy(1) }, { 'train.csv': oneImage(3, 1) }] as Record<
    string,
    Content
  >[]) {
    const { count, reading } = await load(folderOf(t, { ...banner, ...tables }));
    assert.equal(count, 1);
    assert.match(reading!.notes.join(), /pictures beside the tables: 1 file \(assets\/banner\.png\)/);
  }
});

test('parquet: names and numbers mixed in a column, empty tables, paths, columns of like name', async (t) => {
  const pixels = text('pixels', pixelText(1), pixelText(2));
  await refuses(
    fileOf(t, 'train.parquet', parquetOf([pixels, text('label', 'happy', '4')], 2)),
    /row 2: label "4" is a number, and those of the rows before are not/,
    /correct the row/,
  );
  const empty = parquetOf(
    [
      { name: 'pixels', bytes: [] },
      { name: 'label', bytes: [] },
    ],
    0,
  );
  assert.equal(
    (await load(folderOf(t, { 'train.parquet': happy(1), 'validation.parquet': empty }))).count,
    1,
  );
  await refuses(folderOf(t, { 'train.parquet': empty }), /no rows in it/, /download/);
  await refuses(
    fileOf(t, 'train.parquet', parquetOf([text('image', 'happy/a.png'), text('label', 'happy')], 1)),
    /row 1: it holds the path happy\/a\.png in place of a picture/,
    /with the bytes/,
  );
  const two = parquetOf([text('pixels', pixelText(1)), text('label', 'happy'), text('emotion', 'sad')], 1);
  const { reading } = await load(fileOf(t, 'train.parquet', two));
  assert.match(reading!.notes.join(), /beside others of like name: the columns emotion/);
});

test('a CSV says which columns of like name it does not use', async (t) => {
  const csv = `emotion,label,pixels,Usage,split\n3,4,${pixelText(1)},Training,test\n`;
  const { labels, usages, reading } = await load(fileOf(t, 'fer2013.csv', csv));
  assert.deepEqual([labels[0], usages[0]], [3, 0]);
  assert.match(reading!.notes.join(), /beside others of like name: the columns label, split/);
});

test('archives: two files of one name, other methods than deflating, tables by content, several tables', async (t) => {
  const zip = await zipOf({ 'train/happy/a.png': await greyPng(1), 'train/happy/b.png': await greyPng(2) });
  const twice = Buffer.from(zip.toString('latin1').replaceAll('b.png', 'a.png'), 'latin1');
  await refuses(fileOf(t, 'a.zip', twice), /two files in it have the name train\/happy\/a\.png/, /unpack/);
  for (const inner of ['train/happy/a.png', 'fer2013.csv']) {
    const deflate64 = await zipOf({ [inner]: inner.endsWith('csv') ? Buffer.from(CSV) : await greyPng(1) });
    deflate64.writeUInt16LE(9, deflate64.indexOf('PK\x03\x04', 0, 'latin1') + 8);
    deflate64.writeUInt16LE(9, deflate64.indexOf('PK\x01\x02', 0, 'latin1') + 10);
    await refuses(fileOf(t, 'a.zip', deflate64), /is compressed by method 9, which is not read/, /7-Zip/);
  }
  const named = await zipOf({ 'x/faces.txt': Buffer.from(CSV), README: Buffer.from('r') });
  assert.equal((await load(fileOf(t, 'a.zip', named))).count, 42);
  const tables = { 'clean.csv': Buffer.from(CSV), 'more.csv': Buffer.from(CSV) };
  await refuses(
    fileOf(t, 'a.zip', await zipOf(tables)),
    /several tables in it.*clean\.csv, more\.csv/,
    /unpack it/,
  );
  const parts = { 'train.csv': Buffer.from(oneImage(3, 1)), 'val.csv': Buffer.from(oneImage(4, 2)) };
  await refuses(
    fileOf(t, 'a.tar', await tarOf(parts)),
    /several tables in it.*train\.csv, val\.csv/,
    /folder/,
  );
  const webDataset = { '1.jpg': await greyPng(1), '1.cls': Buffer.from('3') };
  await refuses(fileOf(t, 'a.tar', await tarOf(webDataset)), /no CSV file/, /folder of its part and class/);
  const sheet = { 'content.xml': Buffer.from('<x/>'), 'META-INF/manifest.xml': Buffer.from('<x/>') };
  await refuses(fileOf(t, 'a.zip', await zipOf(sheet)), /an OpenDocument file/, /as CSV/);
});

test('archives of parts in a folder are to be unpacked; one beside pictures is counted', async (t) => {
  const inner = await zipOf({ 'happy/a.png': await greyPng(3) });
  await refuses(
    folderOf(t, { 'train.zip': inner, 'test.zip': inner }),
    /its parts lie in archives: test\.zip, train\.zip/,
    /unpack each into a folder of its name/,
  );
  const { reading } = await load(folderOf(t, { ...(await treeOf('train')), 'test.zip': inner }));
  assert.match(reading!.notes.join(), /not used, archives: 1 file \(test\.zip\)/);
});

test('folders: names and numbers mixed, two names of one part, what a network store leaves, a stated order', async (t) => {
  const mixed = folderOf(t, { 'train/happy/a.png': await greyPng(1), 'train/4/b.png': await greyPng(2) });
  await refuses(mixed, /train\/happy\/a\.png is a name, and that of train\/4\/b\.png a number/, /number all/);
  const two = await load(folderOf(t, { ...(await treeOf('train')), ...(await treeOf('training_set')) }));
  assert.equal(two.count, 14);
  assert.match(two.reading!.notes.join(), /folders of one part, and all are read: train and training_set/);
  const store = { 'train/Happy/@eaDir/a.png/SYNOPHOTO_THUMB_M.png': await greyPng(99) };
  assert.equal((await load(folderOf(t, { ...(await treeOf('train')), ...store }))).count, 7);
  const stated = await load(folderOf(t, await treeOf('train')), 'alphabetical');
  assert.match(stated.reading!.notes.join(), /not used: the order that was stated/);
});
