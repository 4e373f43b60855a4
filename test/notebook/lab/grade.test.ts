import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { grade, type LabCheck } from '../../../src/notebook/lab/grade';

const check = (holds: LabCheck['holds'], points = 1): LabCheck => ({
  what: 'w',
  points,
  hint: 'look again',
  holds,
});

/** The points, and the lines that were printed. */
async function graded(t: TestContext, checks: readonly LabCheck[]) {
  const log = t.mock.method(console, 'log', () => {});
  const points = await grade(checks);
  log.mock.restore();
  return { points, text: log.mock.calls.map(({ arguments: [line] }) => line).join('\n') };
}

test('points are added for what is right, and each lost point has a reason and a hint', async (t) => {
  const { points, text } = await graded(t, [
    check(
      () => [
        [1, 2 + 1e-12],
        [1, 2],
      ],
      2,
    ),
    check(() => [{ a: 1, b: 2 }, { a: 1 }], 4),
    check(
      () => [
        [1, 2, 3],
        [1, 2],
      ],
      8,
    ),
    check(() => [Number.NaN, 0], 16),
    check(() => [undefined, [1]], 32),
    check(() => [0.1, 0.1001], 64),
    check(async () => ['Happy', 'Happy'], 128),
  ]);
  assert.equal(points, 2 + 4 + 128);
  assert.match(text, /^right: w \(2 of 2\)$/m);
  assert.match(text, /^wrong: w \(0 of 16\)\n {7}it gives NaN, and should give 0\n {7}hint: look again$/m);
  assert.match(text, /\n134 of 254 points$/);
});

test('code that throws, or throws something else, loses its own points alone', async (t) => {
  const { points, text } = await graded(t, [
    check(() => {
      throw new Error('not written yet');
    }),
    check(() => Promise.reject('no error')),
    check(() => [1, 1]),
  ]);
  assert.equal(points, 1);
  assert.match(text, /not written yet\nwrong: w \(0 of 1\)\n {7}no error\n {7}hint: look again/);
});

test('a promise that never settles loses its points after a while', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const pending = graded(t, [check(() => new Promise(() => {})), check(() => [1, 1])]);
  t.mock.timers.tick(10_000);
  const { points, text } = await pending;
  assert.equal(points, 1);
  assert.match(text, /it does not finish/);
});

test('without checks there is nothing to lose yet', async (t) => {
  assert.equal((await graded(t, [])).points, undefined);
});
