import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import sharp from 'sharp';
import { buildSample } from '../../src/dataset/sample';
import type { PackedImages } from '../../src/site/client/packed';
import { writePictures } from '../../src/site/data/pictures';

test('sheets hold every picture of the data in its place, with its brightness', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-pictures-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'data'));
  const sample = buildSample({ seed: 3 });
  await writePictures(folder, sample);

  const scope: { ferlab?: { images: { all: PackedImages } } } = {};
  runInNewContext(readFileSync(join(folder, 'data', 'images.js'), 'utf8'), scope);
  const { brightness, votes, sheets } = scope.ferlab!.images.all;
  assert.equal(votes, null);
  assert.equal(brightness.length, sample.count);
  assert.equal(readdirSync(join(folder, 'pictures')).length, Math.ceil(sample.count / sheets.images));

  const { side, columns, images } = sheets;
  for (const row of [0, 41, 1234, sample.count - 1]) {
    const place = row % images;
    const region = {
      left: (place % columns) * side,
      top: Math.floor(place / columns) * side,
      width: side,
      height: side,
    };
    const { data } = await sharp(join(folder, 'pictures', `${Math.floor(row / images)}.png`))
      .extract(region)
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const own = sample.images.subarray(row * side * side, (row + 1) * side * side);
    assert.deepEqual(new Uint8Array(data), new Uint8Array(own), `row ${row}`);
    const mean = own.reduce((sum, level) => sum + level, 0) / own.length;
    assert.equal(brightness[row], Math.round(mean));
  }
});
