import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../src/paths';

interface Reply {
  status: string;
}
const { CellQueue } = createRequire(__filename)(join(projectRoot(), 'kernel/cell-queue.cjs')) as {
  CellQueue: new () => { add(cell: () => Promise<Reply>, options: { stopOnError: boolean }): Promise<Reply> };
};

const passes = async () => ({ status: 'ok' });
const fails = async () => ({ status: 'error' });
const stop = { stopOnError: true };

test('cells run in order, one at a time', async () => {
  const queue = new CellQueue();
  const log: string[] = [];
  const cell = (name: string, turns: number) => async () => {
    log.push(`${name} starts`);
    for (let i = 0; i < turns; i++) await new Promise(setImmediate);
    log.push(`${name} ends`);
    return { status: 'ok' };
  };
  await Promise.all([queue.add(cell('a', 5), stop), queue.add(cell('b', 1), stop)]);
  assert.deepEqual(log, ['a starts', 'a ends', 'b starts', 'b ends']);
});

test('a failure keeps back what was sent with it, also what arrives while it is told', async () => {
  const queue = new CellQueue();
  const failed = queue.add(fails, stop);
  const together = queue.add(passes, stop);
  const late = new Promise((fulfil) => setTimeout(() => fulfil(queue.add(passes, stop)), 40));
  assert.deepEqual(
    [await failed, await together, await late],
    [{ status: 'error' }, { status: 'aborted' }, { status: 'aborted' }],
  );
});

test('a cell that was sent after the reply runs at once', async () => {
  const queue = new CellQueue();
  await queue.add(fails, stop);
  assert.deepEqual(await queue.add(passes, stop), { status: 'ok' });
});

test('a client that wants to go on is kept back by nothing, and a cell that throws is followed by the next', async () => {
  const queue = new CellQueue();
  const failed = queue.add(fails, { stopOnError: false });
  assert.deepEqual(await queue.add(passes, stop), { status: 'ok' });
  await failed;
  const lasting = [queue.add(fails, stop), queue.add(passes, { stopOnError: false })];
  assert.deepEqual(
    (await Promise.all(lasting)).map(({ status }) => status),
    ['error', 'ok'],
  );
  await assert.rejects(
    queue.add(() => Promise.reject(new Error('inner')), stop),
    /inner/,
  );
  assert.deepEqual(await queue.add(passes, stop), { status: 'ok' });
});
