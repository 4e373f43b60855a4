import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import * as tar from 'tar-stream';
import { ZipFile } from 'yazl';
import type { ImageDataset } from '../../src/dataset/dataset';
import { loadDataset } from '../../src/dataset/load';
import { csvLines, level, pixelText, scratchFolder, writeCsv, writeGzip } from './files';

/** The 42 made-up images, every pixel of them. */
function assertWhole(dataset: ImageDataset): void {
  assert.equal(dataset.count, 42);
  assert.equal(dataset.spec.name, 'fer2013');
  for (let image = 0; image < 42; image++) {
    assert.equal(dataset.labels[image], (image % 14) % 7);
    assert.equal(dataset.usages[image], Math.floor(image / 14));
  }
  assert.deepEqual(
    dataset.images,
    Uint8Array.from({ length: 42 * 2304 }, (_, i) => level(Math.floor(i / 2304), i % 2304)),
  );
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

test('a plain CSV is read to the byte', async (t) => {
  assertWhole(await loadDataset({ path: writeCsv(scratchFolder(t), csvLines()) }));
});

test('all forms of the same data give the same content hash', async (t) => {
  const folder = scratchFolder(t);
  const text = `${csvLines().join('\n')}\n`;
  const plain = await loadDataset({ path: writeCsv(folder, csvLines()) });

  const pack = tar.pack();
  pack.entry({ name: 'fer2013/README' }, 'nothing to see');
  pack.entry({ name: 'fer2013/fer2013.csv' }, text);
  pack.finalize();
  writeFileSync(join(folder, 'fer2013.tar.gz'), gzipSync(await readAll(pack)));

  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), 'fer2013/fer2013.csv');
  zip.end();
  writeFileSync(join(folder, 'fer2013.zip'), await readAll(zip.outputStream));

  // icml_face_data.csv: another order of columns, and blanks in the header.
  const icml = csvLines()
    .map((line) => line.split(','))
    .map(([emotion, pixels, usage], i) =>
      i === 0 ? 'emotion, Usage, pixels' : [emotion, usage, pixels].join(','),
    );
  const paths = [
    writeGzip(folder, text),
    join(folder, 'fer2013.tar.gz'),
    join(folder, 'fer2013.zip'),
    writeCsv(folder, icml, 'icml_face_data.csv'),
  ];
  for (const path of paths) {
    const dataset = await loadDataset({ path });
    assertWhole(dataset);
    assert.equal(dataset.source.sha256, plain.source.sha256, path);
  }
});

test('a byte-order mark, CRLF, quotes, blank last lines and a missing last newline are accepted', async (t) => {
  const folder = scratchFolder(t);
  const lines = csvLines();
  const quoted = lines.map((line, i) =>
    i === 0
      ? line
      : line
          .split(',')
          .map((field) => `"${field}"`)
          .join(','),
  );
  for (const [name, text] of [
    ['bom.csv', `\ufeff${lines.join('\r\n')}\r\n`],
    ['blank.csv', `${lines.join('\n')}\n\n\r\n`],
    ['cut.csv', lines.join('\n')],
    ['quoted.csv', quoted.join('\n')],
  ] as const) {
    writeFileSync(join(folder, name), text);
    assertWhole(await loadDataset({ path: join(folder, name) }));
  }
});

test('class folders are read, parts and order from the names', async (t) => {
  const folder = scratchFolder(t);
  const picture = (grey: number) =>
    sharp({ create: { width: 48, height: 48, channels: 3, background: { r: grey, g: grey, b: grey } } })
      .png()
      .toBuffer();
  for (const [path, grey] of [
    ['train/angry/Training_10.png', 10],
    ['train/happiness/Training_2.png', 20],
    ['test/neutral/PrivateTest_5.png', 30],
    ['test/fear/PublicTest_4.png', 40],
  ] as const) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), await picture(grey));
  }
  const dataset = await loadDataset({ path: folder });
  assert.deepEqual([...dataset.labels], [3, 0, 2, 6]);
  assert.deepEqual([...dataset.usages], [0, 0, 1, 2]);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => dataset.images[i * 2304]),
    [20, 10, 40, 30],
  );
});

test('train.csv alone is the Training part', async (t) => {
  const folder = scratchFolder(t);
  writeCsv(folder, ['emotion,pixels', `4,${pixelText(0)}`, `1,${pixelText(1)}`], 'train.csv');
  const dataset = await loadDataset({ path: folder });
  assert.deepEqual([...dataset.labels], [4, 1]);
  assert.deepEqual([...dataset.usages], [0, 0]);
});

test('the second load comes from the cache; a changed file or a damaged cache does not', async (t) => {
  const folder = scratchFolder(t);
  const path = writeCsv(folder, csvLines());
  const first = await loadDataset({ path });
  const cache = process.env.FERLAB_CACHE!;
  const [file] = readdirSync(cache);
  const cachePath = join(cache, file!);
  assert.deepEqual(await loadDataset({ path }), first);

  const bytes = readFileSync(cachePath);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(cachePath, bytes);
  assertWhole(await loadDataset({ path }));

  appendFileSync(path, `5,${pixelText(99)},Training\n`);
  const longer = await loadDataset({ path });
  assert.equal(longer.count, 43);
  assert.notEqual(longer.source.sha256, first.source.sha256);
});
