import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { splitDataset } from '../../src/dataset/split';
import { correctModel } from '../../src/publish/correct';
import { publishRun } from '../../src/publish/publish';
import { tableVerifications } from '../../src/publish/verification-tables';
import { type Verification, verifyModel } from '../../src/publish/verify';
import { loadMarks } from '../../src/run/final-marks';
import { loadRunPredictions, openRun } from '../../src/run/open-run';
import { saveParts } from '../../src/run/parts-file';
import { modelFiles } from '../../src/run/published-models';
import { runFiles } from '../../src/run/run-folder';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from '../train/tiny';

const dataset = tinyDataset();
const SIZE = 48 * 48;
const ALL = [...dataset.labels.keys()];

async function publish(t: Pick<TestContext, 'after'>, protocol: 'official' | 'paper'): Promise<string> {
  const run = join(temporaryFolder(t as TestContext), 'run');
  const models = join(temporaryFolder(t as TestContext), 'models');
  await trainRun(tinyConfig({ epochs: 1, protocol }), { dataset, folder: run });
  return publishRun(run, { name: protocol, dataset, models });
}

/** A copy of the data with other rows, and with noise of some grey levels in some images, as JPEG leaves it. */
function copyOf({ order = ALL, noisy = [] as readonly number[] }): ImageDataset {
  const images = new Uint8Array(dataset.images.length);
  for (const [i, row] of order.entries())
    images.set(dataset.images.subarray(row * SIZE, (row + 1) * SIZE), i * SIZE);
  for (const row of noisy) for (let at = row * SIZE; at < (row + 1) * SIZE; at += 3) images[at]! ^= 1;
  const pick = (values: Uint8Array) => Uint8Array.from(order, (row) => values[row]!);
  const source = { ...dataset.source, sha256: 'another copy' };
  return { ...dataset, images, labels: pick(dataset.labels), usages: pick(dataset.usages), source };
}

const failed = ({ numbers }: Verification) =>
  numbers.filter(({ isReproduced }) => !isReproduced).map(({ name }) => name);

let official: string;
let paper: string;
before(async (t) => {
  const context = t as unknown as TestContext;
  official = await publish(context, 'official');
  paper = await publish(context, 'paper');
});

test('the same images in another order give the same numbers, whatever the split', () => {
  for (const folder of [official, paper]) {
    const verification = verifyModel(folder, copyOf({ order: [...ALL].reverse() }));
    assert.deepEqual(failed(verification), []);
    assert.equal(verification.otherPixels, 0);
    assert.ok(verification.numbers.filter(({ tolerance }) => tolerance === 0).length > 100, 'exact counts');
  }
});

test('compressed images in order are judged by the looser tolerance, and counted', () => {
  for (const folder of [official, paper]) {
    const verification = verifyModel(folder, copyOf({ noisy: ALL }));
    assert.deepEqual(failed(verification), []);
    assert.equal(verification.otherPixels, verification.images);
    const judged = verification.numbers.filter(({ tolerance }) => tolerance !== null).map(({ name }) => name);
    assert.ok(judged.includes('test.metrics.accuracy') && judged.includes('test.metrics.perClass.3.recall'));
    assert.ok(!judged.some((name) => /confusion|intervals|bins/.test(name)));
    assert.match(tableVerifications([verification]).notes!.join(' '), /by the width of their published 95 %/);
  }
});

test('of a random split, images that nothing places are left out; of official parts they are not', () => {
  const rows = loadRunPredictions(openRun(paper), 'test').rows;
  const noisy = [rows[0]!];
  assert.equal(verifyModel(official, copyOf({ noisy })).leftOut, 0);
  // One of the 20 images of both parts is more than 2 %.
  assert.throws(
    () => verifyModel(paper, copyOf({ noisy })),
    /can't be separated from its training part .* \(5 %/,
  );
  const { training } = splitDataset(dataset, { protocol: 'paper', seed: 1 });
  assert.equal(verifyModel(paper, copyOf({ noisy: [training[0]!] })).leftOut, 0);
  // Nothing but part and label tells compressed images in another order: a training image could be any of them.
  const order = [...ALL].reverse();
  assert.throws(
    () => verifyModel(paper, copyOf({ order, noisy: ALL })),
    /can't be separated from its training part/,
  );
  assert.equal(verifyModel(official, copyOf({ order, noisy: ALL })).leftOut, 0);
});

test('a confidence on the edge of a bin decides nothing, a probability that is another does', () => {
  const path = runFiles(official).predictions('test');
  const text = readFileSync(path, 'utf8');
  const shifted = (by: number) =>
    text
      .split('\n')
      .map((line, i) => {
        if (i !== 2) return line;
        const [row, label, first, second, ...rest] = line.split(',');
        return [row, label, Number(first) + by, Number(second) - by, ...rest].join(',');
      })
      .join('\n');
  try {
    writeFileSync(path, shifted(5e-5));
    const near = verifyModel(official, dataset);
    assert.ok(near.largestDifference > 4e-5 && near.largestDifference < 6e-5);
    assert.deepEqual(failed(near), []);
    writeFileSync(path, shifted(0.01));
    assert.ok(verifyModel(official, dataset).largestDifference > 0.009);
  } finally {
    writeFileSync(path, text);
  }
});

test('another data set is refused with the reason', () => {
  const labels = Uint8Array.from(dataset.labels);
  labels[0] = 3;
  const other = { ...copyOf({}), labels };
  assert.throws(
    () => verifyModel(official, other),
    /not the data from which the numbers were computed: Training has 1/,
  );
});

test('a correction keeps weights and record, and evaluates the split of the training on the better data', async (t) => {
  const folder = await publish(t, 'paper');
  const models = join(folder, '..');
  const before = openRun(folder).record;
  const better = copyOf({ noisy: [3] });
  const reason = 'Image 3 was wrong.';
  const correct = () => correctModel('paper', { dataset: better, reason, models });
  assert.throws(correct, /drawn again, the test part would contain training images|no such file/);
  const split = splitDataset(dataset, { protocol: 'paper', seed: 1 });
  const validation = loadRunPredictions(openRun(folder), 'validation').rows;
  const rows = loadRunPredictions(openRun(folder), 'test').rows.slice(1);
  const parts = { datasetSha256: 'another copy', training: split.training, validation, test: rows };
  saveParts(runFiles(folder).parts, parts, dataset.count);
  correct();
  const { record } = openRun(folder);
  const { correction, ...kept } = record;
  assert.deepEqual(kept, before, 'the record says what the model was trained on');
  assert.deepEqual(correction!.counts, { training: 49, validation: 14, test: 6 });
  assert.deepEqual(correction!.leftOut, { training: 0, validation: 0, test: 1 });
  assert.deepEqual([...loadRunPredictions(openRun(folder), 'test').rows], [...rows]);
  assert.deepEqual(
    loadMarks(folder).map((mark) => [mark.weightsSha256, mark.correction?.reason]),
    [
      [before.weightsSha256, undefined],
      [before.weightsSha256, reason],
    ],
  );
  assert.match(
    readFileSync(modelFiles(folder).card, 'utf8'),
    /## Correction\n\nImage 3 was wrong\. Trained on/,
  );
  assert.deepEqual(failed(verifyModel(folder, better)), []);
});
