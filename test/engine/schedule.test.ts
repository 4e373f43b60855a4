import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageSideAt, learningRateAt } from '../../src/engine/schedule';
import { bestEpoch, type EpochResult, isPatienceOver } from '../../src/run/history';

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);

test('constant stays', () => {
  for (const step of [0, 50, 99]) assert.equal(learningRateAt('constant', 0.1, step, 100), 0.1);
});

test('cosine falls from the peak over half of it to 0', () => {
  close(learningRateAt('cosine', 0.4, 0, 100), 0.4);
  close(learningRateAt('cosine', 0.4, 50, 100), 0.2);
  close(learningRateAt('cosine', 0.4, 100, 100), 0);
});

test('one cycle starts at a tenth, peaks after 23 %, and falls to 0 in a straight line', () => {
  const at = (step: number) => learningRateAt('one-cycle', 1, step, 100);
  close(at(0), 0.1);
  close(at(11.5), 0.55);
  close(at(23), 1);
  close(at(61.5), 0.5);
  close(at(100), 0);
});

test('images grow with the shares of the epochs', () => {
  const stages = [
    { side: 32, share: 0.4 },
    { side: 40, share: 0.3 },
    { side: 48, share: 0.3 },
  ];
  const sides = Array.from({ length: 10 }, (_, epoch) => imageSideAt(stages, epoch, 10));
  assert.deepEqual(sides, [32, 32, 32, 32, 40, 40, 40, 48, 48, 48]);
  assert.equal(imageSideAt(stages, 0, 1), 48, 'a single epoch is whole');
});

const history = (...accuracies: number[]) =>
  accuracies.map((valAccuracy, i) => ({ epoch: i + 1, valAccuracy }) as EpochResult);

test('the best epoch is the first with the highest validation accuracy', () => {
  assert.equal(bestEpoch([]), null);
  assert.equal(bestEpoch(history(0.3, 0.5, 0.5, 0.4))?.epoch, 2);
});

test('patience ends when no epoch was better for so long', () => {
  assert.equal(isPatienceOver([], 2), false);
  assert.equal(isPatienceOver(history(0.3, 0.5, 0.4), 2), false);
  assert.equal(isPatienceOver(history(0.3, 0.5, 0.4, 0.5), 2), true);
  assert.equal(isPatienceOver(history(0.5, 0.1, 0.1, 0.1), 0), false);
});
