import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Trainer, type TrainingBatch } from '../../src/engine/trainer';
import { buildConfig } from '../../src/run/profiles';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyDataset } from './tiny';

/** What one step was given. */
type Step = Pick<TrainingBatch, 'learningRate' | 'step' | 'side' | 'labels'>;

test('the strong profile grows its images and keeps to its course over all epochs', async (t) => {
  const seen: Step[] = [];
  const { step } = Trainer.prototype;
  t.mock.method(Trainer.prototype, 'step', function (this: Trainer, batch: TrainingBatch) {
    const { learningRate, side, labels } = batch;
    seen.push({ learningRate, side, labels, step: batch.step });
    return step.call(this, batch);
  });
  const config = buildConfig('strong', { epochs: 10, batchSize: 20, precision: 'float32' });
  await trainRun(config, { dataset: tinyDataset(), folder: temporaryFolder(t) });

  // 42 images make two steps an epoch: four epochs of 32 pixels, three of 40, three of 48.
  const sides = [32, 32, 32, 32, 40, 40, 40, 48, 48, 48].flatMap((side) => [side, side]);
  assert.deepEqual(
    seen.map(({ side }) => side),
    sides,
  );
  assert.deepEqual(
    seen.map((batch) => batch.step),
    Array.from({ length: 20 }, (_, i) => i),
  );
  assert.ok(seen.every(({ labels }) => labels.length === 20));
  // The course rises from a tenth of 0.1 over 4.6 of the 20 steps, then falls to 0.
  for (const [i, { learningRate }] of seen.entries()) {
    const expected = i < 4.6 ? 0.01 + (0.09 * i) / 4.6 : (0.1 * (20 - i)) / 15.4;
    assert.ok(Math.abs(learningRate - expected) < 1e-12, `step ${i}: ${learningRate}`);
  }
});
