import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDataset } from '../../src/dataset/load';
import { zipOf } from '../fuzz/archives';
import { parquetOf } from '../fuzz/parquet-file';
import { csvLines, folderOf, greyPng, level, oneImage, pixelText, refuses } from './files';

// Layouts of copies as people publish them, beside those of forms.test.ts and folders.test.ts.

const load = (path: string) => loadDataset({ path, onNote: () => undefined });

test('a CSV for each part is read whole, in a folder and in a zip; one without labels is noted', async (t) => {
  const files = { 'train.csv': oneImage(3, 0), 'val.csv': oneImage(4, 1), 'test.csv': oneImage(2, 2) };
  const zip = await zipOf(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
  );
  for (const path of [folderOf(t, files), join(folderOf(t, { 'a.zip': zip }), 'a.zip')]) {
    const { labels, usages, reading } = await load(path);
    assert.deepEqual([...usages].map((usage, i) => [usage, labels[i]]).sort(), [
      [0, 3],
      [1, 4],
      [2, 2],
    ]);
    assert.equal(reading!.form, '3 CSV files');
  }
  const { count, reading } = await load(folderOf(t, { ...files, 'test.csv': `pixels\n${pixelText(2)}\n` }));
  assert.equal(count, 2);
  assert.match(reading!.notes.join(), /without labels: 1 file \(test\.csv\)/);
  await refuses(
    folderOf(t, { ...files, 'val.csv': `emotion,pixels\nhappy,${pixelText(1)}\n` }),
    /its classes are numbers, those of .*val\.csv have names/,
    /download both again/,
  );
});

test('the one file with data in a folder is found by its content, wherever it lies and whatever it is called', async (t) => {
  const csv = `${csvLines().join('\n')}\n`;
  for (const name of ['faces.tsv', 'a/b/data', 'Fer2013 (1).csv']) {
    const text = name.endsWith('.tsv') ? csv.replaceAll(',', '\t') : csv;
    const { count, images } = await load(
      folderOf(t, { [name]: text, 'README.md': '# faces', 'x/notes.json': '{}' }),
    );
    assert.deepEqual([count, images[41 * 2304 + 5]], [42, level(41, 5)], name);
  }
  await refuses(folderOf(t, { 'a.csv': csv, 'b.csv': csv }), /several files.*a\.csv, b\.csv/, /name the one/);
});

for (const [name, content, problem, remedy] of [
  ['x.npy', Buffer.from('\x93NUMPY\x01\0', 'latin1'), /a NumPy file/, /as a CSV/],
  ['x.mat', `MATLAB 5.0 MAT-file${' '.repeat(200)}`, /a MATLAB file/, /as a CSV/],
  ['data.mdb', Buffer.from(`${'\0'.repeat(16)}\xde\xc0\xef\xbe`, 'latin1'), /an LMDB file/, /as a CSV/],
  ['x.db', 'SQLite format 3\0', /an SQLite file/, /as a CSV/],
  ['x.h5', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), /an HDF5 file/, /as a CSV/],
  ['x.pkl', Buffer.from([0x80, 4, 0x95, 0, 0, 0]), /a pickle file/, /save the data as CSV/],
  ['x.rds', Buffer.from('RDX3\n', 'latin1'), /an R file/, /as a CSV/],
  ['x.jsonl', '[{"emotion":0}]', /a JSON file/, /CSV, parquet/],
  [
    'x.zip',
    Buffer.from('PK\x07\x08PK\x03\x04', 'latin1'),
    /a piece of a divided zip/,
    /put the pieces together/,
  ],
  ['x.csv', Buffer.from('\ufeffemotion', 'utf16le'), /a UTF-16 text/, /UTF-8/],
  ['x.csv', '{"code":403,"message":"Forbidden"}', /a message of a server/, /download it again/],
] as const) {
  test(`${problem.source} is named with the next step, alone and as the content of a folder`, async (t) => {
    const root = folderOf(t, { [name]: content });
    for (const path of [root, join(root, name)]) await refuses(path, problem, remedy);
  });
}

for (const [what, text, problem, remedy] of [
  [
    'numbers from 1',
    `${oneImage(1, 0)}7,${pixelText(1)}\n`,
    /line 3 \(row 2\): emotion "7"/,
    /numbered from 0/,
  ],
  [
    'shares of white',
    oneImage(1, 0).replace(' 14 ', ' 0.0549 '),
    /pixel 3 is "0\.0549"/,
    /multiplied by 255/,
  ],
  ['lists', oneImage(1, 0).replace(',0 7', ',[0 7'), /pixel 1 is "\[0"/, /blanks between/],
  ['another size', `emotion,pixels\n1,${pixelText(0, 1024)}\n`, /1024 pixels instead of 2304/, /32x32/],
  ['no header', `1,${pixelText(0)}\n`, /no header line/, /emotion,pixels,Usage/],
  [
    'a column a pixel',
    `emotion,${Array.from({ length: 2304 }, (_, i) => `pixel${i}`)}\n`,
    /column of its own/,
    /join/,
  ],
  ['paths', 'path,label\na.jpg,happy\n', /list of picture files/, /folder of the pictures/],
] as const) {
  test(`a CSV with ${what} is refused for that reason, with the next step`, async (t) => {
    await refuses(join(folderOf(t, { 'train.csv': text }), 'train.csv'), problem, remedy);
  });
}

test('parts in words and labels as decimals of whole numbers are read', async (t) => {
  const lines = ['train', 'val', 'test'].map((part, i) => `${i}.0,${pixelText(i)},${part}`);
  const { labels, usages } = await load(
    folderOf(t, { 'fer.csv': ['label,pixels,split', ...lines, ''].join('\n') }),
  );
  assert.deepEqual([...labels, ...usages], [0, 1, 2, 0, 1, 2]);
});

test('folders with numbers before or words after the names of classes and parts are read', async (t) => {
  const paths = ['X_train/3_happy/a.png', 'val_images/4-Sad/b.png', 'fer2013_test_faces/fear_faces/c'];
  const files: Record<string, Buffer> = {};
  for (const [i, path] of paths.entries()) files[path] = await greyPng(i);
  const { labels, usages } = await load(folderOf(t, files));
  assert.deepEqual([...labels, ...usages], [3, 4, 2, 0, 1, 2]);
});

test('a part in a folder of an unknown name does not vanish; neither do classes that are numbered from 1', async (t) => {
  const parts = { 'train/happy/a.png': await greyPng(1), 'holdout/happy/b.png': await greyPng(2) };
  await refuses(
    folderOf(t, parts),
    /no picture of PublicTest, PrivateTest.*holdout\/happy/,
    /name the folders of the parts/,
  );
  const numbers: Record<string, Buffer> = {};
  for (let i = 1; i <= 7; i++) numbers[`train/${i}/a.png`] = await greyPng(i);
  await refuses(folderOf(t, numbers), /numbered from 1/, /name them Angry/);
  await refuses(folderOf(t, { 'happy/a.png': await greyPng(1) }), /which part/, /--protocol paper/);
});

test('two copies in one folder are both read, and said', async (t) => {
  const root = folderOf(t, {
    'a/train/happy/x.png': await greyPng(1),
    'b/train/happy/x.png': await greyPng(2),
  });
  const { count, reading } = await load(root);
  assert.equal(count, 2);
  assert.match(reading!.notes.join(), /several folders, and all are read: a, b/);
});

test("parquet: the columns of WebDataset, bytes in a struct, and a list's wrong name of a part", async (t) => {
  const text = (name: string, value: string) => ({ name, bytes: [Buffer.from(value)], isText: true });
  const image = {
    name: 'img_bytes',
    columns: [{ name: 'bytes', bytes: [await greyPng(9)] }, text('path', 'x.png')],
  };
  const webDataset = parquetOf(
    [
      text('__key__', 'test/7'),
      { name: 'jpg', bytes: [await greyPng(5)] },
      { name: 'cls', numbers: [3], type: 'i64' },
    ],
    1,
    { huggingface: JSON.stringify({ info: { features: { cls: { names: NAMES } } } }) },
  );
  const inStruct = parquetOf([image, text('label', 'sad')], 1);
  const files = {
    'default/train/0000.parquet': webDataset,
    'data/validation-00000-of-00001.parquet': inStruct,
  };
  const { labels, usages, images } = await load(folderOf(t, files));
  assert.deepEqual([...labels, ...usages], [3, 4, 0, 1]);
  assert.deepEqual([images[0], images[2304]], [5, 9]);
  await refuses(folderOf(t, { 'tarin.parquet': inStruct }), /does not show which part/, /train\.parquet/);
});

const NAMES = ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'];

test('archives in archives, with a password, or with the data twice are told as such', async (t) => {
  const csv = Buffer.from(`${csvLines().join('\n')}\n`);
  const placed = (zip: Buffer) => join(folderOf(t, { 'a.zip': zip }), 'a.zip');
  await refuses(
    placed(await zipOf({ 'x/inner.zip': await zipOf({ 'fer2013.csv': csv }) })),
    /but x\/inner\.zip/,
    /unpack it/,
  );
  await refuses(
    placed(await zipOf({ 'a/fer2013.csv': csv, 'b/fer2013.csv': csv })),
    /2 files of one name: a\/fer2013\.csv/,
    /--data/,
  );
  const locked = await zipOf({ 'fer2013.csv': csv });
  // The flag of a password, in the entry's own header and in the directory.
  for (const [signature, at] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const)
    locked[locked.indexOf(signature, 0, 'latin1') + at]! |= 1;
  await refuses(placed(locked), /protected by a password/, /with the password/);
});
