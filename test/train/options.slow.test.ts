import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunConfig } from '../../src/run/config';
import { trainRun } from '../../src/train/train';
import { NO_BFLOAT16 } from '../engine/bfloat16';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

test('averages off, class weights on, mixed images, other optimiser: the options reach the engine', async (t) => {
  const sgd = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4 } as const;
  const changes: Partial<RunConfig>[] = [
    { averageDecay: 0 },
    { classWeights: 'balanced' },
    { labelSmoothing: 0.1 },
    { mixupAlpha: 0.4 },
    { optimizer: sgd },
    { schedule: 'cosine' },
    { batchSize: 21 },
    { batchSize: 64 }, // more than there are images
    ...(NO_BFLOAT16 ? [] : [{ precision: 'bfloat16' } as const]),
  ];
  const train = (change: Partial<RunConfig>) =>
    trainRun(tinyConfig({ epochs: 1, ...change }), { dataset, folder: temporaryFolder(t) });
  const hashes = new Set<string>();
  const tiny = tinyDataset();
  const dataset = { ...tiny, labels: tiny.labels.map((label, row) => (row % 3 ? label : 0)) };
  for (const change of [{}, ...changes]) hashes.add((await train(change)).record.weightsSha256);
  assert.equal(hashes.size, changes.length + 1);
});
