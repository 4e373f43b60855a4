import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Numbers } from '../../src/evaluate/results';
import { listNumbers } from '../../src/publish/numbers';
import { describeTolerance, exactTolerances, looseTolerances } from '../../src/publish/tolerance';
import { distinctResults } from '../report/distinct-results';
import { temporaryFolder } from '../temporary';

test('with equal pixels whole numbers must be equal and others may differ by .0001', () => {
  const tolerances = exactTolerances({ count: 5, shares: [0.5, 1], deep: { loss: 1.25 } });
  assert.deepEqual(
    [...tolerances],
    [
      ['count', 0],
      ['shares.0', 1e-4],
      ['shares.1', 0],
      ['deep.loss', 1e-4],
    ],
  );
});

const { validation, test: tested, tempered } = distinctResults(temporaryFolder(), { seed: 1, start: 7 });
const published: Numbers = { validation, test: tested, tempered };

for (const [share, widths] of [
  [0.0999, 0.25],
  [0.1, 1],
  [0.6, 1],
] as const) {
  test(`with ${share} of the images changed a metric may differ by ${widths} widths of its interval`, () => {
    const tolerances = looseTolerances(published, share);
    assert.deepEqual(
      [...tolerances.keys()],
      listNumbers(published).map(({ name }) => name),
    );
    const values = new Map(listNumbers(published).map(({ name, value }) => [name, value]));
    let metrics = 0;
    for (const [name, tolerance] of tolerances) {
      const ends = [0, 1].map((end) => values.get(`${name.replace('.metrics.', '.intervals.')}.${end}`));
      if (
        /(ExpectedCalibrationError|expectedCalibrationError|negativeLogLikelihood|brierScore)$/.test(name)
      ) {
        assert.equal(tolerance, 0.03, name);
      } else if (name.includes('.metrics.') && ends[0] !== undefined) {
        metrics++;
        assert.ok(Math.abs(tolerance! - widths * (ends[1]! - ends[0])) < 1e-12, name);
      } else {
        assert.equal(tolerance, null, name);
      }
    }
    // Accuracy, three metrics of seven classes and their means, of two parts, with and without copies.
    assert.ok(metrics >= 2 * 22, String(metrics));
  });
}

test('the words say which tolerance holds', () => {
  assert.match(describeTolerance(0), /must be equal; other numbers may differ by 0\.0001/);
  assert.match(describeTolerance(0.05), /by a quarter of the width/);
  assert.match(describeTolerance(0.1), /by the width of/);
});
