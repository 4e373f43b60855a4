import assert from 'node:assert/strict';
import { createWriteStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { contentHash } from '../../src/dataset/cache-writer';
import { imageBlocks, pixelsOf } from '../../src/dataset/image-source';
import { loadDataset } from '../../src/dataset/load';
import { scratchFolder } from './files';

const COUNT = 72_000;

/** Grey level of all pixels of an image. */
const grey = (row: number) => row % 7;

function* lines(): Generator<string> {
  yield 'emotion,pixels,Usage\n';
  const pixels = [0, 1, 2, 3, 4, 5, 6].map((value) => new Array(2304).fill(value).join(' '));
  for (let row = 0; row < COUNT; row++) yield `${(row * 5) % 7},${pixels[grey(row)]},Training\n`;
}

test('a set of twice the size of FER-2013 stays in its cache file, and is read by rows', async (t) => {
  const folder = scratchFolder(t);
  const path = join(folder, 'fer2013.csv');
  await pipeline(Readable.from(lines()), createWriteStream(path));
  for (const time of ['decoded', 'from the cache']) {
    const dataset = await loadDataset({ path });
    assert.equal(dataset.count, COUNT);
    const rows = Uint32Array.of(71_999, 0, 35_887, 35_888, 35_889, 71_776);
    const { bytes, offset } = pixelsOf(dataset, rows);
    assert.equal(bytes.length, rows.length * 2304, `${time}: no more is read than asked for`);
    for (const [i, row] of rows.entries()) {
      assert.equal(dataset.labels[row], (row * 5) % 7);
      assert.deepEqual([bytes[offset(i)], bytes[offset(i) + 2303]], [grey(row), grey(row)]);
    }
    let row = 0;
    for (const block of imageBlocks(dataset)) {
      for (let at = 0; at < block.length; at += 2304) assert.equal(block[at], grey(row++));
    }
    assert.equal(row, COUNT);
    assert.equal(dataset.source.sha256, contentHash(dataset));
  }
  assert.equal(readdirSync(process.env.FERLAB_CACHE!).length, 1);
});
