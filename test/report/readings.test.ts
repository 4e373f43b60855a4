import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plotBrightness } from '../../src/report/figures/brightness';
import { cellsOf } from '../../src/report/table';
import { tableSeeds } from '../../src/report/tables/seeds';
import { temporaryFolder } from '../temporary';
import { tinyDataset } from '../train/tiny';
import { fakeResults } from './fake-run';

test('the columns of accuracy over seeds bear the names of their readings', () => {
  const results = fakeResults(temporaryFolder());
  const table = tableSeeds([results], 'accuracy');
  const [happy] = cellsOf(table);
  const { oneVsRestAccuracy, recall } = results.test.metrics.perClass[3]!;
  assert.notEqual(oneVsRestAccuracy.toFixed(3), recall.toFixed(3));
  for (const [name, value] of [
    ['one-vs-rest', oneVsRestAccuracy],
    ['recall', recall],
  ] as const) {
    const at = table.columns.findIndex((column) => column.name.includes(name));
    assert.equal(happy![at], value.toFixed(3), name);
  }
});

test('a box of brightness has the quartiles and the 5th and 95th of a hundred', () => {
  const labels = Uint8Array.from({ length: 101 }, () => 2);
  const dataset = { ...tinyDataset(), count: 101, labels };
  const brightness = Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
  const boxes = plotBrightness(dataset, brightness).data as unknown as Record<string, number[]>[];
  const { lowerfence, q1, median, q3, upperfence } = boxes[2]!;
  assert.deepEqual([lowerfence, q1, median, q3, upperfence].flat(), [5, 25, 50, 75, 95]);
});
