import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareModels, compareWithMean } from '../../src/evaluate/paired';
import { loadRunPredictions, openRun } from '../../src/run/open-run';
import { countHits, type PredictedPart, pickImages } from '../../src/run/predictions';
import { modelFolder } from '../../src/run/published-models';

const predictionsOf = (name: string, part: PredictedPart = 'test') =>
  loadRunPredictions(openRun(modelFolder(name)), part);

/** Points of accuracy with two decimals. */
const points = (...shares: readonly number[]) => shares.map((share) => (100 * share).toFixed(2)).join(' ');

// Hits on PublicTest and PrivateTest, and on PrivateTest without its 288 images that Training holds too. Those of the
// first two models on whole parts agree with an independent count on Kaggle's own file.
const HITS = [
  ['strong-cnn-seed1', 2499, 2551, 2297],
  ['strong-cnn-wide-distilled-seed4', 2510, 2543, 2292],
  ['strong-ensemble', 2530, 2561, 2303],
] as const;

for (const [name, publicHits, privateHits, withoutCopies] of HITS) {
  test(`${name} recognises ${publicHits} and ${privateHits} images of the official parts`, () => {
    assert.equal(countHits(predictionsOf(name, 'validation')), publicHits);
    const final = predictionsOf(name);
    assert.equal(countHits(final), privateHits);
    const copies = new Set(final.copies);
    const rest = pickImages(final, (place) => !copies.has(final.rows[place]!));
    assert.deepEqual([rest.labels.length, countHits(rest)], [3301, withoutCopies]);
  });
}

test('the differences of published models on the same images', () => {
  const seed1 = predictionsOf('strong-cnn-seed1');
  const distilled = compareModels(seed1, predictionsOf('strong-cnn-wide-distilled-seed4'));
  assert.equal(points(distilled.difference, ...distilled.interval), '-0.22 -1.16 0.71');
  assert.ok(distilled.p > 0.6 && distilled.p < 0.75);
  const ensemble = predictionsOf('strong-ensemble');
  const members = ['strong-cnn-seed1', 'strong-cnn-mixup-sgd-seed2', 'strong-cnn-mixup-adamw-seed3'].map(
    (name) => predictionsOf(name),
  );
  const overMean = compareWithMean(members, ensemble);
  assert.equal(points(overMean.difference, ...overMean.interval), '0.98 0.47 1.50');
  assert.ok(overMean.p < 0.001);
  const overBest = compareModels(seed1, ensemble);
  assert.equal(points(overBest.difference, ...overBest.interval), '0.28 -0.51 1.07');
});
