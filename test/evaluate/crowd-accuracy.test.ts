import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crowdAccuracies } from '../../src/evaluate/crowd-accuracy';
import { wilsonInterval } from '../../src/evaluate/intervals';
import { tableText } from '../../src/report/formats/text';
import { tableCrowdAccuracy } from '../../src/report/tables/crowd-accuracy';

const CLASSES = ['a', 'b', 'c'];
/** By row of the data: rows 0 and 5 belong to no prediction; nobody knows what leads on row 3. */
const LEADING = Int8Array.of(0, 1, 2, -1, 0, 0);

/** A classifier that says `taken` of rows 4, 3, 2, 1, whose labels are 1, 0, 2, 1 and whose leaders are 0, none, 2, 1. */
function classifier(name: string, recipe: string, taken: readonly number[]) {
  const probabilities = new Float32Array(taken.length * CLASSES.length);
  for (const [i, label] of taken.entries()) probabilities[i * CLASSES.length + label] = 1;
  const origin = { part: 'test', classes: CLASSES, weightsSha256: 'w', datasetSha256: 'd' } as const;
  const images = { rows: Uint32Array.of(4, 3, 2, 1), labels: Uint8Array.of(1, 0, 2, 1) };
  return { name, recipe, imagesLearnt: 30, predictions: { ...origin, ...images, probabilities } };
}

test('answers are counted by the labels and by what leads, each on its own images', () => {
  const [one] = crowdAccuracies([classifier('one', 'r', [1, 0, 2, 2])], LEADING);
  // Labels: hit, hit, hit, miss. Leaders of the three images that have one: miss, hit, miss.
  assert.deepEqual(one!.own, { images: 4, accuracy: 3 / 4, interval: wilsonInterval(3, 4) });
  assert.deepEqual(one!.leader, { images: 3, accuracy: 1 / 3, interval: wilsonInterval(1, 3) });
});

test('classifiers that differ in their seed are followed by their mean, others are not', () => {
  const rows = crowdAccuracies(
    [
      classifier('a1', 'a', [1, 0, 2, 2]), // 3 of 4, and 1 of 3
      { ...classifier('b1', 'b', [0, 1, 2, 1]), learnt: 'crowd-votes' }, // 2 of 4, and 3 of 3
      classifier('a2', 'a', [1, 0, 2, 1]), // 4 of 4, and 2 of 3
    ],
    LEADING,
  );
  assert.deepEqual(
    rows.map(({ names }) => names),
    [['a1'], ['a2'], ['a1', 'a2'], ['b1']],
  );
  const [, , mean, b] = rows;
  assert.equal(mean!.own.accuracy, 0.875);
  assert.ok(Math.abs(mean!.leader.accuracy - 0.5) < 1e-12);
  // Student's quantile with one degree of freedom is 12.706; the standard error of 0.75 and 1 is 0.125.
  const half = 12.706 * 0.125;
  assert.ok(Math.abs(mean!.own.interval[1] - (0.875 + half)) < 1e-3);
  assert.ok(Math.abs(mean!.own.interval[0] - (0.875 - half)) < 1e-3);
  assert.deepEqual([b!.own.accuracy, b!.leader.accuracy], [0.5, 1]);
  const text = tableText(tableCrowdAccuracy(rows, { part: 'test', isSynthetic: false }));
  assert.match(text, /mean of 2 seeds +own +30 +87\.50 .* 4 +50\.00 .* 3/);
  assert.match(text, /b1 +votes of FER\+ +30 +50\.00 .* 4 +100\.00 .* 3/);
});
