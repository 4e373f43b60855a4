import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { pairedInterval } from '../../src/evaluate/paired-interval';
import { projectRoot } from '../../src/paths';
import { saveJson } from '../../src/run/json-file';
import { loadSavedResults } from '../../src/study/results-file';
import { temporaryFolder } from '../temporary';

const PUBLISHED = join(projectRoot(), 'studies', 'strong-cnn-ablations.results.json');

/** The first form of published results. */
const old = () => {
  const results = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'results-1.json'), 'utf8'));
  return results as { dataset: object; variants: Record<string, unknown>[] };
};

test('results of the first form get a machine list, the data set by name, and intervals of their own counts', () => {
  const { dataset, variants } = loadSavedResults(join(__dirname, 'fixtures', 'results-1.json'));
  assert.equal(dataset.spec, FER2013.name);
  assert.deepEqual(dataset.classes, FER2013.classes);
  assert.equal(variants.length, old().variants.length);
  for (const [i, variant] of variants.entries()) {
    const before = old().variants[i]!;
    assert.deepEqual(variant.machines, [before.machine]);
    assert.equal(variant.accuracy, before.accuracy);
    if (variant.difference) assert.deepEqual(variant.difference.interval, pairedInterval(variant.difference));
  }
});

test('results survive writing and reading, and are refused when they are no results', (t) => {
  const path = join(temporaryFolder(t), 'results.json');
  const results = loadSavedResults(PUBLISHED);
  saveJson(path, results);
  assert.deepEqual(loadSavedResults(path), results);
  for (const [change, message] of [
    [{ variants: [] }, /variants: /],
    [{ variants: [{ ...results.variants[0], accuracy: 71 }] }, /variants\.0\.accuracy: /],
    [{ format: 'ferlab-study-results-3' }, /"ferlab-study-results-3" where/],
    [{ title: undefined }, /title: /],
  ] as const) {
    writeFileSync(path, JSON.stringify({ ...results, ...change }));
    assert.throws(() => loadSavedResults(path), message);
  }
});
