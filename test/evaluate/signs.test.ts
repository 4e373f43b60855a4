import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { pixelsPerImage } from '../../src/dataset/spec';
import { compareViews } from '../../src/evaluate/choose-views';
import { evaluatePredictions } from '../../src/evaluate/evaluation';
import { bootstrapIntervals } from '../../src/evaluate/intervals';
import { predictRows } from '../../src/predict/infer';
import { loadNetwork, loadValidation } from '../../src/run/open-run';
import { predictedClasses } from '../../src/run/predictions';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from '../train/tiny';

test('views lose where a single view is always right, and the seed of the intervals is the one that is asked for', async (t) => {
  const dataset = tinyDataset();
  const run = await trainRun(tinyConfig({ model: 'strong-cnn', learningRate: 0.003, averageDecay: 0 }), {
    dataset,
    folder: temporaryFolder(t),
  });
  const { rows } = loadValidation(run.folder);
  const network = loadNetwork(run);
  const classify = (some: ImageDataset) =>
    predictedClasses({
      labels: new Uint8Array(rows.length),
      probabilities: predictRows(network, some, rows),
    });
  const doubtful = blendAtBoundary(dataset, rows, classify);
  const labels = dataset.labels.slice();
  for (const [i, label] of classify(doubtful).entries()) labels[rows[i]!] = label;
  network.dispose();
  const views = compareViews(run.folder, { ...doubtful, labels });
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

/**
 * Blends of two images that a network takes for different classes, so near to where it changes its mind that some view of
 * some of them is of the other class, whatever the processor rounds.
 */
function blendAtBoundary(
  dataset: ImageDataset,
  rows: Uint32Array,
  classify: (some: ImageDataset) => Uint8Array,
): ImageDataset {
  const size = pixelsPerImage(dataset.spec);
  const imageOf = (row: number) => dataset.images.subarray(row * size, (row + 1) * size);
  const classes = classify(dataset);
  const other = classes.findIndex((label) => label !== classes[0]);
  assert.ok(other > 0, 'the network tells some images apart');
  const [one, two] = [imageOf(rows[0]!), imageOf(rows[other]!)];
  const blends = (low: number, high: number): ImageDataset => {
    const images = dataset.images.slice();
    for (const [i, row] of rows.entries()) {
      const share = low + ((high - low) * i) / (rows.length - 1);
      images.set(
        one.map((level, at) => Math.round(level + share * (two[at]! - level))),
        row * size,
      );
    }
    return { ...dataset, images };
  };
  const step = 1 / (rows.length - 1);
  const kept = classify(blends(0, 1)).lastIndexOf(classes[0]!);
  return blends(kept * step, (kept + 1) * step);
}
