import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FinalStep } from '../../src/dataset/sealed-test';
import { splitDataset } from '../../src/dataset/split';
import { evaluateFinal } from '../../src/evaluate/final';
import { loadMarks } from '../../src/run/final-marks';
import { runFiles } from '../../src/run/run-folder';
import { hashTensors, loadTensors, saveTensors } from '../../src/run/tensor-file';
import { trainRun } from '../../src/train/train';
import { temporaryFolder, tinyConfig, tinyDataset } from '../train/tiny';

const dataset = tinyDataset();
const CONFIG = tinyConfig({ epochs: 1, testTimeViews: 'mirror' });
const SOURCES = join(__dirname, '..', '..', 'src');

test('the test rows are closed without the permission of the final step', () => {
  const { test: sealed } = splitDataset(dataset, CONFIG);
  for (const forged of [undefined, {}, { weightsSha256: 'x' }, true])
    assert.throws(() => sealed.open(forged as unknown as FinalStep), /closed until the final evaluation/);
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
  const folder = temporaryFolder(t);
  const { record } = await trainRun(CONFIG, { dataset, folder });
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
    [record.weightsSha256],
  );
});

test('other weights in the folder are refused, also with a changed record', async (t) => {
  const folder = temporaryFolder(t);
  const { record } = await trainRun(CONFIG, { dataset, folder });
  const files = runFiles(folder);
  evaluateFinal(folder, dataset);
  const { meta, tensors } = loadTensors(files.weights);
  tensors[0]!.values[0]! += 1;
  saveTensors(files.weights, { meta, tensors });
  assert.throws(() => evaluateFinal(folder, dataset), /other weights than the run was trained to/);
  writeFileSync(files.record, JSON.stringify({ ...record, weightsSha256: hashTensors(tensors) }));
  assert.throws(() => evaluateFinal(folder, dataset), /other weights of this run were evaluated/);
});

test('other data, and a run that is not finished, are refused', async (t) => {
  const folder = temporaryFolder(t);
  assert.throws(() => evaluateFinal(folder, dataset), /no finished run/);
  await trainRun(CONFIG, { dataset, folder });
  assert.throws(() => evaluateFinal(folder, tinyDataset(2)), /other content/);
});

test('a run that is trained anew is a new model; the marks of the earlier one stay', async (t) => {
  const folder = temporaryFolder(t);
  await trainRun(CONFIG, { dataset, folder });
  evaluateFinal(folder, dataset);
  await trainRun(CONFIG, { dataset, folder });
  evaluateFinal(folder, dataset);
  assert.equal(loadMarks(folder).length, 1, 'the same weights');
  await trainRun({ ...CONFIG, seed: 2 }, { dataset, folder });
  evaluateFinal(folder, dataset);
  assert.equal(loadMarks(folder).length, 2);
});
