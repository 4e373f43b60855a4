import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CacheWriter, contentHash } from '../../src/dataset/cache-writer';
import { summarizeVotes } from '../../src/dataset/crowd';
import { FERPLUS_CHOICES } from '../../src/dataset/ferplus';
import { loadDataset } from '../../src/dataset/load';
import { tinyDataset } from '../train/tiny';
import { csvLines, pixelText, scratchFolder, writeCsv } from './files';

const PIXELS = 48 * 48;

test('the content hash depends on every label, part and pixel, and is the same for a set that goes to a file', (t) => {
  const { labels, usages, images, count, spec } = tinyDataset();
  const rows = { labels, usages, images };
  const changed = (bytes: Uint8Array) => bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1);
  const hashes = [
    rows,
    { ...rows, labels: changed(labels) },
    { ...rows, usages: changed(usages) },
    { ...rows, images: changed(images) },
  ].map(contentHash);
  assert.equal(new Set(hashes).size, 4);
  const writer = new CacheWriter(join(scratchFolder(t), 'large.bin'), spec);
  writer.writeImages(images.subarray(0, 10 * PIXELS));
  writer.writeImages(images.subarray(10 * PIXELS));
  const left = { spec, count, labels, usages, images: new Uint8Array(0) };
  const reading = {
    form: 'CSV',
    layout: 'csv' as const,
    labels: 'numbers' as const,
    parts: 'Usage',
    notes: [],
    classes: 'as numbered',
    isOrderAssumed: false,
    genuine: null,
  };
  assert.equal(writer.finish(left, { identity: 'x', reading }), hashes[0]);
});

test('among choices that lead together, each counts its share', () => {
  const votes = new Uint8Array(FERPLUS_CHOICES.length);
  votes.set([3, 2]);
  const { taggerAgreement, bestSingleAnswer } = summarizeVotes({
    path: '',
    count: 1,
    votes,
    usages: Uint8Array.of(0),
  });
  // To each of the three, the others say 2 and 2: a half. To each of the two, the others say 3 and 1: none.
  assert.equal(taggerAgreement, (3 * 0.5) / 5);
  assert.equal(bestSingleAnswer, 3 / 5);
});

test('a file that is written to while it is read is not taken', async (t) => {
  const path = writeCsv(scratchFolder(t), csvLines());
  const loading = loadDataset({ path });
  appendFileSync(path, `5,${pixelText(99)},Training\n`);
  await assert.rejects(loading, /the file changed while it was read/);
  assert.equal((await loadDataset({ path })).count, 43);
});
