import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pixelsOf } from '../../src/dataset/image-source';
import { loadDataset } from '../../src/dataset/load';
import { splitDataset } from '../../src/dataset/split';
import { findChromium } from '../lab/browser';
import { findFer2013 } from '../real-data';
import { largestDifference } from './browser-probabilities';

const chromium = findChromium();
const { path, skip } = findFer2013();

test('the browser gives the whole validation part the probabilities of TensorFlow within 1e-4', {
  skip: skip || (chromium || process.env.CI ? false : 'no Chromium'),
}, async (t) => {
  const dataset = await loadDataset({ path });
  const { validation } = splitDataset(dataset, { protocol: 'official', seed: 1 });
  const size = dataset.spec.side ** 2;
  const pixels = pixelsOf(dataset, validation);
  const images = new Uint8Array(validation.length * size);
  for (let i = 0; i < validation.length; i++)
    images.set(pixels.bytes.subarray(pixels.offset(i), pixels.offset(i) + size), i * size);
  const { largest, count } = await largestDifference(chromium!, images);
  t.diagnostic(`largest difference over ${count} images: ${largest}`);
  assert.ok(largest <= 1e-4, `${largest}`);
});
