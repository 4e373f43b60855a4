import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bestEpoch, isPatienceOver } from '../../src/run/history';
import { saveJson } from '../../src/run/json-file';
import { loadRunPredictions, loadWeights, openNetworkRun, openRun, originOf } from '../../src/run/open-run';
import { countHits } from '../../src/run/predictions';
import { savePredictions } from '../../src/run/predictions-file';
import {
  bestModel,
  modelFiles,
  modelFolder,
  modelNames,
  validationAccuracy,
} from '../../src/run/published-models';
import { saveRecord } from '../../src/run/record-file';
import { latestRun, runFiles } from '../../src/run/run-folder';
import { hashTensors, saveTensors } from '../../src/run/tensor-file';
import { writeFakeRun } from '../report/fake-run';

const root = mkdtempSync(join(tmpdir(), 'ferlab-choices-'));
after(() => rmSync(root, { recursive: true }));

/** Epochs of these validation accuracies, whose losses say the opposite. */
const historyOf = (...accuracies: number[]) =>
  accuracies.map((valAccuracy, i) => ({
    epoch: i + 1,
    learningRate: 0.1,
    loss: 1,
    accuracy: 1 - valAccuracy,
    valLoss: valAccuracy,
    valAccuracy,
  }));

test('the best epoch is the first of the highest validation accuracy', () => {
  assert.equal(bestEpoch([]), null);
  assert.equal(bestEpoch(historyOf(0.5, 0.7, 0.6, 0.7, 0.2))!.epoch, 2);
  assert.equal(bestEpoch(historyOf(0.4, 0.3))!.epoch, 1);
});

test('patience counts from the best epoch, not from the start', () => {
  assert.equal(isPatienceOver(historyOf(0.5, 0.7, 0.6), 2), false);
  assert.equal(isPatienceOver(historyOf(0.5, 0.7, 0.6, 0.7), 2), true);
  assert.equal(isPatienceOver(historyOf(0.1, 0.2, 0.3, 0.4), 2), false);
  assert.equal(isPatienceOver(historyOf(0.9, 0.1, 0.1, 0.1), 0), false, '0 is endless');
  assert.equal(isPatienceOver([], 1), false);
});

test('the latest run is the one whose record is newest, of its profile where one is named', () => {
  const runs = join(root, 'runs');
  process.env.FERLAB_RUNS = runs;
  for (const [seed, profile, time] of [
    [1, 'quick', 3000],
    [2, 'strong', 9000],
    [3, 'quick', 5000],
  ] as const) {
    const folder = writeFakeRun(runs, { seed });
    const { record: path } = runFiles(folder);
    const { record } = openNetworkRun(folder);
    saveRecord(path, { ...record, config: { ...record.config, profile } });
    writeFileSync(runFiles(folder).config, JSON.stringify({ ...record.config, profile }));
    utimesSync(path, time, time);
  }
  const seedOf = (folder: string) => openNetworkRun(folder).record.config.seed;
  assert.equal(seedOf(latestRun()), 2);
  assert.equal(seedOf(latestRun('quick')), 3);
  assert.throws(() => latestRun('paper'), /no finished run of profile paper/);
});

test('the best model is best on validation, whatever its test part says', () => {
  const models = join(root, 'models');
  const skilled = (by: number) => new Array<number>(7).fill(by);
  const [good, poor] = [
    writeFakeRun(models, { seed: 1, skill: skilled(4) }),
    writeFakeRun(models, { seed: 2, skill: skilled(2) }),
  ];
  const [ofGood, ofPoor] = [good, poor].map((folder) => loadRunPredictions(openNetworkRun(folder), 'test'));
  for (const [folder, { rows, labels, probabilities }] of [
    [good, ofPoor!],
    [poor, ofGood!],
  ] as const) {
    const origin = originOf(openNetworkRun(folder).record, 'test');
    savePredictions(runFiles(folder).predictions('test'), { ...origin, rows, labels, probabilities });
  }
  assert.equal(modelNames(models).length, 2);
  assert.equal(bestModel(models), good);
  assert.ok(validationAccuracy(good) > validationAccuracy(poor) + 0.1);
  const { labels, probabilities } = loadRunPredictions(openNetworkRun(poor), 'validation');
  const hits = [...labels].filter((label, i) => {
    const some = probabilities.subarray(7 * i, 7 * i + 7);
    return some.every((probability, k) => k === label || probability < some[label]!);
  });
  assert.equal(validationAccuracy(poor), hits.length / labels.length);
  assert.equal(bestModel(join(root, 'nothing')), null);
  const published = (accuracy: number) => ({
    format: 'ferlab-numbers-2',
    validation: { metrics: { accuracy } },
  });
  saveJson(modelFiles(poor).results, published(0.999));
  assert.equal(validationAccuracy(poor), 0.999, 'the published number, where there is one');
  assert.equal(bestModel(models), poor);
  saveJson(modelFiles(poor).results, published(1.1));
  assert.throws(() => validationAccuracy(poor), /validation\.metrics\.accuracy/);
});

test('the published accuracies are those of the published predictions', () => {
  for (const name of ['strong-ensemble', 'hog-svm']) {
    const folder = modelFolder(name);
    const predictions = loadRunPredictions(openRun(folder), 'validation');
    assert.equal(validationAccuracy(folder), countHits(predictions) / predictions.labels.length);
  }
});

test('weights are read only if they are those that training left, every tensor of them', () => {
  const folder = writeFakeRun(root, { seed: 9 });
  const tensor = (name: string, ...values: number[]) => ({
    name,
    shape: [values.length],
    values: Float32Array.from(values),
  });
  const trained = [tensor('a', 1, 2), tensor('b', 3)];
  const { record, weights } = runFiles(folder);
  saveRecord(record, { ...openNetworkRun(folder).record, weightsSha256: hashTensors(trained) });
  saveTensors(weights, { meta: {}, tensors: trained });
  assert.deepEqual(loadWeights(openNetworkRun(folder)), trained);
  for (const other of [
    [tensor('a', 1, 2), tensor('b', 4)],
    [tensor('a', 1, 2), tensor('c', 3)],
    [tensor('a', 1, 2)],
  ]) {
    saveTensors(weights, { meta: {}, tensors: other });
    assert.throws(() => loadWeights(openNetworkRun(folder)), /not the weights that the training wrote/);
  }
});
