import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchOf, type FeatureMatrix, rowOf } from '../../src/baseline/features/feature';
import { denseSift, gridCentres, SIFT_WIDTH } from '../../src/baseline/features/sift';
import { VISUAL_WORDS, wordCounter } from '../../src/baseline/features/visual-words';
import { learnVocabulary } from '../../src/baseline/features/vocabulary';
import { randomStream } from '../../src/random';
import { askPython } from './python';

const SIDE = 48;
const matrix = (rows: readonly (readonly number[])[]): FeatureMatrix => ({
  values: Float32Array.from(rows.flat()),
  count: rows.length,
  width: rows[0]!.length,
});
const listed = (rows: FeatureMatrix) => Array.from({ length: rows.count }, (_, i) => [...rowOf(rows, i)]);

/** Three clouds that don't touch. */
function clouds(): FeatureMatrix {
  const { normal } = randomStream(3, 'vocabulary clouds');
  const middles = [
    [0, 0],
    [10, 0],
    [0, 10],
  ];
  return matrix(
    Array.from({ length: 90 }, (_, i) => middles[i % 3]!.map((middle) => middle + 0.5 * normal())),
  );
}

test('the vocabulary holds the centres that k-means of scikit-learn finds', () => {
  const rows = clouds();
  const ours = listed(learnVocabulary(rows, { words: 3, seed: 1 })).sort((a, b) => a[0]! - b[0]!);
  const theirs = askPython<number[][]>('vocabulary.py', { rows: listed(rows), words: 3 });
  for (const [i, centre] of theirs.sort((a, b) => a[0]! - b[0]!).entries())
    for (const [j, value] of centre.entries())
      assert.ok(Math.abs(value - ours[i]![j]!) < 1e-5, `${ours[i]} instead of ${centre}`);
});

test('each word counts once in the whole image, in its quarter and in its ninth', () => {
  const { integer } = randomStream(4, 'word image');
  // Noise in the upper left corner; elsewhere no gradient, whose descriptors are zeros.
  const image = Uint8Array.from({ length: SIDE * SIDE }, (_, i) =>
    i % SIDE < 6 && i < 6 * SIDE ? integer(256) : 0,
  );
  const along = gridCentres(SIDE).length;
  const descriptors = denseSift(image, SIDE);
  const isFlat = (i: number) =>
    descriptors.subarray(i * SIFT_WIDTH, (i + 1) * SIFT_WIDTH).every((value) => value === 0);
  const noisy = Array.from({ length: along ** 2 }, (_, i) => i).filter((i) => !isFlat(i));
  assert.ok(noisy.length > 0 && noisy.every((i) => i % along < 3 && i < 3 * along), 'in the first ninth');
  // The first word is nearest to zeros, the second to every descriptor of length 1 that is not far from even.
  const even = new Array<number>(SIFT_WIDTH).fill(1 / SIFT_WIDTH);
  const counter = wordCounter(matrix([new Array<number>(SIFT_WIDTH).fill(0), even]));
  const counts = new Float32Array(counter.width(SIDE));
  counter.extract(image, SIDE, counts);
  const shares = Array.from({ length: 14 }, (_, region) => counts[2 * region + 1]! ** 2);
  const close = (share: number, expected: number) =>
    assert.ok(Math.abs(share - expected) < 1e-6, `${share} instead of ${expected}`);
  close(shares[0]!, noisy.length / 81);
  close(shares[1]!, noisy.length / 25); // five of nine rows and columns lie in the first quarter
  close(shares[5]!, noisy.length / 9);
  for (const region of [2, 3, 4, 6, 13]) close(shares[region]!, 0);
  close(counts[0]! ** 2 + counts[1]! ** 2, 1);
});

test('a vocabulary depends on images and seed, and on nothing else', () => {
  const { integer } = randomStream(5, 'vocabulary images');
  const images = Uint8Array.from({ length: 4 * SIDE * SIDE }, () => integer(256));
  const batch = batchOf({ spec: { side: SIDE }, images }, Uint32Array.of(0, 1, 2, 3));
  const learn = (seed: number) => VISUAL_WORDS.learn(batch, seed)[0]!.values;
  const one = learn(1);
  assert.equal(one.length, 128 * SIFT_WIDTH);
  assert.deepEqual(learn(1), one);
  assert.notDeepEqual(learn(2), one);
});
