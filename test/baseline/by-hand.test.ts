import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestBin } from '../../src/baseline/classifiers/best-bin';
import { binFeatures } from '../../src/baseline/classifiers/feature-bins';
import { NEAREST_MEAN } from '../../src/baseline/classifiers/nearest-mean';
import { weightsByName } from '../../src/engine/weights';
import { randomStream } from '../../src/random';

const CLASSES = 3;

/** What a division after each bin is worth, counted anew for each. */
function puritiesByHand(labels: Uint8Array, rows: Uint32Array, column: Uint8Array, leafImages: number) {
  const worth = (some: Uint32Array) => {
    const counts = [0, 1, 2].map((label) => some.filter((row) => labels[row] === label).length);
    return counts.reduce((sum, count) => sum + count ** 2, 0) / some.length;
  };
  return [...new Set(rows.map((row) => column[row]!))].flatMap((bin) => {
    const sides = [rows.filter((row) => column[row]! <= bin), rows.filter((row) => column[row]! > bin)];
    if (sides.some(({ length }) => length === 0 || length < leafImages)) return [];
    return [{ bin, purity: worth(sides[0]!) + worth(sides[1]!) }];
  });
}

for (const count of [60, 700]) {
  test(`the best division of ${count} images is that of all tried one by one, with enough images on both sides`, () => {
    const { integer } = randomStream(count, 'bins');
    const labels = Uint8Array.from({ length: count }, () => integer(CLASSES));
    const column = Uint8Array.from(labels, (label) => integer(8) + 3 * label);
    const rows = Uint32Array.from({ length: count }, () => integer(count)); // some more than once
    const features = { values: new Float32Array(count), count, width: 1 };
    const set = { features, labels, classes: CLASSES };
    for (const leafImages of [1, 10, count / 2 - 4]) {
      const all = puritiesByHand(labels, rows, column, leafImages);
      const best = bestBin(set, rows, column, leafImages);
      if (all.length === 0) assert.equal(best, null);
      else {
        const largest = Math.max(...all.map(({ purity }) => purity));
        assert.ok(Math.abs(best!.purity - largest) < 1e-9 * largest, `${best!.purity}, not ${largest}`);
        assert.ok(all.some(({ bin, purity }) => bin === best!.bin && Math.abs(purity - largest) < 1e-9));
      }
    }
  });
}

test('a value is in the first bin whose upper end it does not exceed', () => {
  const values = Float32Array.of(3, 1, 2, 2, 5);
  const { columns, edges } = binFeatures({ values, count: 5, width: 1 });
  assert.deepEqual([...edges[0]!], [1, 2, 3]);
  assert.deepEqual([...columns[0]!], [2, 0, 1, 1, 3]);
});

test('the nearest mean is as sure as the distances are long beside those of the training images', () => {
  const matrix = (...values: number[]) => ({
    ...{ values: Float32Array.from(values), count: values.length, width: 1 },
  });
  const set = { features: matrix(0, 4, 8, 12), labels: Uint8Array.of(0, 0, 1, 1), classes: 2 };
  const weights = weightsByName(NEAREST_MEAN.fit(set, { settings: {}, seed: 1 }));
  // The means are 2 and 10, each image lies 2 from its own; 5 is 3 and 5 away from them.
  const [first, second] = NEAREST_MEAN.predict(weights, matrix(5));
  const expected = 1 / (1 + Math.exp((9 - 25) / 4));
  assert.ok(Math.abs(first! - expected) < 1e-6 && Math.abs(second! - (1 - expected)) < 1e-6, `${first}`);
});
