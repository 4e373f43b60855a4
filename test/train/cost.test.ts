import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { evaluateFinal } from '../../src/evaluate/final';
import { runFiles } from '../../src/run/run-folder';
import { loadTensors } from '../../src/run/tensor-file';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

const dataset = tinyDataset();
const CONFIG = tinyConfig({ epochs: 2 });

test('a resumed run counts the time before it stopped, and its speed is that of all epochs', async (t) => {
  const folder = temporaryFolder(t);
  const stop = new AbortController();
  const onProgress = ({ isEpochEnd }: { isEpochEnd: boolean }) => isEpochEnd && stop.abort();
  await assert.rejects(trainRun(CONFIG, { dataset, folder, signal: stop.signal, onProgress }), /stopped/);
  const { meta } = loadTensors(runFiles(folder).checkpoint) as {
    meta: { progression: { seconds: number; startedAt: string } };
  };
  const { seconds, startedAt } = meta.progression;
  const began = performance.now();
  const { record } = await trainRun(CONFIG, { dataset, folder, resume: true });
  const rest = (performance.now() - began) / 1000;
  assert.ok(
    seconds > 0 && record.trainingSeconds > seconds - 0.06,
    `${record.trainingSeconds} of ${seconds}`,
  );
  assert.ok(record.trainingSeconds < seconds + rest + 0.06);
  assert.equal(record.startedAt, startedAt);
  const images = record.imagesPerSecond * record.trainingSeconds;
  const tolerance = 0.6 * record.trainingSeconds + 0.06 * record.imagesPerSecond;
  assert.ok(Math.abs(images - 2 * 42) < tolerance, `${images} images`);
  assert.deepEqual(record.counts, { training: 42, validation: 14, test: 14 });
});

test('a fresh start in the folder of a run leaves no predictions of the old weights', async (t) => {
  const folder = temporaryFolder(t);
  await trainRun({ ...CONFIG, epochs: 1 }, { dataset, folder });
  evaluateFinal(folder, dataset);
  const path = runFiles(folder).predictions('test');
  assert.ok(existsSync(path));
  const stop = AbortSignal.abort();
  await assert.rejects(
    trainRun({ ...CONFIG, seed: 2 }, { dataset, folder, anew: true, signal: stop }),
    /stopped/,
  );
  assert.equal(existsSync(path), false);
  assert.equal(existsSync(runFiles(folder).record), false);
  assert.ok(existsSync(runFiles(folder).final), 'what opened the test part stays');
});
