import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { findDuplicateGroups } from '../../src/dataset/duplicates';
import { loadDataset } from '../../src/dataset/load';
import { loadRunPredictions, openRun } from '../../src/run/open-run';
import { partsOf } from '../../src/run/parts';
import { modelFolder, modelNames } from '../../src/run/published-models';
import { evaluatedOn, splitOf } from '../../src/run/record';
import { findFer2013 } from '../real-data';

describe('no published model is evaluated on what it was trained on', { skip: findFer2013().skip }, () => {
  let dataset: ImageDataset;
  let groups: Uint32Array;
  before(async () => {
    dataset = await loadDataset({ path: findFer2013().path });
    groups = findDuplicateGroups(dataset);
  });

  for (const name of modelNames()) {
    test(`${name}: no row of its own training part; copies as its protocol promises, and counted`, () => {
      const run = openRun(modelFolder(name));
      assert.equal(evaluatedOn(run.record).dataset.sha256, dataset.source.sha256);
      const training = partsOf(run, dataset).training;
      const [rows, images] = [new Set(training), new Set([...training].map((row) => groups[row]))];
      assert.ok(training.length > 25_000);
      const { protocol } = splitOf(run.record);
      for (const part of ['validation', 'test'] as const) {
        const predictions = loadRunPredictions(run, part);
        assert.deepEqual(
          [...predictions.labels],
          [...predictions.rows].map((row) => dataset.labels[row]),
        );
        assert.deepEqual(
          [...predictions.rows].filter((row) => rows.has(row)),
          [],
        );
        const copies = [...predictions.rows].filter((row) => images.has(groups[row]));
        assert.deepEqual(predictions.copies, copies);
        if (protocol === 'paper-deduplicated') assert.deepEqual(copies, []);
        if (protocol === 'official') assert.equal(copies.length, part === 'test' ? 288 : 280);
      }
    });
  }
});
