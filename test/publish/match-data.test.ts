import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { pixelsPerImage } from '../../src/dataset/spec';
import { alignData } from '../../src/publish/align';
import {
  fingerprintFile,
  fingerprintOf,
  loadFingerprint,
  saveFingerprint,
} from '../../src/publish/fingerprint';
import { matchData } from '../../src/publish/match-data';
import { temporaryFolder } from '../temporary';
import { tinyDataset } from '../train/tiny';

const dataset = tinyDataset();
const published = fingerprintOf(dataset);
const SIZE = pixelsPerImage(dataset.spec);

/** The dataset with its rows in another order: row i holds what row `order[i]` held. */
function reordered(order: readonly number[], from: ImageDataset = dataset): ImageDataset {
  const images = new Uint8Array(from.images.length);
  for (const [i, row] of order.entries())
    images.set(from.images.subarray(row * SIZE, (row + 1) * SIZE), i * SIZE);
  const pick = (values: Uint8Array) => Uint8Array.from(order, (row) => values[row]!);
  return { ...from, images, labels: pick(from.labels), usages: pick(from.usages) };
}

const changed = (rows: readonly number[]): ImageDataset => {
  const images = Uint8Array.from(dataset.images);
  for (const row of rows) images[row * SIZE + 7]! ^= 1;
  return { ...dataset, images };
};

const all = [...published.digests.keys()];
const countOf = (matches: readonly string[]) =>
  Object.fromEntries(
    [...new Set(matches)].map((match) => [match, matches.filter((m) => m === match).length]),
  );

test('the same data is matched row by row, and in another order image by image', () => {
  const same = matchData(published, dataset);
  assert.deepEqual([...same.rows], all);
  assert.deepEqual(countOf(same.matches), { equal: 70 });
  const order = [...all].reverse();
  const turned = matchData(published, reordered(order));
  assert.deepEqual([...turned.rows], order, 'published row i stands where the order says i');
  assert.deepEqual(countOf(turned.matches), { equal: 70 });
});

test('single other images are not taken for the published ones; compressed ones in order are', () => {
  const single = matchData(published, changed([10, 52]));
  assert.deepEqual(countOf(single.matches), { equal: 68, unplaced: 2 });
  assert.deepEqual([single.matches[10], single.matches[52]], ['unplaced', 'unplaced']);
  assert.deepEqual(
    [...single.rows].sort((a, b) => a - b),
    all,
    'each row stands for one image',
  );
  const compressed = matchData(published, changed(all));
  assert.deepEqual([...compressed.rows], all);
  assert.deepEqual(countOf(compressed.matches), { 'other-pixels': 70 });
});

test('compressed images in another order are known by part and label alone', () => {
  const order = [...all].reverse();
  const copy = reordered(order, changed(all));
  const { rows, matches } = matchData(published, copy);
  assert.deepEqual(countOf(matches), { unplaced: 70 });
  for (const [row, own] of rows.entries()) {
    assert.equal(copy.labels[own], dataset.labels[row]);
    assert.equal(copy.usages[own], dataset.usages[row]);
  }
});

test('labels that were exchanged between copies of one image go with the image', () => {
  const images = Uint8Array.from(dataset.images);
  images.copyWithin(SIZE, 0, SIZE); // rows 0 and 1 hold the same image, with labels 0 and 1
  const twins = { ...dataset, images };
  const labels = Uint8Array.from(dataset.labels);
  [labels[0], labels[1]] = [labels[1]!, labels[0]!];
  const { rows, matches } = matchData(fingerprintOf(twins), { ...twins, labels });
  assert.deepEqual([rows[0], rows[1], matches[0], matches[1]], [1, 0, 'equal', 'equal']);
});

test('another order of the data is put into the published one, with the published labels and hash', (t) => {
  const models = temporaryFolder(t);
  saveFingerprint(models, dataset);
  const { sha256 } = dataset.source;
  assert.equal(alignData(models, sha256, dataset).dataset, dataset);
  const other = reordered([...all].reverse());
  const copy = { ...other, source: { ...other.source, sha256: 'of the other order' } };
  const { dataset: aligned, matches } = alignData(models, sha256, copy);
  assert.deepEqual(aligned, dataset);
  assert.deepEqual(countOf(matches), { equal: dataset.count });
});

test('another data set is refused with the reason', () => {
  const few = { ...reordered(all.slice(1)), count: 69 };
  assert.throws(() => matchData(published, few), /69 images instead of 70/);
  const labels = Uint8Array.from(dataset.labels);
  labels[69] = 0;
  assert.throws(
    () => matchData(published, { ...dataset, labels }),
    /PrivateTest has 1 (more|fewer) images? of/,
  );
  const usages = Uint8Array.from(dataset.usages);
  usages[69] = 0;
  assert.throws(() => matchData(published, { ...dataset, usages }), /images of Neutral than published/);
  const spec = { ...dataset.spec, name: 'other' };
  assert.throws(() => matchData(published, { ...dataset, spec }), /they come from sample, but this is other/);
});

test('a fingerprint is read as it was written; a damaged or foreign one is refused', (t) => {
  const models = temporaryFolder(t);
  saveFingerprint(models, dataset);
  const { sha256 } = dataset.source;
  assert.deepEqual(loadFingerprint(models, sha256), published);
  const path = fingerprintFile(models, sha256);
  const text = readFileSync(path, 'utf8');
  const refuses = (damaged: string, message: RegExp) => {
    writeFileSync(path, damaged);
    assert.throws(() => loadFingerprint(models, sha256), message);
  };
  refuses(text.replace('\n0,1,', '\n0,1;'), /line 3 is damaged/);
  refuses(text.split('\n').slice(0, 20).join('\n'), /19 images instead of 70/);
  refuses(text.replace(sha256, 'x'), /not the fingerprint of this data/);
  assert.throws(() => loadFingerprint(models, 'none'), /no such file/);
});
