import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainingView } from '../../src/cli/training-progress';
import { beginning, type Progression } from '../../src/train/checkpoint';
import { progressOf, type TrainingProgress, throttle } from '../../src/train/progress';
import { tinyConfig } from './tiny';

const PACE = { steps: 10, stepImages: 20, imagesPerSecond: 100 };
const CONFIG = tinyConfig({ epochs: 4 });
const EPOCH = { epoch: 1, learningRate: 0.1, loss: 2, accuracy: 0.2, valLoss: 1.5, valAccuracy: 0.4 };

const at = (change: Partial<Progression>): TrainingProgress =>
  progressOf(CONFIG, { ...beginning(), ...change }, PACE);

test('within an epoch: means so far, and the time that is left', () => {
  const now = at({ epoch: 1, step: 5, lossSum: 150, correct: 30, history: [EPOCH] });
  assert.deepEqual([now.epoch, now.step, now.isEpochEnd], [2, 5, false]);
  assert.deepEqual([now.loss, now.accuracy, now.valAccuracy], [1.5, 0.3, 0.4]);
  assert.equal(now.secondsLeft, ((3 * 10 - 5) * 20) / 100);
});

test('at the end of an epoch: its own numbers', () => {
  const now = at({ epoch: 1, history: [EPOCH] });
  assert.deepEqual([now.epoch, now.step, now.isEpochEnd], [1, 10, true]);
  assert.deepEqual([now.loss, now.accuracy, now.valLoss], [2, 0.2, 1.5]);
  assert.equal(now.secondsLeft, (3 * 10 * 20) / 100);
});

test('reports come at most twice a second', (t) => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const isDue = throttle();
  const due: number[] = [];
  for (; now < 3000; now += 10) if (isDue()) due.push(now);
  assert.deepEqual(due, [1000, 1500, 2000, 2500]);
});

test('where there is no terminal, a line comes every ten seconds and at the end', (t) => {
  let now = 5000;
  t.mock.method(performance, 'now', () => now);
  const lines: string[] = [];
  const stream = { isTTY: false, write: (line: string) => lines.push(line) };
  const view = trainingView(stream as unknown as NodeJS.WriteStream);
  const step = at({ epoch: 1, step: 5, lossSum: 150, correct: 30, history: [EPOCH] });
  for (; now < 26_000; now += 500) view.update(step);
  assert.equal(lines.length, 3);
  assert.equal(
    lines[0],
    'epoch 2/4, step 5/10: loss 1.500, accuracy 30.0 %, validation 40.0 %, 100 images/s, 5 s left\n',
  );
  view.update(at({ epoch: 4, history: [EPOCH] }));
  assert.equal(lines.length, 4);
});
