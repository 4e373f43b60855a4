import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareViews } from '../../src/evaluate/choose-views';
import { evaluatePredictions } from '../../src/evaluate/evaluation';
import { bootstrapIntervals } from '../../src/evaluate/intervals';
import { predictRows } from '../../src/predict/infer';
import { loadNetwork, loadValidation } from '../../src/run/open-run';
import { trainRun } from '../../src/train/train';
import { temporaryFolder, tinyConfig, tinyDataset } from '../train/tiny';

test('views lose where a single view is always right, and the seed of the intervals is the one that is asked for', async (t) => {
  const dataset = tinyDataset();
  const run = await trainRun(tinyConfig({ model: 'strong-cnn', learningRate: 0.003, averageDecay: 0 }), {
    dataset,
    folder: temporaryFolder(t),
  });
  const { rows } = loadValidation(run.folder);
  const network = loadNetwork(run);
  const single = predictRows(network, dataset, rows);
  network.dispose();
  const labels = dataset.labels.slice();
  for (const [i, row] of rows.entries()) {
    const some = single.subarray(7 * i, 7 * i + 7);
    labels[row] = some.indexOf(Math.max(...some));
  }
  const views = compareViews(run.folder, { ...dataset, labels });
  assert.equal(views[0]!.accuracy, 1);
  assert.ok(
    views.some(({ accuracy }) => accuracy < 1),
    'the views differ somewhere',
  );
  for (const { accuracy, difference } of views.slice(1))
    assert.ok(Math.abs(difference!.difference - (accuracy - 1)) < 1e-12);

  const predictions = loadValidation(run.folder);
  const { confusion, intervals } = evaluatePredictions(predictions, { seed: 7 });
  const [macroF1] = bootstrapIntervals(confusion, 7, ({ macro }) => [macro.f1]);
  assert.deepEqual(intervals.macro.f1, macroF1);
  assert.notDeepEqual(
    bootstrapIntervals(confusion, 0, ({ macro }) => [macro.f1])[0],
    macroF1,
    'seeds are told apart',
  );
});
