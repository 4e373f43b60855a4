import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareProbes, LOSS_BOUNDS } from '../../src/doctor/gpu/compare';
import { probeTraining, STEPS } from '../../src/doctor/gpu/probe';

test('trains the same steps each time, and sees a loss that went another way', () => {
  const task = { model: 'paper-cnn', precision: 'float32' } as const;
  const [first, second] = [probeTraining(task), probeTraining(task)];
  assert.equal(first.losses.length, STEPS);
  assert.ok(first.losses.at(-1)! < first.losses[0]!, 'it learns');
  assert.deepEqual(second.losses, first.losses);
  assert.ok(compareProbes(first, second).agrees);
  const last = first.losses.length - 1;
  const drifted = first.losses.map((loss, i) => (i === last ? loss * (1 + 1.1 * LOSS_BOUNDS.float32) : loss));
  const { agrees, difference } = compareProbes(first, { ...first, losses: drifted });
  assert.equal(agrees, false);
  assert.ok(Math.abs(difference - 1.1 * LOSS_BOUNDS.float32) < 1e-9);
});
