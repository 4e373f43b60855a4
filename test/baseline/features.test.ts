import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FeatureExtractor } from '../../src/baseline/features/feature';
import { batchOf, extractFeatures, rowOf } from '../../src/baseline/features/feature';
import { HOG } from '../../src/baseline/features/hog';
import { LBP } from '../../src/baseline/features/lbp';
import { networkFeatures } from '../../src/baseline/features/network-features';
import { PIXELS } from '../../src/baseline/features/pixels';
import { denseSift, gridCentres, SIFT_WIDTH } from '../../src/baseline/features/sift';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { Network } from '../../src/engine/network';
import { weightsByName } from '../../src/engine/weights';
import { buildModel } from '../../src/model/models';
import { normalize } from '../../src/preprocess/normalize';
import { randomStream } from '../../src/random';
import { askPython } from './python';

const SIDE = 48;

type Name = 'hog' | 'lbp' | 'sift';

/** A flat image, waves of several lengths, and noise, in which neighbours are often equal. */
function images(): number[][] {
  const { integer } = randomStream(1, 'feature images');
  const flat = Array<number>(SIDE * SIDE).fill(100);
  const waves = [2, 5, 11].map((length) =>
    flat.map((_, i) => Math.round(127 + 90 * Math.sin(i / length) * Math.cos(i / SIDE / length))),
  );
  const noise = [256, 256, 4].map((levels) => flat.map(() => integer(levels)));
  return [flat, ...waves, ...noise];
}

test('HOG, LBP and SIFT agree with scikit-image', () => {
  const given = images();
  const expected = askPython<Record<Name, number[][]>>('features.py', {
    side: SIDE,
    centres: gridCentres(SIDE),
    images: given,
  });
  const compare = (name: Name, { width, extract }: FeatureExtractor) => {
    for (const [k, image] of given.entries()) {
      const ours = new Float32Array(width(SIDE));
      extract(Uint8Array.from(image), SIDE, ours);
      assert.equal(ours.length, expected[name][k]!.length);
      const worst = ours.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - expected[name][k]![i]!)),
        0,
      );
      assert.ok(worst < 1e-6, `${name} of image ${k} differs by ${worst}`);
    }
  };
  compare('hog', HOG);
  compare('lbp', LBP);
  const width = (side: number) => gridCentres(side).length ** 2 * SIFT_WIDTH;
  compare('sift', { width, extract: (image, side, target) => target.set(denseSift(image, side)) });
});

test('features of a batch are those of its rows', () => {
  const bytes = Uint8Array.from({ length: 3 * 4 }, (_, i) => i * 20);
  const data = { spec: { side: 2 }, images: bytes };
  const matrix = extractFeatures(PIXELS, batchOf(data, Uint32Array.from([2, 0])));
  assert.deepEqual([matrix.count, matrix.width], [2, 4]);
  const shares = (levels: number[]) => Float32Array.from(levels, (level) => level / 255);
  assert.deepEqual(rowOf(matrix, 0), shares([160, 180, 200, 220]));
  assert.deepEqual(rowOf(matrix, 1), shares([0, 20, 40, 60]));
});

test('the last layer makes of the features of a network what the network makes of the images', (t) => {
  const side = 48;
  const network = Network.build(buildModel('light-cnn', FER2013), { seed: 4 });
  t.after(() => network.dispose());
  const count = 70; // more than a batch
  const bytes = Uint8Array.from({ length: count * side * side }, (_, i) => (i * 31 + (i >> 7)) % 256);
  const rows = Uint32Array.from({ length: count }, (_, i) => count - 1 - i);
  const weight = weightsByName(network.weights());
  const extractor = networkFeatures('any', 'light-cnn').extractor(weight);
  const matrix = extractFeatures(extractor, batchOf({ spec: { side }, images: bytes }, rows));
  assert.deepEqual([matrix.count, matrix.width], [count, 96]);
  const expected = network.logits(normalize(bytes));
  const [kernel, bias] = [weight('dense-2/kernel').values, weight('dense-2/bias').values];
  for (const [place, row] of rows.entries())
    for (let k = 0; k < 7; k++) {
      const sum = rowOf(matrix, place).reduce(
        (total, value, j) => total + value * kernel[7 * j + k]!,
        bias[k]!,
      );
      assert.ok(Math.abs(sum - expected[7 * row + k]!) < 1e-4, `image ${row}, class ${k}`);
    }
});
