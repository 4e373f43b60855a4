import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { loadDataset } from '../../src/dataset/load';
import { FerlabError } from '../../src/errors';
import { randomStream } from '../../src/random';
import { tarOf, zipOf } from '../fuzz/archives';
import { parquetOf } from '../fuzz/parquet-file';
import { drawImage } from '../fuzz/truth';
import { csvLines, fileOf, pixelText, scratchFolder, writeCsv } from './files';

// The smallest inputs of faults that the fuzzer found (`npm run fuzz`), each with what has to become of it.

const picture = () =>
  sharp(drawImage(randomStream(1, 'picture')), { raw: { width: 48, height: 48, channels: 1 } })
    .tiff({ compression: 'none' })
    .toBuffer();

test('a comma in a quoted field is a part of its text', async (t) => {
  const lines = ['file,emotion,pixels,Usage', `"a, ""b"".jpg",3,${pixelText(0)},Training`];
  const { count, labels } = await loadDataset({ path: writeCsv(scratchFolder(t), lines) });
  assert.deepEqual([count, labels[0]], [1, 3]);
});

test('a column within another one is never taken for one of the table', async (t) => {
  const text = (name: string, value: string) => ({ name, bytes: [Buffer.from(value)], isText: true });
  const inner = { name: 'meta', columns: [text('emotion', 'sad'), text('bytes', 'x')] };
  const table = parquetOf([inner, text('pixels', pixelText(0)), text('label', 'happy')], 1);
  const { labels, images } = await loadDataset({ path: fileOf(t, 'train.parquet', table) });
  assert.deepEqual([labels[0], images[1]], [3, 7]);
});

test('what macOS leaves beside files is no picture in a folder either', async (t) => {
  const path = fileOf(t, 'data/train/happy/a.tiff', await picture());
  const root = join(dirname(path), '../..');
  mkdirSync(join(root, '__MACOSX/train/happy'), { recursive: true });
  writeFileSync(join(root, '__MACOSX/train/happy/a.tiff'), '\0');
  assert.equal((await loadDataset({ path: root })).count, 1);
});

test('a picture in a zip that does not match its checksum is refused', async (t) => {
  const zip = await zipOf({ 'train/happy/a.tiff': await picture() }, false);
  zip[500]! ^= 1;
  await assert.rejects(loadDataset({ path: fileOf(t, 'a.zip', zip) }), (error) => {
    assert.ok(error instanceof FerlabError);
    assert.match(error.message, /a\.zip: train\/happy\/a\.tiff in it does not match its checksum/);
    return true;
  });
});

test('some images of each class do not show an order by chance', async (t) => {
  const random = randomStream(2, 'noise');
  const lines = [0, 1, 2, 3, 4, 5, 6].map((label) => `${label},${drawImage(random).join(' ')},Training`);
  const path = writeCsv(scratchFolder(t), ['emotion,pixels,Usage', ...lines]);
  const { reading } = await loadDataset({ path, onNote: () => undefined });
  assert.equal(reading?.isOrderAssumed, true);
});

test('a tar archive that ends too early is told as such', async (t) => {
  const tar = await tarOf({ 'fer2013.csv': Buffer.from(csvLines().join('\n')) });
  const path = fileOf(t, 'fer2013.csv', tar.subarray(0, 5000));
  await assert.rejects(
    loadDataset({ path }),
    (error) => error instanceof FerlabError && /Unexpected end of data/.test(error.message),
  );
});

test('a PNG whose orientation is damaged is refused, not read in another orientation', async (t) => {
  const upright = await sharp(drawImage(randomStream(1, 'picture')), {
    raw: { width: 48, height: 48, channels: 1 },
  })
    .withMetadata({ orientation: 6 })
    .png()
    .toBuffer();
  const damaged = Buffer.from(upright);
  damaged[damaged.indexOf('eXIf') + 20]! ^= 1;
  const path = fileOf(t, 'data/train/happy/a.png', damaged);
  await assert.rejects(
    loadDataset({ path: join(dirname(path), '../..') }),
    /a\.png: the picture is damaged or unusual \(its chunk eXIf does not match its checksum\)/,
  );
});
