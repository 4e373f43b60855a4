import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enlargeMap, rankCorrelation } from '../../src/explain/heat';
import { occlusionMap } from '../../src/explain/occlusion';

test('a map is enlarged between its values, the largest becomes 1', () => {
  const map = { values: Float32Array.of(0, 2, 0, 4), width: 2, height: 2, channels: 1 };
  // Centres of the four columns lie at -0.25, 0.25, 0.75 and 1.25 of the two.
  assert.deepEqual([...enlargeMap(map, 4)].slice(0, 4), [0, 0.125, 0.375, 0.5]);
  assert.equal(Math.max(...enlargeMap(map, 4)), 1);
  const nothing = { ...map, values: new Float32Array(4) };
  assert.deepEqual([...enlargeMap(nothing, 2)], [0, 0, 0, 0]);
});

test('rank correlation looks at the order alone, and equal values share their rank', () => {
  assert.equal(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000]), 1);
  assert.equal(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1]), -1);
  assert.equal(rankCorrelation([1, 1, 1], [1, 2, 3]), 0);
  // scipy.stats.spearmanr([1, 2, 2, 3], [1, 3, 2, 4])
  assert.ok(Math.abs(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4]) - 0.9486832980505138) < 1e-12);
});

test('covering the one part that a class hangs on takes its probability away', () => {
  const side = 8;
  const image = new Float32Array(side * side);
  image[2 * side + 2] = 1;
  // Class 1 is as probable as the pixel (2, 2) is bright.
  const predict = (images: Float32Array, count: number) =>
    Float32Array.from({ length: 2 * count }, (_, i) => {
      const level = images[(i >> 1) * side * side + 2 * side + 2]!;
      return i % 2 === 1 ? level : 1 - level;
    });
  const map = occlusionMap(image, predict, { side, classes: 2, label: 1, patch: 2, step: 2 });
  const mean = 1 / 64;
  for (const [i, loss] of map.entries()) {
    const isCovered = [2, 3].includes(i % side) && [2, 3].includes(Math.floor(i / side));
    assert.ok(Math.abs(loss - (isCovered ? 1 - mean : 0)) < 1e-6, `pixel ${i}`);
  }
});
