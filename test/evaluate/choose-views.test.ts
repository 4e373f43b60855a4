import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { compareViews, keepViews } from '../../src/evaluate/choose-views';
import { evaluateFinal } from '../../src/evaluate/final';
import { predictRows } from '../../src/predict/infer';
import { emptyMemory, predictRun } from '../../src/predict/predict-run';
import { tableViews } from '../../src/report/tables/views';
import { loadNetwork, loadRunPredictions, openNetworkRun, openRun } from '../../src/run/open-run';
import { countHits } from '../../src/run/predictions';
import { saveRecord } from '../../src/run/record-file';
import { runFiles } from '../../src/run/run-folder';
import { trainRun } from '../../src/train/train';
import { ensembleOf } from '../run/records';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from '../train/tiny';

test('views are compared on validation, kept before the final evaluation, and refused after it', async (t) => {
  const dataset = tinyDataset();
  const run = await trainRun(tinyConfig({ epochs: 1 }), { dataset, folder: temporaryFolder(t) });
  const before = loadRunPredictions(openRun(run.folder), 'validation');
  const checksums = t.mock.method(zlib, 'crc32');
  const results = compareViews(run.folder, dataset);
  const { length } = checksums.mock.calls;
  assert.equal(length, dataset.count, 'copies are looked for once, not for each kind of views');
  checksums.mock.restore();
  assert.deepEqual(
    results.map(({ views, viewCount }) => [views, viewCount]),
    [
      ['single', 1],
      ['mirror', 2],
      ['mirror-and-shifts', 10],
      ['mirror-shifts-and-turns', 14],
    ],
  );
  assert.equal(results[0]!.accuracy, countHits(before) / before.labels.length);
  assert.equal(results[0]!.difference, null);
  assert.deepEqual(loadRunPredictions(openRun(run.folder), 'validation'), before, 'comparing writes nothing');
  const table = tableViews(results, { isSynthetic: true });
  assert.equal(table.rows.length, 4);
  assert.match(table.title!, /\(synthetic sample\)$/);

  keepViews(run.folder, dataset, 'mirror-shifts-and-turns');
  const { record } = openRun(run.folder);
  assert.deepEqual(record, {
    ...run.record,
    config: { ...run.record.config, testTimeViews: 'mirror-shifts-and-turns' },
  });
  assert.deepEqual(JSON.parse(readFileSync(runFiles(run.folder).config, 'utf8')), record.config);
  const network = loadNetwork(openNetworkRun(run.folder));
  t.after(() => network.dispose());
  const kept = loadRunPredictions(openRun(run.folder), 'validation');
  const expected = predictRows(network, dataset, kept.rows, 'mirror-shifts-and-turns');
  assert.deepEqual(kept.probabilities, expected);
  assert.notDeepEqual(kept.probabilities, before.probabilities);
  const memory = emptyMemory();
  assert.deepEqual(predictRun(run, dataset, kept.rows, memory), before.probabilities);
  assert.deepEqual(predictRun(openNetworkRun(run.folder), dataset, kept.rows, memory), expected);

  assert.throws(() => compareViews(run.folder, tinyDataset(2)), /was given/);
  saveRecord(runFiles(run.folder).record, ensembleOf(record));
  assert.throws(() => compareViews(run.folder, dataset), /an ensemble has no network of its own/);
  saveRecord(runFiles(run.folder).record, record);
  evaluateFinal(run.folder, dataset);
  assert.throws(
    () => keepViews(run.folder, dataset, 'mirror'),
    /already evaluated on its test part with its present views/,
  );
});
