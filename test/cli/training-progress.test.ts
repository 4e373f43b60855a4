import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { trainingView } from '../../src/cli/training-progress';
import type { TrainingProgress } from '../../src/train/progress';

const HALF_WAY: TrainingProgress = {
  ...{ epoch: 2, epochs: 3, step: 5, steps: 10, loss: 1.2345, accuracy: 0.5 },
  ...{ valAccuracy: 0.25, imagesPerSecond: 512.4, secondsLeft: 75, isEpochEnd: false, history: [] },
};

/** What a view writes for some progress, first to last. */
function written(isTTY: boolean, steps: readonly TrainingProgress[]): string {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 200,
    cursorTo() {},
    clearLine() {},
    moveCursor() {},
  });
  const view = trainingView(stream as unknown as NodeJS.WriteStream);
  for (const progress of steps) view.update(progress);
  view.stop();
  return stripVTControlCharacters(String(stream.read() ?? ''));
}

test('a terminal sees a bar that grows, with the numbers of the step', () => {
  const text = written(true, [{ ...HALF_WAY, epoch: 1, step: 1 }, HALF_WAY]);
  assert.match(text, /epoch 1\/3/);
  assert.match(text, /epoch 2\/3 \[█{10}░{10}\] 512 images\/s \| loss 1\.23[45] \| accuracy 50\.0 %/);
  assert.match(text, /validation 25\.0 % \| 1 min 15 s left/);
});

test('elsewhere a line tells the step, and the last one the end', () => {
  const end = { ...HALF_WAY, epoch: 3, step: 10, isEpochEnd: true, secondsLeft: 0 };
  const lines = written(false, [HALF_WAY, { ...HALF_WAY, step: 6 }, end])
    .trim()
    .split('\n');
  assert.equal(lines.length, 2, 'one at the start, none within ten seconds, one at the end');
  assert.match(
    lines[0]!,
    /^epoch 2\/3, step 5\/10: loss 1\.23[45], accuracy 50\.0 %, validation 25\.0 %, 512 images\/s/,
  );
  assert.match(lines[1]!, /^epoch 3\/3: /);
});
