import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { predictRun } from '../../src/predict/predict-run';
import { publishEnsemble } from '../../src/publish/ensemble';
import { publishRun } from '../../src/publish/publish';
import { type VerifyMemory, verifyModel } from '../../src/publish/verify';
import type { RunConfig } from '../../src/run/config';
import { loadRunPredictions, openRun } from '../../src/run/open-run';
import type { Predictions } from '../../src/run/predictions';
import { bestModel, modelFiles } from '../../src/run/published-models';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from '../train/tiny';

const dataset = tinyDataset();

async function publishSeeds(t: TestContext, configs: readonly Partial<RunConfig>[]): Promise<string> {
  const models = join(temporaryFolder(t), 'models');
  for (const [i, config] of configs.entries()) {
    const run = join(temporaryFolder(t), 'run');
    await trainRun(tinyConfig({ epochs: 1, ...config }), { dataset, folder: run });
    publishRun(run, { name: `seed${i + 1}`, dataset, models });
  }
  return models;
}

const predictionsOf = (models: string, name: string, part: Predictions['part']) =>
  loadRunPredictions(openRun(join(models, name)), part);

test("an ensemble's probabilities are the mean of its members', and all its numbers are reproduced", async (t) => {
  const models = await publishSeeds(t, [{ seed: 1 }, { seed: 2 }, { seed: 3, testTimeViews: 'mirror' }]);
  const names = ['seed1', 'seed2', 'seed3'];
  const folder = publishEnsemble({ name: 'three', members: names, dataset, models });
  for (const part of ['validation', 'test'] as const) {
    const members = names.map((name) => predictionsOf(models, name, part).probabilities);
    const own = predictionsOf(models, 'three', part).probabilities;
    for (const [i, probability] of own.entries()) {
      const mean = (members[0]![i]! + members[1]![i]! + members[2]![i]!) / 3;
      assert.ok(Math.abs(probability - mean) < 1e-6, `${part}, ${i}: ${probability} is not ${mean}`);
    }
  }
  const { numbers, otherClasses } = verifyModel(folder, dataset);
  assert.equal(otherClasses, 0);
  assert.ok(numbers.every(({ isReproduced }) => isReproduced));
  const memory: VerifyMemory = new Map();
  for (const name of names) verifyModel(join(models, name), dataset, memory);
  assert.equal(memory.size, 1, 'all are of the same data');
  const kept = [...memory.values()][0]!.memory;
  assert.equal(kept.probabilities.size, 6, 'two parts by three members');
  const [known, groups] = [[...kept.probabilities.values()], kept.groups];
  const again = verifyModel(folder, dataset, memory);
  assert.deepEqual(again.numbers, numbers);
  assert.ok([...kept.probabilities.values()].every((probabilities, i) => probabilities === known[i]));
  assert.ok(groups && kept.groups === groups, 'copies are looked for once');
  const { record } = openRun(folder);
  assert.equal(record.parameters, 3 * openRun(join(models, 'seed1')).record.parameters);
  assert.match(
    readFileSync(modelFiles(folder).card, 'utf8'),
    /mean of the probabilities of 3 models: \[seed1\]/,
  );
  assert.match(readFileSync(join(models, 'README.md'), 'utf8'), /\[three\]/);
  assert.doesNotMatch(readFileSync(modelFiles(folder).card, 'utf8'), /weights\.bin|epochs|seed 1/);
  assert.ok(bestModel(models));
});

test('the weights of members are checked too', async (t) => {
  const models = await publishSeeds(t, [{ seed: 1 }, { seed: 2 }]);
  const folder = publishEnsemble({ name: 'two', members: ['seed1', 'seed2'], dataset, models });
  const path = modelFiles(join(models, 'seed2')).weights;
  const bytes = readFileSync(modelFiles(join(models, 'seed1')).weights);
  writeFileSync(path, bytes);
  assert.throws(
    () => predictRun(openRun(folder), dataset, Uint32Array.of(0)),
    /seed2.*not the weights that the training wrote/,
  );
});

test('members of different splits, ensembles as members, and a single member are refused', async (t) => {
  const models = await publishSeeds(t, [{ seed: 1 }, { seed: 2 }, { protocol: 'paper' }]);
  const publish = (name: string, members: string[]) => publishEnsemble({ name, members, dataset, models });
  assert.throws(() => publish('x', ['seed1', 'seed3']), /trained on other images/);
  assert.throws(() => publish('x', ['seed1']), /at least two members/);
  assert.throws(() => publish('x', ['seed1', 'nobody']), /there is no published model "nobody"/);
  publish('two', ['seed1', 'seed2']);
  assert.throws(() => publish('x', ['two', 'seed1']), /itself an ensemble/);
});
