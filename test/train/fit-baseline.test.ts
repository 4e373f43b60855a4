import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildSample } from '../../src/dataset/sample';
import { evaluateFinal } from '../../src/evaluate/final';
import { loadResults } from '../../src/evaluate/results';
import { modelCard } from '../../src/publish/card/card';
import { publishRun } from '../../src/publish/publish';
import { verifyModel } from '../../src/publish/verify';
import { reportTables } from '../../src/report/tables/list';
import { loadValidation, networksOf, openRun } from '../../src/run/open-run';
import { countHits } from '../../src/run/predictions';
import type { TriedSettings } from '../../src/run/record';
import { runFiles } from '../../src/run/run-folder';
import { fitBaseline } from '../../src/train/fit-baseline';
import { temporaryFolder } from '../temporary';
import { tinyDataset } from './tiny';

const dataset = buildSample({ seed: 1 });
const OPTIONS = { dataset, protocol: 'official', seed: 1 } as const;

test('a baseline is fitted, evaluated once, reported, published and verified like any run', async (t) => {
  const folder = temporaryFolder(t);
  const { record } = await fitBaseline('nearest-mean', { ...OPTIONS, folder });
  assert.equal(record.parameters, 7 * 48 * 48 + 1);
  assert.equal(record.environments[0]!.event, 'start');
  const test = evaluateFinal(folder, dataset);
  assert.equal(test.weightsSha256, record.weightsSha256);
  const results = loadResults(folder);
  assert.equal(results.training, null);
  assert.equal(results.classifier.title, 'Nearest mean image');
  assert.ok(results.test.metrics.accuracy > 0.2, 'drawn faces are easier than one in seven');
  assert.ok(Object.keys(reportTables([results])).includes('summary'));

  const models = temporaryFolder(t);
  const model = publishRun(folder, { name: 'nearest-mean', dataset, models });
  assert.match(readFileSync(`${model}/README.md`, 'utf8'), /Nearest mean image .*16,129 fitted numbers/);
  assert.ok(!existsSync(runFiles(model).history));
  const { numbers, otherClasses } = verifyModel(model, dataset);
  assert.equal(otherClasses, 0);
  assert.deepEqual(
    numbers.filter(({ isReproduced }) => !isReproduced),
    [],
  );
});

test('the validation part chooses the settings, and all that were tried stand in the record', async (t) => {
  const folder = temporaryFolder(t);
  const told: TriedSettings[] = [];
  const few = tinyDataset();
  const { record } = await fitBaseline('hog-svm', {
    ...OPTIONS,
    dataset: few,
    folder,
    onTried: (tried) => told.push(tried),
  });
  assert.deepEqual(record.tried, told);
  assert.ok(told.length > 1);
  const best = Math.max(...told.map(({ validationAccuracy }) => validationAccuracy));
  assert.deepEqual(
    record.settings,
    told.find(({ validationAccuracy }) => validationAccuracy === best)!.settings,
  );
  const kept = loadValidation(folder);
  assert.equal(countHits(kept) / kept.labels.length, best);
  evaluateFinal(folder, few);
  const card = modelCard(openRun(folder), loadResults(folder));
  assert.match(card, /Settings tried, the best by validation accuracy kept: cost 0\.01: /);
});

test('a finished fit is used again; --anew gives the same bits', async (t) => {
  const folder = temporaryFolder(t);
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  const first = await fitBaseline('majority', { ...OPTIONS, folder, onNote });
  const again = await fitBaseline('majority', { ...OPTIONS, folder, onNote });
  assert.deepEqual(again.record, first.record);
  assert.match(notes.join(), /used again/);
  const anew = await fitBaseline('majority', { ...OPTIONS, folder, anew: true });
  assert.equal(anew.record.weightsSha256, first.record.weightsSha256);
});

test('a baseline has no network to export, to average or to learn from', async (t) => {
  const run = await fitBaseline('majority', { ...OPTIONS, folder: temporaryFolder(t) });
  assert.throws(() => networksOf(run), /a baseline has no network/);
});
