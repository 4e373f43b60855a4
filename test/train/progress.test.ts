import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainingView } from '../../src/cli/training-progress';
import { ProgressReporter, progressOf, type TrainingProgress } from '../../src/train/progress';
import { beginning, type Progression } from '../../src/train/progression';

const LENGTH = { epochs: 4, steps: 10, stepImages: 20 };
const PACE = { ...LENGTH, imagesPerSecond: 100 };
const EPOCH = { epoch: 1, learningRate: 0.1, loss: 2, accuracy: 0.2, valLoss: 1.5, valAccuracy: 0.4 };

const at = (change: Partial<Progression>): TrainingProgress =>
  progressOf({ ...beginning(), ...change }, PACE);

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

test('reports come at most twice a second, with the speed of the epoch, and after each epoch', (t) => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const seen: [time: number, step: number, speed: number][] = [];
  const reporter = new ProgressReporter(LENGTH, ({ step, imagesPerSecond }) =>
    seen.push([now, step, Math.round(imagesPerSecond)]),
  );
  // The epoch goes on after step 2; each step takes 200 ms and has 20 images.
  reporter.startEpoch(2);
  for (let step = 3; step <= 10; step++) {
    now += 200;
    reporter.step({ ...beginning(), step, lossSum: 1 });
  }
  now += 5000; // the validation
  reporter.endEpoch({ ...beginning(), epoch: 1, history: [EPOCH] });
  assert.deepEqual(seen, [
    [1200, 3, 100],
    [1800, 6, 100],
    [2400, 9, 100],
    [7600, 10, 100],
  ]);
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
