import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { drawContactSheet } from '../../src/dataset/contact-sheet';
import { SAMPLE } from '../../src/dataset/specs/sample';

test('images lie side by side in file order, twice enlarged', async () => {
  const images = new Uint8Array(4 * 2304);
  for (const i of [0, 1, 2, 3]) images.fill(60 * i, i * 2304, (i + 1) * 2304);
  const png = await drawContactSheet({ spec: SAMPLE, images }, { rows: 2, columns: 2 });
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [192, 192]);
  const at = (x: number, y: number) => data[y * 192 + x];
  assert.deepEqual([at(0, 0), at(191, 95), at(95, 96), at(96, 96)], [0, 60, 120, 180]);
});
