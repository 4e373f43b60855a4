import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { NOT_WRITTEN } from '../../../src/notebook/lab/not-written';
import { whenWritten } from '../../../src/notebook/lab/when-written';

function countClasses(): number {
  throw new Error(NOT_WRITTEN);
}

/** What came of it, and what was printed. */
async function shown<T>(t: TestContext, show: () => T | Promise<T>) {
  const log = t.mock.method(console, 'log', () => {});
  const value = await whenWritten(show);
  log.mock.restore();
  return { value, lines: log.mock.calls.map(({ arguments: [line] }) => line) };
}

test('what is written is shown, and its value returned', async (t) => {
  assert.deepEqual(await shown(t, async () => 3), { value: 3, lines: [] });
});

test('the function that is not written is named, also where another one calls it', async (t) => {
  const lines = ['First write countClasses, then run this cell again: here you will see what it does.'];
  assert.deepEqual(await shown(t, countClasses), { value: undefined, lines });
  assert.deepEqual(await shown(t, async () => [1, 2].map(countClasses)), { value: undefined, lines });
});

test('an error without a stack names no function', async (t) => {
  const bare = Object.assign(new Error(NOT_WRITTEN), { stack: undefined });
  const { lines } = await shown(t, () => Promise.reject(bare));
  assert.match(lines[0], /^First write the exercise above, then/);
});

test('every other error stays one', async () => {
  for (const thrown of [new Error('not written'), null, NOT_WRITTEN])
    await assert.rejects(
      whenWritten(() => Promise.reject(thrown)),
      (error) => error === thrown,
    );
});
