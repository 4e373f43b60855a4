import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import * as tar from 'tar-stream';
import { ZipFile } from 'yazl';
import { loadDataset } from '../../src/dataset/load';
import { FerlabError } from '../../src/errors';
import { csvLines, level, pixelText, scratchFolder, writeCsv } from './files';

const fixture = (name: string) => resolve(__dirname, 'fixtures', name);
const CSV = `${csvLines().join('\n')}\n`;

const picture = (grey: number) =>
  sharp({ create: { width: 48, height: 48, channels: 3, background: { r: grey, g: grey, b: grey } } })
    .png()
    .toBuffer();

async function writeZip(path: string, files: Readonly<Record<string, Buffer | string>>): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name);
  zip.end();
  writeFileSync(path, await buffer(zip.outputStream));
  return path;
}

async function tarball(): Promise<Buffer> {
  const pack = tar.pack();
  pack.entry({ name: 'fer2013/fer2013.csv' }, CSV);
  pack.finalize();
  return gzipSync(await buffer(pack));
}

const refusal = (pattern: RegExp) => (error: unknown) =>
  error instanceof FerlabError && error.exitStatus === 2 && !!error.remedy && pattern.test(error.message);

test('of the files of the challenge, those with all parts are taken, in a zip too', async (t) => {
  const folder = scratchFolder(t);
  const others = {
    'example_submission.csv': 'usage,emotion\n1,2\n',
    'test.csv': `pixels\n${pixelText(0)}\n`,
  };
  const train = `emotion,pixels\n4,${pixelText(0)}\n`;
  const inTar = await writeZip(join(folder, 'a.zip'), {
    ...others,
    'fer2013.tar.gz': await tarball(),
    'train.csv': train,
  });
  const plain = await writeZip(join(folder, 'b.zip'), { ...others, 'train.csv': train, 'fer2013.csv': CSV });
  for (const path of [inTar, plain]) {
    const dataset = await loadDataset({ path });
    assert.equal(dataset.count, 42);
    assert.equal(dataset.images[41 * 2304 + 5], level(41, 5));
  }
  const onlyTrain = await loadDataset({
    path: await writeZip(join(folder, 'c.zip'), { ...others, 'train.csv': train }),
  });
  assert.deepEqual([...onlyTrain.labels, ...onlyTrain.usages], [4, 0]);
});

test('class folders in a zip are read in place', async (t) => {
  const path = await writeZip(join(scratchFolder(t), 'archive.zip'), {
    'train/happy/Training_7.png': await picture(70),
    'train/sad/Training_3.png': await picture(30),
    'test/fear/PrivateTest_9.png': await picture(90),
    '__MACOSX/train/sad/._Training_3.png': 'no picture',
  });
  const dataset = await loadDataset({ path });
  assert.deepEqual([...dataset.labels], [4, 3, 2]);
  assert.deepEqual([...dataset.usages], [0, 0, 2]);
  assert.deepEqual(
    [0, 1, 2].map((row) => dataset.images[row * 2304]),
    [30, 70, 90],
  );
});

test('a folder gives the best of what lies in it; train.csv can be named itself; test.csv has no labels', async (t) => {
  const folder = scratchFolder(t);
  writeCsv(folder, ['emotion,pixels', `4,${pixelText(0)}`], 'train.csv');
  writeCsv(folder, ['pixels', pixelText(0)], 'test.csv');
  assert.equal((await loadDataset({ path: folder })).count, 1);
  assert.equal((await loadDataset({ path: join(folder, 'train.csv') })).count, 1);
  await assert.rejects(loadDataset({ path: join(folder, 'test.csv') }), refusal(/without labels/));
  writeCsv(folder, csvLines());
  assert.equal((await loadDataset({ path: folder })).count, 42);
});

test('parquet: alphabetical numbers are known by the counts, and by the names where the table has them', async (t) => {
  scratchFolder(t);
  // The picture of the i-th class by name is of grey level 30 i.
  const labels = { angry: 0, disgust: 1, fear: 2, happy: 3, neutral: 6, sad: 4, surprise: 5 };
  for (const name of ['train-alphabetical.parquet', 'train-named.parquet']) {
    const dataset = await loadDataset({ path: fixture(name) });
    for (let row = 0; row < dataset.count; row++) {
      assert.equal(dataset.labels[row], Object.values(labels)[dataset.images[row * 2304]! / 30]);
    }
  }
});

test('parquet whose order nothing shows, or without labels, or that is none, is refused', async (t) => {
  const path = join(scratchFolder(t), 'train.parquet');
  await assert.rejects(
    loadDataset({ path: fixture('train-balanced.parquet') }),
    refusal(/nothing shows their order/),
  );
  await assert.rejects(
    loadDataset({ path: fixture('train-unlabelled.parquet') }),
    refusal(/no column label/),
  );
  writeFileSync(path, 'PAR1 but no table PAR1');
  await assert.rejects(loadDataset({ path }), refusal(/train\.parquet/));
});

test('class folders with numbers are refused where the counts do not show the order', async (t) => {
  const folder = scratchFolder(t);
  mkdirSync(join(folder, 'train', '4'), { recursive: true });
  writeFileSync(join(folder, 'train', '4', 'a.png'), await picture(9));
  await assert.rejects(loadDataset({ path: folder }), refusal(/nothing shows their order/));
});

test('pictures are cached too, until one of them is changed', async (t) => {
  const folder = join(scratchFolder(t), 'data');
  mkdirSync(join(folder, 'train', 'happy'), { recursive: true });
  mkdirSync(join(folder, 'test'));
  const file = join(folder, 'train', 'happy', 'Training_1.png');
  writeFileSync(file, await picture(50));
  assert.equal((await loadDataset({ path: folder })).images[0], 50);
  assert.equal(readdirSync(process.env.FERLAB_CACHE!).length, 1);
  assert.equal((await loadDataset({ path: folder })).images[0], 50);
  writeFileSync(file, await picture(51));
  assert.equal((await loadDataset({ path: folder })).images[0], 51);
  assert.equal(readdirSync(process.env.FERLAB_CACHE!).length, 1, 'the old one is replaced');
});

test('a damaged cache is told and made anew, wherever the damage is', async (t) => {
  const path = writeCsv(scratchFolder(t), csvLines());
  const first = await loadDataset({ path });
  const file = join(process.env.FERLAB_CACHE!, readdirSync(process.env.FERLAB_CACHE!)[0]!);
  const whole = readFileSync(file);
  const flipped = (at: number) => Buffer.from(whole.map((byte, i) => (i === at ? byte ^ 1 : byte)));
  const damages = [flipped(5000), flipped(whole.length - 1), whole.subarray(0, 9000), Buffer.from('junk')];
  for (const damaged of damages) {
    writeFileSync(file, damaged);
    const notes: string[] = [];
    assert.deepEqual(await loadDataset({ path, onNote: (note) => notes.push(note) }), first);
    assert.match(notes.join(), /damaged/);
    assert.deepEqual(readFileSync(file), whole);
  }
});

test('a cache that can not be written costs time, not the data', async (t) => {
  const folder = scratchFolder(t);
  const path = writeCsv(folder, csvLines());
  // A folder lies where the cache file would be renamed to.
  await loadDataset({ path });
  const cache = process.env.FERLAB_CACHE!;
  const name = readdirSync(cache)[0]!;
  process.env.FERLAB_CACHE = join(folder, 'other');
  mkdirSync(join(folder, 'other', name, 'in the way'), { recursive: true });
  const notes: string[] = [];
  const dataset = await loadDataset({ path, onNote: (note) => notes.push(note) });
  process.env.FERLAB_CACHE = cache;
  assert.equal(dataset.count, 42);
  assert.match(notes.join(), /the cache could not be written/);
  assert.deepEqual(readdirSync(join(folder, 'other')), [name], 'nothing half-written');
});
