import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureQuality } from '../../src/dataset/quality';
import { SAMPLE } from '../../src/dataset/specs/sample';

test('brightness, contrast and sharpness of images that can be worked out by hand', () => {
  const images = new Uint8Array(3 * 2304).fill(90, 0, 2304);
  // Second image: columns of 0 and 200 in turn. Third: one bright pixel away from the edge.
  for (let i = 0; i < 2304; i++) images[2304 + i] = i % 2 === 0 ? 0 : 200;
  images[2 * 2304 + 10 * 48 + 10] = 255;
  const { brightness, contrast, sharpness } = measureQuality({ spec: SAMPLE, count: 3, images });
  assert.deepEqual([brightness[0], contrast[0], sharpness[0]], [90, 0, 0]);
  assert.deepEqual([brightness[1], contrast[1]], [100, 100]);
  // Laplacian: +400 at dark and -400 at bright pixels, as many of each.
  assert.equal(sharpness[1], 160_000);
  // One -1020 and four 255 among 46 x 46 inner pixels: their mean is 0.
  assert.ok(Math.abs(sharpness[2]! - (1020 ** 2 + 4 * 255 ** 2) / 46 ** 2) < 0.01);
});
