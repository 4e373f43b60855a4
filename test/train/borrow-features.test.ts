import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { ModelName } from '../../src/model/models';
import { publishRun } from '../../src/publish/publish';
import { loadWeights, openNetworkRun, openRun } from '../../src/run/open-run';
import { modelFiles } from '../../src/run/published-models';
import { fitBaseline } from '../../src/train/fit-baseline';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

const dataset = tinyDataset();
const OPTIONS = { protocol: 'official', seed: 1 } as const;

const overviewOf = (models: string) => readFileSync(`${models}/README.md`, 'utf8');

/** Publishes a network that a baseline takes its features from. @returns the folder of the models */
async function publishLender(t: TestContext): Promise<string> {
  const models = temporaryFolder(t);
  process.env.FERLAB_MODELS = models;
  t.after(() => delete process.env.FERLAB_MODELS);
  await publishNetwork(t, models, 'light-cnn');
  return models;
}

async function publishNetwork(t: TestContext, models: string, model: ModelName): Promise<void> {
  const folder = temporaryFolder(t);
  await trainRun(tinyConfig({ model, epochs: 1, protocol: 'official' }), { dataset, folder });
  publishRun(folder, { name: `${model}-seed1`, dataset, models });
}

test('a forest on the features of a network holds its weights, and says whose they are', async (t) => {
  const models = await publishLender(t);
  const lender = openNetworkRun(`${models}/light-cnn-seed1`);
  const folder = temporaryFolder(t);
  const run = await fitBaseline('cnn-forest', { ...OPTIONS, dataset, folder });
  assert.deepEqual(run.record.lender, {
    model: 'light-cnn-seed1',
    weightsSha256: lender.record.weightsSha256,
  });
  const own = loadWeights(run);
  for (const { name, values } of loadWeights(lender))
    assert.deepEqual(own.find((tensor) => tensor.name === name)!.values, values, name);
  const model = publishRun(folder, { name: 'cnn-forest', dataset, models });
  assert.equal(
    openRun(model).record.parameters,
    own.reduce((sum, { values }) => sum + values.length, 0),
  );
  assert.match(overviewOf(models), /cnn-forest\/README.md\) \| light-cnn-seed1, whose features it takes \|/);
  assert.match(readFileSync(modelFiles(model).card, 'utf8'), /\[light-cnn-seed1\]\(\.\.\/light-cnn-seed1/);
});

test('a network that was trained on other images lends no features', async (t) => {
  await publishLender(t);
  const other = { ...OPTIONS, dataset: tinyDataset(2), folder: temporaryFolder(t) };
  await assert.rejects(fitBaseline('cnn-forest', other), /was trained on other images/);
  process.env.FERLAB_MODELS = temporaryFolder(t);
  await assert.rejects(
    fitBaseline('cnn-forest', { ...other, dataset }),
    /no published model "light-cnn-seed1"/,
  );
});

test('networks that differ in their layers alone are compared with the plain one', async (t) => {
  const models = await publishLender(t);
  assert.doesNotMatch(overviewOf(models), /Differences/);
  for (const model of ['light-attention-cnn', 'light-cnn-rnn'] as const)
    await publishNetwork(t, models, model);
  const differences = overviewOf(models).split('Differences')[1]!;
  for (const model of ['light-attention-cnn', 'light-cnn-rnn'])
    assert.match(differences, new RegExp(`\\[${model}-seed1\\]\\(.*\\) \\| \\[light-cnn-seed1\\]`));
});
