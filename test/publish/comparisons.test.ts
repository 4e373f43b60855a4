import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { formatP } from '../../src/evaluate/paired';
import { projectRoot } from '../../src/paths';
import { comparePublished } from '../../src/publish/comparisons';
import { formatCells } from '../../src/report/formats/cells';
import { cellsOf } from '../../src/report/table';
import { tableComparisons } from '../../src/report/tables/comparisons';

/** Whether each test image was named correctly, read without the code under test. */
function hits(model: string): boolean[] {
  const text = readFileSync(join(projectRoot(), 'models', model, 'predictions-test.csv'), 'utf8');
  const lines = text.split('\n').filter((line) => /^\d+,\d,/.test(line));
  return lines.map((line) => {
    const [, label, ...probabilities] = line.split(',').map(Number);
    return probabilities.indexOf(Math.max(...probabilities)) === label;
  });
}

test('published models are compared on the same images, and corrected for their number', () => {
  const names = ['strong-cnn-wide-distilled-seed4', 'strong-ensemble'];
  const compared = comparePublished(names, 'strong-cnn-seed1');
  const first = hits('strong-cnn-seed1');
  for (const [i, { name, difference }] of compared.entries()) {
    const own = hits(name);
    const gained = own.filter((hit, image) => hit && !first[image]).length;
    const lost = own.filter((hit, image) => !hit && first[image]).length;
    assert.equal(name, names[i]);
    assert.deepEqual(
      [difference.onlySecond, difference.onlyFirst, difference.images],
      [gained, lost, own.length],
    );
    const [low, high] = difference.interval;
    const [lower, upper] = difference.simultaneousInterval;
    assert.ok(lower < low && low < difference.difference && difference.difference < high && high < upper);
    assert.ok(difference.correctedP >= difference.p);
    const table = tableComparisons(compared, { isSynthetic: false });
    assert.deepEqual(cellsOf(table)[i]!.slice(3), [
      [100 * low, 100 * high],
      formatP(difference.p),
      [100 * lower, 100 * upper],
      formatP(difference.correctedP),
    ]);
    const cells = formatCells(table)[i]!;
    const points = ((100 * (gained - lost)) / own.length).toFixed(2);
    assert.deepEqual(cells.slice(0, 3), [
      name,
      'strong-cnn-seed1',
      points.replace('-', '−').replace(/^(?=\d)/, '+'),
    ]);
  }
});

test('a model of another split is not compared', () => {
  assert.throws(() => comparePublished(['paper-cnn-plain-seed1'], 'strong-cnn-seed1'), /different images/);
});
