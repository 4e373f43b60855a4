import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { evaluateFinal, repeatFinal } from '../../src/evaluate/final';
import { loadResults } from '../../src/evaluate/results';
import { roundWeights } from '../../src/evaluate/rounding';
import { publishRun } from '../../src/publish/publish';
import { tableUnreproduced, tableVerifications } from '../../src/publish/verification-tables';
import { verifyModel } from '../../src/publish/verify';
import { formatCells } from '../../src/report/formats/cells';
import { loadMarks } from '../../src/run/final-marks';
import { loadWeights, openNetworkRun } from '../../src/run/open-run';
import { bestModel, modelFiles, modelNames } from '../../src/run/published-models';
import { runFiles } from '../../src/run/run-folder';
import { loadTensors, saveTensors } from '../../src/run/tensor-file';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from '../train/tiny';

const dataset = tinyDataset();
const CONFIG = tinyConfig({ epochs: 1, testTimeViews: 'mirror' });

async function publishTiny(t: TestContext) {
  const run = join(temporaryFolder(t), 'run');
  const models = join(temporaryFolder(t), 'models');
  await trainRun(CONFIG, { dataset, folder: run });
  return { run, models, folder: publishRun(run, { name: 'tiny', dataset, models }) };
}

test('a weight becomes the nearest float16, ties to even, and one too large is refused', () => {
  // 1 + 2^-11 lies between the neighbours 1 and 1 + 2^-10; 1 + 3 * 2^-11 between 1 + 2^-10 and 1 + 2^-9.
  const values = Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 0.1, -65504, 2 ** -24);
  const [rounded] = roundWeights([{ name: 'w', shape: [5], values }]);
  assert.deepEqual([...rounded!.values], [1, 1 + 2 ** -9, 0.0999755859375, -65504, 2 ** -24]);
  const large = [{ name: 'dense-1/kernel', shape: [1], values: Float32Array.of(65520) }];
  assert.throws(() => roundWeights(large), /dense-1\/kernel: a weight is too large/);
});

test('float16 takes half the bytes and gives rounded weights back to the bit', (t) => {
  const path = join(temporaryFolder(t), 'w.bin');
  const tensors = roundWeights([
    { name: 'w', shape: [2, 3], values: Float32Array.of(0.1, -2, 3e-5, 7, 0, 1e4) },
  ]);
  saveTensors(path, { meta: 1, tensors }, { type: 'float16' });
  assert.deepEqual(loadTensors(path), { meta: 1, tensors });
  const half = statSync(path).size;
  saveTensors(path, { meta: 1, tensors }, { type: 'float32' });
  assert.equal(statSync(path).size - half, 6 * 2 - '"type":"float16"'.length + '"type":"float32"'.length);
});

test('the published model is the rounded one, and its folder is a run for all commands', async (t) => {
  const run = join(temporaryFolder(t), 'run');
  const models = join(temporaryFolder(t), 'models');
  const trained = await trainRun(CONFIG, { dataset, folder: run });
  const expected = roundWeights(loadWeights(trained)).map(({ values }) => values);
  const folder = publishRun(run, { name: 'tiny', dataset, models });
  const { record } = openNetworkRun(folder);
  assert.equal(record.rounded?.fromSha256, trained.record.weightsSha256);
  assert.equal(record.precision, 'float32');
  assert.deepEqual(
    loadWeights(openNetworkRun(folder)).map(({ values }) => values),
    expected,
  );
  const results = loadResults(folder);
  assert.equal(results.test.count, 14);
  assert.deepEqual(modelNames(models), ['tiny']);
  assert.equal(bestModel(models), folder);
  assert.deepEqual(readdirSync(models).sort(), ['README.md', 'data-noise1.csv', 'tiny']);
  const card = readFileSync(modelFiles(folder).card, 'utf8');
  assert.match(card, /^# tiny\n/);
  assert.match(card, /synthetic sample/);
  assert.doesNotMatch(card, /undefined|NaN|\d\.\d{6}/);
  assert.match(readFileSync(join(models, 'README.md'), 'utf8'), /\[tiny\]\(tiny\/README\.md\)/);
});

test('the training and the model are one: one mark, one evaluation, one set of weights', async (t) => {
  const { run, folder, models } = await publishTiny(t);
  assert.deepEqual(openNetworkRun(run).record, openNetworkRun(folder).record);
  const { weightsSha256 } = openNetworkRun(folder).record;
  for (const place of [run, folder])
    assert.deepEqual(
      loadMarks(place).map((mark) => mark.weightsSha256),
      [weightsSha256],
    );
  assert.deepEqual(evaluateFinal(run, dataset), evaluateFinal(folder, dataset));
  assert.deepEqual(evaluateFinal(folder, dataset), repeatFinal(folder, dataset));
  assert.throws(
    () => publishRun(run, { name: 'tiny', dataset, models }),
    /a model of this name is already published/,
  );
  assert.throws(() => publishRun(run, { name: '../tiny', dataset, models }), /is not a valid model name/);
});

test('data that the run was not trained on is refused first, and so is a sample in place of FER-2013', async (t) => {
  const run = join(temporaryFolder(t), 'run');
  const models = join(temporaryFolder(t), 'models');
  await trainRun(CONFIG, { dataset, folder: run });
  assert.throws(() => publishRun(run, { name: 'tiny', dataset: tinyDataset(2), models }), /other content/);
  const path = runFiles(run).record;
  const record = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...record, dataset: { ...record.dataset, spec: 'fer2013' } }));
  assert.throws(
    () => publishRun(run, { name: 'tiny', dataset: tinyDataset(2), models }),
    /no copy of it was found/,
  );
  assert.equal(existsSync(models), false);
});

test('a run is published after its final evaluation, with the predictions of that evaluation', async (t) => {
  const run = join(temporaryFolder(t), 'run');
  const models = join(temporaryFolder(t), 'models');
  await trainRun(CONFIG, { dataset, folder: run });
  const evaluated = evaluateFinal(run, dataset);
  const text = readFileSync(runFiles(run).predictions('test'), 'utf8');
  const marks = loadMarks(run);
  const folder = publishRun(run, { name: 'tiny', dataset, models });
  assert.equal(readFileSync(runFiles(folder).predictions('test'), 'utf8'), text);
  assert.deepEqual(loadMarks(run), marks, 'the test part was not opened again');
  assert.deepEqual(loadMarks(folder), marks);
  assert.equal(evaluated.weightsSha256, openNetworkRun(folder).record.weightsSha256);
});

test('a rounding that costs too much is refused before the test part is opened', async (t) => {
  const run = join(temporaryFolder(t), 'run');
  const models = join(temporaryFolder(t), 'models');
  await trainRun(CONFIG, { dataset, folder: run });
  const path = runFiles(run).predictions('validation');
  const record = readFileSync(runFiles(run).record, 'utf8');
  // As if the trained weights had recognised every image.
  const perfect = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line, i) => {
      const [row, label] = line.split(',');
      const sure = Array.from({ length: 7 }, (_, k) => (k === Number(label) ? 1 : 0));
      return i < 2 ? line : [row, label, ...sure].join(',');
    });
  writeFileSync(path, `${perfect.join('\n')}\n`);
  assert.throws(
    () => publishRun(run, { name: 'tiny', dataset, models }),
    /rounded weights reach .* the trained ones 100\.00 %/,
  );
  assert.equal(existsSync(runFiles(run).final), false);
  assert.equal(readFileSync(runFiles(run).record, 'utf8'), record, 'the run is as it was');
});

test('verifying reproduces every number, and names one that was changed by one image', async (t) => {
  const { folder } = await publishTiny(t);
  const verification = verifyModel(folder, dataset);
  assert.ok(verification.numbers.length > 300, `${verification.numbers.length} numbers`);
  assert.equal(verification.otherClasses, 0);
  assert.equal(tableUnreproduced([verification]), null);
  const results = JSON.parse(readFileSync(modelFiles(folder).results, 'utf8'));
  results.test.confusion[3][2] += 1;
  results.test.metrics.accuracy += 1 / 3589;
  writeFileSync(modelFiles(folder).results, JSON.stringify(results));
  const changed = verifyModel(folder, dataset);
  const names = changed.numbers.filter(({ isReproduced }) => !isReproduced).map(({ name }) => name);
  assert.deepEqual(names.sort(), ['test.confusion.3.2', 'test.metrics.accuracy']);
  assert.equal(formatCells(tableUnreproduced([changed])!).length, 2);
  assert.match(formatCells(tableVerifications([changed]))[0]!.join(' '), /\d+ of \d+/);
});

test('weights that were exchanged are refused', async (t) => {
  const { folder } = await publishTiny(t);
  const path = runFiles(folder).weights;
  const { meta, tensors } = loadTensors(path);
  tensors[0]!.values[0]! += 1;
  saveTensors(path, { meta, tensors }, { type: 'float16' });
  assert.throws(() => verifyModel(folder, dataset), /not the weights that the training wrote/);
});

test('weights that have not seen the test part can not be asked to repeat it', async (t) => {
  const run = join(temporaryFolder(t), 'run');
  await trainRun(CONFIG, { dataset, folder: run });
  assert.throws(() => repeatFinal(run, dataset), /not evaluated on the test part yet/);
});
