import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import type { WeightTensor } from '../../src/engine/weights';
import { predictRows } from '../../src/predict/infer';
import type { RunConfig } from '../../src/run/config';
import type { History } from '../../src/run/history';
import { loadNetwork, loadRunPredictions, loadWeights } from '../../src/run/open-run';
import type { NetworkRun } from '../../src/run/run';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { type HandEpoch, predictPlain, rowsOf, trainByHand } from './by-hand';
import { tinyConfig, tinyDataset } from './tiny';

const PLAIN = tinyDataset();
/** 42 training images in batches of 16: ten of each epoch's order are left over. */
const BATCH = { batchSize: 16, epochs: 2 } as const;

const train = (t: TestContext, config: RunConfig, dataset: ImageDataset) =>
  trainRun(config, { dataset, folder: temporaryFolder(t) });

function assertSameWeights(actual: readonly WeightTensor[], expected: readonly WeightTensor[]): void {
  assert.deepEqual(
    actual.map(({ name, shape }) => [name, [...shape]]),
    expected.map(({ name, shape }) => [name, [...shape]]),
  );
  for (const [i, { name, values }] of actual.entries())
    assert.ok(Buffer.from(values.buffer).equals(Buffer.from(expected[i]!.values.buffer)), name);
}

/** Losses are sums of numbers in float32, added in another order; counts and epochs are exact. */
function assertSameHistory(actual: History, epochs: readonly HandEpoch[]): void {
  assert.equal(actual.length, epochs.length);
  for (const [i, { result }] of epochs.entries()) {
    for (const [name, value] of Object.entries(result)) {
      const given = actual[i]![name as keyof typeof result];
      assert.ok(Math.abs(given - value) <= 1e-7 * Math.abs(value), `${name} ${given}, by hand ${value}`);
    }
  }
}

/** The weights of the run are those of this epoch by hand, from 1, and no other's. */
function assertBest(weights: readonly WeightTensor[], epochs: readonly HandEpoch[], best: number): void {
  assertSameWeights(weights, epochs[best - 1]!.weights);
  const others = epochs.filter((_, i) => i !== best - 1);
  for (const other of others) assert.throws(() => assertSameWeights(weights, other.weights));
}

/** The kept predictions are means of the validation images' and their mirror images'. */
function assertMirrored(run: NetworkRun, dataset: ImageDataset): void {
  const { rows, labels, probabilities } = loadRunPredictions(run, 'validation');
  assert.deepEqual(rows, rowsOf(dataset, 1));
  assert.deepEqual(
    [...labels],
    [...rows].map((row) => dataset.labels[row]),
  );
  const network = loadNetwork(run);
  const plain = predictPlain(network, dataset, rows);
  const mirrored = predictPlain(network, dataset, rows, true);
  network.dispose();
  for (const [i, probability] of probabilities.entries())
    assert.ok(Math.abs(probability - (plain[i]! + mirrored[i]!) / 2) < 1e-6, `${i}`);
  assert.ok(plain.some((probability, i) => Math.abs(probability - mirrored[i]!) > 1e-4));
}

test('AdamW, one cycle, averages, label smoothing, mixup: two epochs are those by hand', async (t) => {
  const change = { seed: 5, labelSmoothing: 0.1, mixupAlpha: 0.4, learningRate: 0.004 } as const;
  const config = tinyConfig({ ...BATCH, ...change, testTimeViews: 'mirror' });
  const run = await train(t, config, PLAIN);
  const epochs = trainByHand(config, { dataset: PLAIN, sides: [48, 48] });
  assertSameHistory(run.history, epochs);
  assertBest(loadWeights(run), epochs, run.record.bestEpoch);
  assertMirrored(run, PLAIN);
  await assertTaught(t, run);
});

/** A run that another teaches: each image has its own share of what the teacher says of it and its mirror image. */
async function assertTaught(t: TestContext, teacher: NetworkRun): Promise<void> {
  const models = temporaryFolder(t);
  cpSync(teacher.folder, join(models, 'wise'), { recursive: true });
  process.env.FERLAB_MODELS = models;
  t.after(() => delete process.env.FERLAB_MODELS);
  const config = tinyConfig({ ...BATCH, epochs: 1, seed: 6, teacher: { model: 'wise', share: 0.7 } });
  const run = await train(t, config, PLAIN);
  const network = loadNetwork(teacher);
  const teach = (rows: Uint32Array) => ({
    probabilities: predictRows(network, PLAIN, rows, 'mirror'),
    share: 0.7,
  });
  const epochs = trainByHand(config, { dataset: PLAIN, sides: [48], teach });
  network.dispose();
  assertSameHistory(run.history, epochs);
  assertSameWeights(loadWeights(run), epochs[0]!.weights);
  assert.equal(run.record.teacherSha256, teacher.record.weightsSha256);
}

test('momentum, cosine, balanced classes, growing images: two epochs of the strong network', async (t) => {
  const labels = PLAIN.labels.map((label, row) => (row % 3 === 0 || label === 1 ? 0 : label));
  const dataset = { ...PLAIN, labels };
  const config = tinyConfig({
    ...BATCH,
    model: 'strong-cnn',
    optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-3 },
    schedule: 'cosine',
    learningRate: 0.05,
    classWeights: 'balanced',
    averageDecay: 0,
    augmentation: { ...tinyConfig().augmentation, contrastFraction: 0.2, cutoutPixels: 12 },
    imageSizes: [
      { side: 32, share: 0.5 },
      { side: 48, share: 0.5 },
    ],
  });
  const run = await train(t, config, dataset);
  // 22 of the 42 training images are of class 0, none of class 1, and 4 of each of the five others.
  const classWeights = [42 / (6 * 22), 0, ...new Array<number>(5).fill(42 / (6 * 4))];
  const epochs = trainByHand(config, { dataset, sides: [32, 48], classWeights });
  assertSameHistory(run.history, epochs);
  assertBest(loadWeights(run), epochs, run.record.bestEpoch);
});

test('the first epoch of the best accuracy is kept, not the last', async (t) => {
  const config = tinyConfig({ ...BATCH, learningRate: 1e-6, schedule: 'constant', averageDecay: 0 });
  const run = await train(t, config, PLAIN);
  const epochs = trainByHand(config, { dataset: PLAIN, sides: [48, 48] });
  assert.equal(epochs[0]!.result.valAccuracy, epochs[1]!.result.valAccuracy, 'steps too small to tell');
  assert.equal(run.record.bestEpoch, 1);
  assertBest(loadWeights(run), epochs, 1);
});
