import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSample } from '../../src/dataset/sample';
import { findChromium } from '../lab/browser';
import { largestDifference } from './browser-probabilities';

const chromium = findChromium();

test('the browser gives drawn faces the probabilities of TensorFlow within 1e-4', {
  skip: chromium || process.env.CI ? false : 'no Chromium',
}, async () => {
  const { images, spec } = buildSample({ seed: 5 });
  const { largest, count } = await largestDifference(chromium!, images.subarray(0, 70 * spec.side ** 2));
  assert.equal(count, 70);
  assert.ok(largest <= 1e-4, `${largest}`);
});
