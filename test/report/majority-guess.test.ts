import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersOf, type Results } from '../../src/evaluate/results';
import { tableModels } from '../../src/publish/overview';
import { resultsDocument } from '../../src/report/document/document';
import { REPORT_FIGURES, reportFigures } from '../../src/report/figures/list';
import { formatCells } from '../../src/report/formats/cells';
import { REPORT_TABLES, reportTables } from '../../src/report/tables/list';
import { tableMistakes } from '../../src/report/tables/mistakes';
import { tableTrainings } from '../../src/report/tables/trainings';
import type { PredictedPart, Predictions } from '../../src/run/predictions';
import { temporaryFolder } from '../temporary';
import { fakeResults } from './fake-run';

const network = fakeResults(temporaryFolder(), { copies: 300 });
const SHARES = [0.14, 0.02, 0.14, 0.25, 0.17, 0.11, 0.17];

/** Says the same of every image: the shares of the classes among the training images. */
function guess(part: PredictedPart, classes: readonly string[]): Predictions {
  const labels = Uint8Array.from(
    SHARES.flatMap((share, label) => new Array<number>(Math.round(100 * share)).fill(label)),
  );
  const origin = { part, classes, weightsSha256: 'c'.repeat(64), datasetSha256: 'a'.repeat(64) };
  const rows = Uint32Array.from(labels.keys());
  const probabilities = Float32Array.from([...labels].flatMap(() => SHARES));
  return { ...origin, rows, labels, probabilities, copies: [0] };
}

function majorityResults(classes = network.dataset.classes): Results {
  return {
    classifier: {
      name: 'majority',
      kind: 'baseline',
      title: 'most frequent class',
      recipe: 'majority',
      recipeName: '',
      seed: null,
      parameters: null,
      seconds: 0,
      trainedOn: '1 core',
    },
    dataset: { ...network.dataset, classes },
    split: { protocol: 'official', seed: 0 },
    isSynthetic: false,
    training: null,
    ...numbersOf({ validation: guess('validation', classes), test: guess('test', classes), seed: 0 }),
  };
}

test('a majority guess goes through every table and figure; only training curves are for networks', () => {
  const majority = majorityResults();
  const tables = reportTables([majority, network]);
  assert.deepEqual(Object.keys(tables), Object.keys(REPORT_TABLES));
  for (const [name, table] of Object.entries(tables)) {
    const text = JSON.stringify([formatCells(table), table.title, table.notes]);
    assert.doesNotMatch(text, /undefined[^ ]|NaN|null|epoch|seed null/, name);
  }
  const figures = reportFigures(majority, [majority, network]);
  const absent = Object.keys(REPORT_FIGURES).filter((name) => !(name in figures));
  assert.deepEqual(absent, ['training-curves']);
  const [named] = formatCells(tables['table-3-recall-seeds']!);
  assert.equal(named!.at(-2), '1.000', 'all happy images are found');
  assert.deepEqual(formatCells(tableMistakes(majority, 1)), [['Angry', 'Happy', '14', '100.0 %']]);
  const models = formatCells(tableModels([majority])).find(([name]) => name === 'majority')!;
  assert.deepEqual(models.slice(2, 4), ['–', '25.00']);
  assert.deepEqual(
    tableTrainings([majority, network]).rows.map(({ classifier }) => classifier.name),
    [network.classifier.name],
  );
  assert.equal(resultsDocument([majority], []).runs[0]!.training, null);
});

test('data with other classes has a report without the paper', () => {
  const other = majorityResults(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  assert.deepEqual(Object.keys(reportTables([other, other])), [
    'confusion-matrix-table',
    'summary',
    'by-class',
    'confusion-matrix-table-without-copies',
    'by-class-without-copies',
  ]);
  assert.deepEqual(Object.keys(reportFigures(other)), [
    'by-class',
    'confusion-matrix',
    'reliability',
    'class-distribution',
    'by-class-without-copies',
    'confusion-matrix-without-copies',
    'reliability-without-copies',
  ]);
  const text = JSON.stringify([reportTables([other]), reportFigures(other)]);
  assert.doesNotMatch(text, /Happ|Neutral/);
});
