import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import * as tar from 'tar-stream';
import { ZipFile } from 'yazl';
import { loadDataset } from '../../src/dataset/load';
import { FerlabError } from '../../src/errors';
import { csvLines, pixelText, scratchFolder } from './files';

const CSV = Buffer.from(`${csvLines().join('\n')}\n`);
const quiet = { onNote: () => undefined };

async function zipOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

async function tarOf(files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name }, content as Buffer);
  pack.finalize();
  return buffer(pack);
}

test('the content decides the form, whatever the name', async (t) => {
  const folder = scratchFolder(t);
  const train = `emotion,pixels\n4,${pixelText(0)}\n`;
  const forms: Record<string, Buffer> = {
    CSV,
    'gzip of CSV': gzipSync(CSV),
    'gzip of gzip of CSV': gzipSync(gzipSync(CSV)),
    tar: await tarOf({ 'train.csv': train, 'a/fer2013.csv': CSV }),
    'gzip of tar': gzipSync(await tarOf({ 'icml_face_data.csv': CSV, 'train.csv': train })),
    zip: await zipOf({ 'labels.csv': 'file,label\na.png,3\n', 'x/data.csv': CSV }),
    'zip of gzip': await zipOf({ 'fer2013.tar.gz': gzipSync(await tarOf({ 'fer2013.csv': CSV })) }),
  };
  for (const [form, bytes] of Object.entries(forms)) {
    for (const name of ['fer2013.csv', 'data', 'fer2013.zip', 'x.parquet', 'train.tar']) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const { count, source, reading } = await loadDataset({ path, ...quiet });
      assert.equal(count, 42, `${form} as ${name}`);
      assert.ok(reading!.form.startsWith(form), `${reading!.form} is ${form}`);
      assert.ok(source.sha256);
    }
  }
});

for (const [name, bytes, problem] of [
  ['bzip2', 'BZh91AY&SY', /bzip2/],
  ['xz', '\xfd7zXZ\0\0', /xz/],
  ['zstd', '\x28\xb5\x2f\xfd', /zstd/],
  ['7z', "7z\xbc\xaf'\x1c", /7z/],
  [
    'a Git LFS pointer',
    'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 301072766\n',
    /Git LFS/,
  ],
  ['a web page', '<!DOCTYPE html>\n<html><body>Sign in</body></html>', /web page/],
  ['a path', '../datasets/fer2013/fer2013.csv\n', /path/],
  ['NumPy', '\x93NUMPY\x01\0', /NumPy/],
  ['a pickle', '\x80\x04\x95', /pickle/],
  ['JSON', '[{"emotion": 3}]', /JSON/],
  ['a PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', /picture/],
  ['random bytes', '\x07\x1b[31m\x00\x9b\x02', /no known form/],
] as const) {
  test(`${name} under the name fer2013.csv is called what it is, with the next step`, async (t) => {
    const path = join(scratchFolder(t), 'fer2013.csv');
    writeFileSync(path, Buffer.from(bytes, 'latin1'));
    for (const content of [bytes, gzipSync(Buffer.from(bytes, 'latin1'))]) {
      writeFileSync(path, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
      await assert.rejects(loadDataset({ path }), (error: unknown) => {
        assert.ok(error instanceof FerlabError, String(error));
        assert.match(error.message, problem);
        assert.ok(error.remedy);
        return true;
      });
    }
  });
}

test('a spreadsheet and a zip of arrays are called what they are', async (t) => {
  const path = join(scratchFolder(t), 'fer2013.csv');
  writeFileSync(path, await zipOf({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }));
  await assert.rejects(loadDataset({ path }), /an Excel file/);
  writeFileSync(path, await zipOf({ 'x.npy': '' }));
  await assert.rejects(loadDataset({ path }), /a NumPy file/);
});

test('control bytes of a file never reach the message', async (t) => {
  const path = join(scratchFolder(t), 'fer2013.csv');
  const attack = '\x1b]0;owned\x07\x9b31m';
  for (const csv of [
    `emotion,pixels,Usage\n${attack},${pixelText(0)},Training\n`,
    `emotion,pixels,Usage\n3,${pixelText(0)},${attack}\n`,
    `emotion,pixels,Usage\n3,12 ${attack},Training\n`,
    `emotion,pixels${attack},Usage\n`,
  ]) {
    writeFileSync(path, csv);
    await assert.rejects(loadDataset({ path, ...quiet }), (error: FerlabError) => {
      assert.doesNotMatch(error.toString(), /(?!\n)\p{Cc}/u);
      return true;
    });
  }
});

test('hidden files and lists beside the pictures of a zip do not disturb', async (t) => {
  const folder = scratchFolder(t);
  const png = await sharp({ create: { width: 48, height: 48, channels: 3, background: '#555' } })
    .png()
    .toBuffer();
  const path = join(folder, 'archive.zip');
  writeFileSync(
    path,
    await zipOf({
      'train/happy/a.png': png,
      'train/happy/._a.png': 'resource fork',
      '.DS_Store': '',
      'labels.csv': 'file,label\na.png,happy\n',
      'test/sad/b.png': png,
    }),
  );
  const { count, labels, usages, reading } = await loadDataset({ path });
  assert.deepEqual([count, ...labels, ...usages], [2, 3, 4, 0, 2]);
  assert.deepEqual(reading!.notes, []);
  mkdirSync(join(folder, 'none'));
  writeFileSync(join(folder, 'none.zip'), await zipOf({ 'labels.csv': 'file,label\na.png,happy\n' }));
  await assert.rejects(loadDataset({ path: join(folder, 'none.zip') }), /no FER-2013 in it/);
});
