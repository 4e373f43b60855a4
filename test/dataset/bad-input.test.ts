import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { ZipFile } from 'yazl';
import { loadDataset } from '../../src/dataset/load';
import { FerlabError } from '../../src/errors';
import { csvLines, pixelText, scratchFolder, writeCsv, writeGzip } from './files';

/** Loading must fail for the user's fault, name what is asked for, and leave no cache behind. */
async function refuses(path: string, ...expected: RegExp[]): Promise<void> {
  await assert.rejects(loadDataset({ path }), (error: unknown) => {
    assert.ok(error instanceof FerlabError, String(error));
    assert.equal(error.exitStatus, 2);
    assert.ok(error.remedy, 'there is a remedy');
    for (const pattern of expected) assert.match(error.message, pattern);
    return true;
  });
  const cache = process.env.FERLAB_CACHE!;
  assert.deepEqual(existsSync(cache) ? readdirSync(cache) : [], [], 'nothing half-written');
}

/** A CSV whose fifth row is replaced. */
function withRow(t: TestContext, row: string): string {
  const lines = csvLines();
  lines[5] = row;
  return writeCsv(scratchFolder(t), lines);
}

test('a missing column is named', async (t) => {
  const folder = scratchFolder(t);
  const lines = csvLines().map((line) => line.split(',').slice(1).join(','));
  await refuses(writeCsv(folder, lines), /fer2013\.csv/, /no column emotion/);
  const noUsage = csvLines().map((line) => line.split(',').slice(0, 2).join(','));
  await refuses(writeCsv(folder, noUsage), /no column usage/i);
});

for (const count of [2303, 2305]) {
  test(`${count} pixels are refused, with the row`, async (t) => {
    await refuses(
      withRow(t, `3,${pixelText(1, count)},Training`),
      /row 5/,
      new RegExp(`${count} pixels instead of 2304`),
    );
  });
}

for (const pixel of ['256', '-1', 'x', '1.5', '99999999999']) {
  test(`a pixel of ${pixel} is refused, with row and place`, async (t) => {
    const pixels = pixelText(1).split(' ');
    pixels[10] = pixel;
    await refuses(withRow(t, `3,${pixels.join(' ')},Training`), /row 5/, /pixel 11 is/);
  });
}

for (const emotion of ['7', '-1', '', 'happy', '1.5']) {
  test(`emotion "${emotion}" is refused`, async (t) => {
    await refuses(withRow(t, `${emotion},${pixelText(1)},Training`), /row 5/, /emotion/);
  });
}

test('an unknown Usage is refused', async (t) => {
  await refuses(withRow(t, `3,${pixelText(1)},Tset`), /row 5/, /Usage "Tset"/);
});

test('a truncated gzip is refused', async (t) => {
  const path = writeGzip(scratchFolder(t), csvLines().join('\n'));
  truncateSync(path, Math.floor(readFileSync(path).length / 2));
  await refuses(path, /fer2013\.csv\.gz/, /ends too early/);
});

test('an empty file and one with only a header are refused', async (t) => {
  const folder = scratchFolder(t);
  const path = join(folder, 'fer2013.csv');
  writeFileSync(path, '');
  await refuses(path, /empty/);
  await refuses(writeCsv(folder, ['emotion,pixels,Usage']), /no rows/);
});

test('a path that does not exist is refused', async (t) => {
  await refuses(join(scratchFolder(t), 'nowhere.csv'), /no such file/);
});

/** A zip whose entry climbs out of the folder; yazl refuses to write one, so the name is patched in. */
async function climbingZip(folder: string): Promise<string> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(csvLines().join('\n')), 'xx/xx/evil.csv');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  const bytes = Buffer.from(
    Buffer.concat(chunks).toString('latin1').replaceAll('xx/xx/evil', '../../evil'),
    'latin1',
  );
  const path = join(folder, 'fer2013.zip');
  writeFileSync(path, bytes);
  return path;
}

test('a zip that climbs out of its folder is refused, and nothing is written', async (t) => {
  const folder = scratchFolder(t);
  await refuses(await climbingZip(folder), /fer2013\.zip/, /relative path|\.\./);
  assert.ok(!existsSync(join(folder, '..', '..', 'evil.csv')));
});

test('a picture of too many pixels is refused before it is decoded', async (t) => {
  const folder = scratchFolder(t);
  mkdirSync(join(folder, 'train', 'angry'), { recursive: true });
  const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#000' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  assert.ok(bomb.length < 2_000_000, 'small on the disk');
  writeFileSync(join(folder, 'train', 'angry', 'Training_1.png'), bomb);
  await refuses(folder, /Training_1\.png/, /64 megapixels/);
});

test('a picture that is no picture is refused by name', async (t) => {
  const folder = scratchFolder(t);
  mkdirSync(join(folder, 'train', 'sad'), { recursive: true });
  writeFileSync(join(folder, 'train', 'sad', 'Training_7.jpg'), 'not a picture');
  await refuses(folder, /Training_7\.jpg/);
});

test('class folders without a part are refused', async (t) => {
  const folder = scratchFolder(t);
  mkdirSync(join(folder, 'happy'), { recursive: true });
  const grey = sharp({ create: { width: 48, height: 48, channels: 3, background: '#888' } });
  writeFileSync(join(folder, 'happy', '1.png'), await grey.png().toBuffer());
  await refuses(folder, /which part/);
});
