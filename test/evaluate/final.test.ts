import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FinalStep } from '../../src/dataset/sealed-test';
import { splitDataset } from '../../src/dataset/split';
import { evaluateFinal } from '../../src/evaluate/final';
import { loadResults } from '../../src/evaluate/results';
import { roundWeights } from '../../src/evaluate/rounding';
import { predictRun } from '../../src/predict/predict-run';
import { loadMarks, saveMarks } from '../../src/run/final-marks';
import { loadRunPredictions, loadWeights, openNetworkRun } from '../../src/run/open-run';
import { runFiles } from '../../src/run/run-folder';
import { hashTensors, loadTensors, saveTensors } from '../../src/run/tensor-file';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from '../train/tiny';
import { trainedOnce } from '../train/trained-once';

const dataset = tinyDataset();
const CONFIG = tinyConfig({ epochs: 1, testTimeViews: 'mirror' });
const trainedFolder = trainedOnce(CONFIG, dataset);
const SOURCES = join(__dirname, '..', '..', 'src');

test('the test rows are closed without the permission of the final step', () => {
  const { test: sealed } = splitDataset(dataset, CONFIG);
  for (const forged of [undefined, {}, { weightsSha256: 'x' }, true])
    assert.throws(() => sealed.open(forged as unknown as FinalStep), /sealed until the final evaluation/);
  assert.doesNotMatch(JSON.stringify(sealed), /\d/);
  assert.deepEqual(Object.values(sealed), []);
});

test('nothing but the final evaluation declares a model final or opens the test part', () => {
  const users = (readdirSync(SOURCES, { recursive: true }) as string[]).filter(
    (name) =>
      name.endsWith('.ts') && /declareFinal|\.test\.open\(/.test(readFileSync(join(SOURCES, name), 'utf8')),
  );
  assert.deepEqual(users.sort(), [join('dataset', 'sealed-test.ts'), join('evaluate', 'final.ts')]);
});

test('weights are evaluated once, and asking again gives the same', async (t) => {
  const folder = await trainedFolder(t);
  const { record } = openNetworkRun(folder);
  const files = runFiles(folder);
  const first = evaluateFinal(folder, dataset);
  assert.equal(first.part, 'test');
  assert.deepEqual(
    [...first.rows],
    [...dataset.usages.keys()].filter((row) => dataset.usages[row] === 2),
  );
  assert.deepEqual(
    [...first.labels],
    [...first.rows].map((row) => dataset.labels[row]),
  );
  const text = readFileSync(files.predictions('test'), 'utf8');
  assert.deepEqual(evaluateFinal(folder, dataset), first);
  rmSync(files.predictions('test'));
  evaluateFinal(folder, dataset);
  assert.equal(readFileSync(files.predictions('test'), 'utf8'), text);
  assert.deepEqual(
    loadMarks(folder).map((mark) => mark.weightsSha256),
    [openNetworkRun(folder).record.weightsSha256],
  );
  assert.equal(openNetworkRun(folder).record.rounded?.fromSha256, record.weightsSha256);
});

test('other weights in the folder are refused, also with a changed record', async (t) => {
  const folder = await trainedFolder(t);
  const { record } = openNetworkRun(folder);
  const files = runFiles(folder);
  evaluateFinal(folder, dataset);
  const { meta, tensors } = loadTensors(files.weights);
  tensors[0]!.values[0]! += 1;
  saveTensors(files.weights, { meta, tensors });
  assert.throws(() => evaluateFinal(folder, dataset), /not the weights that the training wrote/);
  writeFileSync(files.record, JSON.stringify({ ...record, weightsSha256: hashTensors(tensors) }));
  assert.throws(() => evaluateFinal(folder, dataset), /other weights of this run were already evaluated/);
});

test('the final evaluation rounds the weights, and what is saved is of these weights', async (t) => {
  const folder = await trainedFolder(t);
  const trained = openNetworkRun(folder);
  const expected = roundWeights(loadWeights(trained));
  const final = evaluateFinal(folder, dataset);
  const run = openNetworkRun(folder);
  assert.deepEqual(loadWeights(run), expected);
  assert.equal(run.record.precision, 'float32');
  assert.notEqual(run.record.weightsSha256, trained.record.weightsSha256);
  const { rows, probabilities } = loadRunPredictions(run, 'validation');
  assert.deepEqual(probabilities, predictRun(run, dataset, rows));
  assert.deepEqual(final.probabilities, predictRun(run, dataset, final.rows));
});

test('a rounding that was killed before the record was written is finished', async (t) => {
  const folder = await trainedFolder(t);
  const files = runFiles(folder);
  const before = readFileSync(files.record);
  const expected = evaluateFinal(folder, dataset);
  for (const path of [files.final, files.predictions('test')]) rmSync(path);
  writeFileSync(files.record, before);
  assert.deepEqual(evaluateFinal(folder, dataset), expected);
  assert.equal(loadMarks(folder).length, 1);
});

test('weights that an earlier version evaluated before their rounding are no other weights', async (t) => {
  const folder = await trainedFolder(t);
  const { record } = openNetworkRun(folder);
  const { weightsSha256, startedAt } = record;
  saveMarks(folder, [{ weightsSha256, startedAt, evaluatedAt: startedAt }]);
  evaluateFinal(folder, dataset);
  assert.deepEqual(
    loadMarks(folder).map((mark) => mark.weightsSha256),
    [weightsSha256, openNetworkRun(folder).record.weightsSha256],
  );
});

test('the predictions say which test images are copies of training images', async (t) => {
  const folder = temporaryFolder(t);
  const images = Uint8Array.from(dataset.images);
  // The first test image becomes a copy of the fourth training image, the last one of another test image.
  images.copyWithin(56 * 2304, 3 * 2304, 4 * 2304);
  images.copyWithin(69 * 2304, 60 * 2304, 61 * 2304);
  const copied = { ...dataset, images };
  await trainRun(CONFIG, { dataset: copied, folder });
  const { copies } = evaluateFinal(folder, copied);
  assert.deepEqual(copies, [56]);
  assert.deepEqual(loadRunPredictions(openNetworkRun(folder), 'validation').copies, []);
  const { test: final } = loadResults(folder);
  assert.equal(final.count, 14);
  assert.equal(final.withoutCopies?.count, 13);
});

test('other data, and a run that is not finished, are refused', async (t) => {
  assert.throws(() => evaluateFinal(temporaryFolder(t), dataset), /no run in this folder/);
  const folder = await trainedFolder(t);
  assert.throws(() => evaluateFinal(folder, tinyDataset(2)), /other content/);
});

test('a run that is trained anew is a new model; the marks of the earlier one stay', async (t) => {
  const folder = await trainedFolder(t);
  evaluateFinal(folder, dataset);
  await trainRun(CONFIG, { dataset, folder, anew: true });
  evaluateFinal(folder, dataset);
  assert.equal(loadMarks(folder).length, 1, 'the same weights');
  await trainRun({ ...CONFIG, seed: 2 }, { dataset, folder, anew: true });
  evaluateFinal(folder, dataset);
  assert.equal(loadMarks(folder).length, 2);
});
