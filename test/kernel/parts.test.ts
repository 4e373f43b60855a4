import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../src/paths';

const { CellQueue } = require('../../kernel/cell-queue.cjs');
const { mendExecution } = require('../../kernel/execution.cjs');
const { CellOutcome } = require('../../kernel/cell-outcome.cjs');
const { StreamBuffer } = require('../../kernel/stream-buffer.cjs');
const { ownInterrupts } = require('../../kernel/interrupts.cjs');
const { queueSends } = require('../../kernel/queued-sockets.cjs');

type Reply = { status: string };
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A cell that ends after a while with a status, and tells when it starts and ends. */
function cellOf(log: string[], name: string, status = 'ok', milliseconds = 1) {
  return async (): Promise<Reply> => {
    log.push(`${name} starts`);
    await wait(milliseconds);
    log.push(`${name} ends`);
    return { status };
  };
}

test('cells run one after the other, also after one that throws', async () => {
  const [queue, log] = [new CellQueue(), [] as string[]];
  const broken = queue.add(() => Promise.reject(new Error('lost')), { stopOnError: false });
  await assert.rejects(broken, /lost/);
  await Promise.all([
    queue.add(cellOf(log, 'a', 'ok', 20), { stopOnError: true }),
    queue.add(cellOf(log, 'b'), { stopOnError: true }),
  ]);
  assert.deepEqual(log, ['a starts', 'a ends', 'b starts', 'b ends']);
});

test('a failed cell takes along those that were sent before its reply, and none that is sent after', async () => {
  const [queue, log] = [new CellQueue(), [] as string[]];
  const add = (name: string, status: string, stopOnError = true): Promise<Reply> =>
    queue.add(cellOf(log, name, status), { stopOnError });
  const sent = [add('good', 'ok'), add('bad', 'error'), add('next', 'ok'), add('stubborn', 'ok', false)];
  await wait(50); // sent before anyone can know of the failure, and on its way for a while
  const late = add('late', 'ok');
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  assert.deepEqual(statuses, ['ok', 'error', 'aborted', 'ok']);
  assert.equal((await late).status, 'aborted');
  assert.equal((await add('new', 'ok')).status, 'ok');
  assert.equal((await add('careless', 'error', false)).status, 'error');
  assert.equal((await add('after', 'ok')).status, 'ok', 'who does not ask to stop stops nobody');
});

test('the outcome of a cell is its last value and all of its messages, and is told once', () => {
  const outcome = new CellOutcome();
  let kept: Pick<Console, 'log' | 'error'> | undefined;
  const { log } = console;
  outcome.capture(() => {
    kept = { log: console.log, error: console.error };
  });
  assert.equal(console.log, log, 'cells have the ordinary console');
  kept!.log('first');
  kept!.log('last');
  assert.deepEqual(outcome.take(), { value: 'last', failure: undefined });
  assert.equal(outcome.take().value, undefined);
  kept!.error('%d:%d - message', 1, 2);
  kept!.error('%s', 'more');
  const { failure } = outcome.take();
  assert.equal(failure.evalue, '1:2 - message');
  assert.deepEqual(failure.traceback, ['TypeScriptError: 1:2 - message', 'TypeScriptError: more']);
  assert.equal(outcome.take().failure, undefined);
});

test('text of one stream is gathered, and the order of two streams stands', async () => {
  const sent: [string, string][] = [];
  const stream = new StreamBuffer((name: string, text: string) => sent.push([name, text]));
  stream.add('stdout', 'a');
  stream.add('stdout', 'b');
  stream.add('stderr', 'c');
  stream.add('stdout', 'd');
  assert.deepEqual(sent, [
    ['stdout', 'ab'],
    ['stderr', 'c'],
  ]);
  for (let i = 0; i < 100 && sent.length < 3; i++) await wait(20);
  assert.deepEqual(sent.at(-1), ['stdout', 'd']);
  stream.flush();
  assert.equal(sent.length, 3);
});

test('what a cell prints beyond the limit is cut off, and it is said so once', () => {
  const sent: string[] = [];
  const stream = new StreamBuffer((_: string, text: string) => sent.push(text), 10);
  stream.add('stdout', '123456');
  stream.add('stdout', '7890ABCDE');
  stream.add('stderr', 'more');
  stream.add('stdout', 'more');
  stream.flush();
  assert.equal(sent.join(''), '1234567890\n(the rest is cut off)\n');
});

test('code in a cell cannot end the kernel', () => {
  const script = `const { endKernel, refuseExit } = require('./kernel/exit.cjs');
    refuseExit();
    try { process.exit(3); } catch (error) { console.log(error.message); }
    endKernel(4);`;
  const { status, stdout } = spawnSync(process.execPath, ['-e', script], {
    cwd: projectRoot(),
    encoding: 'utf8',
  });
  assert.equal(status, 4);
  assert.match(stdout, /^process\.exit would end the kernel/);
});

test('an interrupt goes to who listens, else to the kernel', (t) => {
  const before = process.listeners('SIGINT');
  const heard: string[] = [];
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => heard.push('kernel'));
  t.after(() => {
    process.removeAllListeners('SIGINT');
    for (const listener of before) process.on('SIGINT', listener);
  });
  const onInterrupt = ownInterrupts();
  const forget = onInterrupt(() => heard.push('training'));
  process.emit('SIGINT');
  forget();
  process.emit('SIGINT');
  assert.deepEqual(heard, ['training', 'kernel']);
});

test('messages go out in order, and a socket closes after the last', async () => {
  const done: string[] = [];
  class Socket {
    closed = false;
    async bind() {}
    async send(message: string) {
      await wait(message === 'first' ? 20 : 1);
      done.push(message);
    }
    close() {
      this.closed = true;
      done.push('closed');
    }
  }
  const zeromq = { Publisher: Socket, Router: Socket } as unknown as Record<
    'Publisher' | 'Router',
    new () => { send(message: string): Promise<void>; bind(address: string): Promise<void>; close(): void }
  >;
  queueSends(zeromq);
  const socket = new zeromq.Publisher();
  await socket.bind('');
  for (const message of ['first', 'second', 'third']) void socket.send(message);
  socket.close();
  for (let i = 0; i < 100 && !done.includes('closed'); i++) await wait(20);
  await wait(20);
  assert.deepEqual(done, ['first', 'second', 'third', 'closed']);
});

test('a socket neither sends nor receives while it is being bound', async () => {
  let state = 'new';
  const seen: string[] = [];
  class Socket {
    closed = false;
    async bind() {
      state = 'blocked';
      await wait(30);
      state = 'bound';
    }
    async send(message: string) {
      seen.push(`${message} sent when ${state}`);
    }
    [Symbol.asyncIterator]() {
      return { next: async () => ({ value: `received when ${state}`, done: false }) };
    }
  }
  const zeromq = { Publisher: Socket, Router: Socket, Reply: Socket };
  queueSends(zeromq);
  for (const kind of ['Publisher', 'Router', 'Reply'] as const) {
    state = 'new';
    const socket = new zeromq[kind]();
    const received = socket[Symbol.asyncIterator]().next();
    void socket.send(kind);
    const bound = socket.bind();
    void socket.send(kind);
    seen.push((await received).value);
    await bound;
  }
  assert.deepEqual(
    [...new Set(seen)].sort(),
    ['Publisher', 'Reply', 'Router'].map((kind) => `${kind} sent when bound`).concat('received when bound'),
  );
});

/** A kernel whose compiler throws some times before the cell runs: its reply. */
async function runWithFaults(faults: Error[]) {
  const server = { handleExecute: () => {} };
  const kernel = {
    execCount: 0,
    async handleExecuteImpl() {
      kernel.execCount++;
      const fault = faults.shift();
      if (fault) throw fault;
    },
    handleExecute: (..._: unknown[]): Promise<Reply & { evalue?: string; execution_count: number }> =>
      assert.fail('not mended'),
  };
  mendExecution(server, kernel, { outcome: new CellOutcome() });
  const reply = await kernel.handleExecute(
    { code: '1', silent: true },
    () => {},
    () => {},
  );
  return reply;
}

function faultOf(message: string, place: string): Error {
  const error = new Error(message);
  error.stack = `Error: ${message}\n    at convert (${place})`;
  return error;
}

test('a cell that the compiler fails on is tried once more, and the reason of a second failure is told', async () => {
  const fault = () => faultOf('no source file', '/x/node_modules/tslab/dist/converter.js:258:33');
  const mended = await runWithFaults([fault()]);
  assert.deepEqual([mended.status, mended.execution_count], ['ok', 1]);
  const twice = await runWithFaults([fault(), fault()]);
  assert.deepEqual([twice.status, twice.evalue], ['error', 'no source file']);
});

test('a cell that failed after it began is not run again', async () => {
  const reply = await runWithFaults([
    faultOf('printing failed', '/x/node_modules/tslab/dist/executor.js:200:9'),
  ]);
  assert.deepEqual([reply.status, reply.evalue], ['error', 'printing failed']);
});

/** A kernel whose cells print, show, print again, and have a value; `broken` throws at the end: all that is told of each. */
async function tellOf(requests: readonly { code: string; stop_on_error?: boolean }[]) {
  const told: string[] = [];
  const server = { handleExecute: () => {}, connInfo: { key: '' }, iopub: {} };
  const outcome = new CellOutcome();
  let print = (_: string) => {};
  outcome.capture(() => {
    print = console.log;
  });
  const kernel = {
    execCount: 0,
    async handleExecuteImpl(
      { code }: { code: string },
      write: (name: string, text: string) => void,
      display: (data: string) => void,
    ) {
      kernel.execCount++;
      write('stdout', `${code} before `);
      display('picture');
      write('stdout', 'after');
      print(`value of ${code}`);
      if (code === 'broken') throw new Error('broken');
    },
    handleExecute: (..._: unknown[]): Promise<Reply> => assert.fail('not mended'),
  };
  mendExecution(server, kernel, { outcome });
  const replies = requests.map((content) => {
    const createReply = () => ({
      header: { msg_type: '' },
      content: { data: {} },
      signAndSend() {
        const { msg_type: type } = this.header;
        if (type !== 'execute_input') told.push([type, ...Object.values(this.content.data ?? {})].join(' '));
      },
    });
    (server.handleExecute as (...words: unknown[]) => void)(null, { content, createReply });
    const write = (_: string, text: string) => told.push(text);
    return kernel.handleExecute(content, write, (shown: string) => told.push(shown));
  });
  return { statuses: (await Promise.all(replies)).map(({ status }) => status), told };
}

test('what a cell prints and shows is told in its order, then its value; a failed cell has none', async () => {
  const { told } = await tellOf([{ code: 'good' }, { code: 'broken' }]);
  const good = ['good before ', 'picture', 'after', 'execute_result value of good'];
  assert.deepEqual(told, [...good, 'broken before ', 'picture', 'after', 'error']);
});

test('a client that says nothing of errors stops at one', async () => {
  const { statuses } = await tellOf([{ code: 'broken' }, { code: 'next' }]);
  assert.deepEqual(statuses, ['error', 'aborted']);
  const going = { stop_on_error: false };
  const on = await tellOf([
    { code: 'broken', ...going },
    { code: 'next', ...going },
  ]);
  assert.deepEqual(on.statuses, ['error', 'ok']);
});

test('files that change while a cell runs fail neither that cell nor the next', () => {
  const script = join(projectRoot(), 'test/kernel/changing-files.cjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const { before, after, uncaught } = JSON.parse(stdout || `"${stderr}"`);
  assert.match(before.join(), /Cannot find module '.\/late'/);
  assert.deepEqual(after, [], 'the file that was written is found');
  assert.deepEqual(uncaught, []);
});
