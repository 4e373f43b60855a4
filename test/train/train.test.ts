import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { FerlabError } from '../../src/errors';
import type { RunConfig } from '../../src/run/config';
import { openRun } from '../../src/run/open-run';
import type { TrainingProgress } from '../../src/train/progress';
import { trainRun } from '../../src/train/train';
import type { TrainOptions } from '../../src/train/training';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

const dataset = tinyDataset();
const CONFIG = tinyConfig({ epochs: 2, mixupAlpha: 0.4 });

/** Trains in a new folder. */
function train(t: TestContext, change: Partial<RunConfig> = {}, options: Partial<TrainOptions> = {}) {
  return trainRun({ ...CONFIG, ...change }, { dataset, folder: temporaryFolder(t), ...options });
}

/** All that has to be the same bits when a run is repeated. */
function bitsOf(folder: string): Record<string, string> {
  const files = ['weights.bin', 'history.json', 'predictions-validation.csv', 'config.json'];
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

/** An abort after some progress reports; one is due at the first step, and one after each epoch. */
function stopAfter(reports: number) {
  const controller = new AbortController();
  let count = 0;
  const onProgress = () => {
    count++;
    if (count >= reports) controller.abort();
  };
  return { signal: controller.signal, onProgress };
}

const isFailure = (exitStatus: number, message: RegExp) => (error: unknown) =>
  error instanceof FerlabError && error.exitStatus === exitStatus && message.test(error.message);

test('one seed gives the same bits, watched or not; another seed gives others', async (t) => {
  const seen: TrainingProgress[] = [];
  const one = await train(t, {}, { onProgress: (now) => seen.push(now), checkpointSeconds: 0 });
  const two = await train(t);
  assert.deepEqual(bitsOf(one.folder), bitsOf(two.folder));
  assert.notEqual((await train(t, { seed: 0 })).record.weightsSha256, one.record.weightsSha256);

  assert.deepEqual(readdirSync(one.folder).sort(), [
    'config.json',
    'history.json',
    'predictions-validation.csv',
    'record.json',
    'weights.bin',
  ]);
  assert.deepEqual(openRun(one.folder), one);
  const ends = seen.filter((now) => now.isEpochEnd);
  assert.deepEqual(
    ends.map(({ epoch, step, steps }) => [epoch, step, steps]),
    [
      [1, 3, 3],
      [2, 3, 3],
    ],
  );
  assert.deepEqual(ends[1]!.history, one.history);
  assert.equal(seen[0]!.step, 1);
  assert.equal(seen[0]!.valAccuracy, undefined);
  assert.ok(seen.every((now) => now.imagesPerSecond > 0 && now.secondsLeft >= 0));
});

test('a stopped run resumes to the bits of one that was never stopped', async (t) => {
  const whole = await train(t);
  const folder = temporaryFolder(t);
  // The first report is within epoch 1, the next one at the earliest at its end.
  for (const reports of [1, 2]) {
    await assert.rejects(
      train(t, {}, { folder, resume: true, ...stopAfter(reports) }),
      isFailure(130, /^stopped (in epoch [12] of 2, after step [0-3] of 3|after the last epoch)/),
    );
    assert.ok(existsSync(join(folder, 'checkpoint.bin')));
    assert.equal(existsSync(join(folder, 'lock')), false);
    assert.equal(existsSync(join(folder, 'record.json')), false);
  }
  const resumed = await train(t, {}, { folder, resume: true });
  assert.deepEqual(bitsOf(folder), bitsOf(whole.folder));
  const again = await trainRun(CONFIG, { dataset, folder, resume: true });
  assert.deepEqual(again, resumed);
});

test('a signal that is set from the start trains one step at most', async (t) => {
  const signal = AbortSignal.abort();
  await assert.rejects(train(t, {}, { signal }), isFailure(130, /epoch 1 of 2, after step 1 of 3/));
});

test('resuming with other settings or other data is refused, and the checkpoint stays', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(train(t, {}, { folder, ...stopAfter(1) }), isFailure(130, /stopped/));
  const before = readFileSync(join(folder, 'checkpoint.bin'));
  const resume = (config: RunConfig, data: ImageDataset) =>
    trainRun(config, { dataset: data, folder, resume: true });
  await assert.rejects(
    resume({ ...CONFIG, epochs: 3, learningRate: 0.002 }, dataset),
    isFailure(2, /other settings: epochs \(2 there, 3 here\), learningRate \(0\.001 there, 0\.002 here\)/),
  );
  await assert.rejects(resume(CONFIG, tinyDataset(2)), isFailure(2, /other data/));
  assert.deepEqual(readFileSync(join(folder, 'checkpoint.bin')), before);
});

test('a damaged checkpoint is refused', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(train(t, {}, { folder, ...stopAfter(1) }), isFailure(130, /stopped/));
  const path = join(folder, 'checkpoint.bin');
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
  await assert.rejects(
    train(t, {}, { folder, resume: true }),
    isFailure(2, /checkpoint\.bin: the file is damaged/),
  );
});

test('a loss that is not a number ends the run with the last good checkpoint', async (t) => {
  const folder = temporaryFolder(t);
  const hot = { learningRate: 1e30, schedule: 'constant', epochs: 5 } as const;
  await assert.rejects(train(t, hot, { folder, checkpointSeconds: 0 }), isFailure(3, /loss is|not finite/));
  assert.equal(existsSync(join(folder, 'record.json')), false);
  assert.equal(existsSync(join(folder, 'lock')), false);
  await assert.rejects(train(t, hot, { folder, resume: true }), isFailure(3, /loss is|not finite/));
});

test('a training in the folder of a running one is refused', async (t) => {
  const folder = temporaryFolder(t);
  const first = train(t, {}, { folder });
  await assert.rejects(train(t, {}, { folder, resume: true }), isFailure(75, /is working in this folder/));
  await first;
});

test('patience ends a run early', async (t) => {
  const still = { learningRate: 1e-12, averageDecay: 0, patienceEpochs: 1, epochs: 6 };
  const { history, record } = await train(t, still);
  assert.deepEqual([history.length, record.bestEpoch], [2, 1]);
});
