import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mixNeighbours } from '../../src/augment/mixup';
import { randomStream } from '../../src/random';

const mix = (images: Float32Array, count: number, alpha = 0.4) =>
  mixNeighbours(images, count, { alpha, stream: randomStream(3, 'mixup', 0) });

test('each image is mixed with the next, the last with the first', () => {
  const images = Float32Array.of(0, 1, 0.25, 0.5, 1, 0);
  const { partners, shares } = mix(images, 3);
  assert.deepEqual([...partners], [1, 2, 0]);
  const [a = 0, b = 0, c = 0] = shares;
  const expected = [
    [0.25 * (1 - a), a + 0.5 * (1 - a)],
    [0.25 * b + (1 - b), 0.5 * b],
    [c, 1 - c],
  ].flat();
  for (const [i, value] of expected.entries()) assert.ok(Math.abs(images[i]! - value) < 1e-6, `${i}`);
  assert.deepEqual(mix(Float32Array.of(0, 1, 0.25, 0.5, 1, 0), 3).shares, shares);
});

test('shares are those of a Beta distribution, folded to the larger half', () => {
  for (const alpha of [0.05, 0.2, 1, 3]) {
    const { shares } = mix(new Float32Array(20_000), 20_000, alpha);
    assert.ok(shares.every((share) => share >= 0.5 && share <= 1));
    // The variance of Beta(a, a) is 1 / (4 (2a + 1)); folding keeps the square of the distance to a half.
    const spread = shares.reduce((sum, share) => sum + (share - 0.5) ** 2, 0) / shares.length;
    assert.ok(Math.abs(spread - 1 / (4 * (2 * alpha + 1))) < 0.003, `alpha ${alpha}: ${spread}`);
  }
});

test('an image alone in its batch stays as it is', () => {
  const images = Float32Array.of(0.5, 0.75);
  const { partners } = mix(images, 1);
  assert.deepEqual([...images], [0.5, 0.75]);
  assert.deepEqual([...partners], [0]);
});
