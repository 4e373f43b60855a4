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

test('the first frame alone names it, as the kernel writes stacks; without a name it is the exercise above', async (t) => {
  const frames = '\n    at Script.runInThisContext (node:vm:135:14)';
  for (const [stack, name] of [
    [`Error: a (b)\n    at Proxy.mirrored (ferlab-cell-0:4:11)${frames}`, 'mirrored'],
    [`Error: a (b)\n    at async wilson (ferlab-cell-0:4:11)${frames}`, 'wilson'],
    [`Error: a (b)\n    at ferlab-cell-1:26:3${frames}`, 'the exercise above'],
    [undefined, 'the exercise above'],
  ]) {
    const thrown = Object.assign(new Error(NOT_WRITTEN), { stack });
    const { lines } = await shown(t, () => Promise.reject(thrown));
    assert.ok(lines[0].startsWith(`First write ${name}, then`), lines[0]);
  }
});

test('every other error stays one', async () => {
  for (const thrown of [new Error('not written'), null, NOT_WRITTEN])
    await assert.rejects(
      whenWritten(() => Promise.reject(thrown)),
      (error) => error === thrown,
    );
});
