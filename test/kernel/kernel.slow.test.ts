import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ofType, runCells } from './run-cells';

describe('the notebook kernel', { concurrency: 2 }, () => {
  it('loses nothing of 3,000 messages sent in one turn', async () => {
    const flood = `const kernel = (globalThis as any)[Symbol.for('ferlab.kernel')];
      for (let i = 0; i < 3000; i++) kernel.display({ data: { 'text/plain': String(i) }, metadata: {}, transient: {} }, false);`;
    const messages = await runCells([flood, 'const after = 1; after']);
    assert.equal(ofType(messages, 'display_data').length, 3000);
    assert.equal(ofType(messages, 'execute_reply', 1)[0]?.status, 'ok');
  });

  it('joins what one turn prints, keeping the order of the streams', async () => {
    const messages = await runCells([
      "for (let i = 0; i < 2000; i++) console.log(i);\nconsole.error('e');\nconsole.log('o');",
    ]);
    const streams = ofType(messages, 'stream');
    assert.deepEqual(
      streams.map((stream) => stream.name),
      ['stdout', 'stderr', 'stdout'],
    );
    assert.equal(String(streams[0]?.text).split('\n').length, 2001);
  });

  it('numbers the cells and sends the value of the last expression as a result', async () => {
    const messages = await runCells(['const a = 20;', 'a + 1']);
    assert.deepEqual(ofType(messages, 'execute_input', 1), [{ code: 'a + 1', execution_count: 2 }]);
    assert.deepEqual(ofType(messages, 'execute_result', 1), [
      { data: { 'text/plain': '21' }, metadata: {}, execution_count: 2 },
    ]);
    assert.deepEqual(ofType(messages, 'stream', 1), []);
  });

  it('reports a thrown error with its name, its message and no frames of its own', async () => {
    const messages = await runCells([
      "function look(): never { throw new RangeError('no such face'); }\nlook();",
      '1',
    ]);
    const [error] = ofType(messages, 'error');
    assert.equal(error?.ename, 'RangeError');
    assert.equal(error?.evalue, 'no such face');
    assert.doesNotMatch(String(error?.traceback), /tslab|kernel\/|node:vm/);
    const [reply] = ofType(messages, 'execute_reply');
    assert.deepEqual([reply?.status, reply?.ename], ['error', 'RangeError']);
    assert.deepEqual(ofType(messages, 'stream'), []);
    assert.equal(ofType(messages, 'execute_reply', 1)[0]?.status, 'aborted');
  });

  it('reports what the compiler refuses, and a value that is thrown but is no error', async () => {
    const messages = await runCells(["const n: number = 'x';", "throw 'only text';"], { stopOnError: false });
    assert.equal(ofType(messages, 'error')[0]?.ename, 'TypeScriptError');
    assert.match(String(ofType(messages, 'error')[0]?.evalue), /'string' is not assignable to type 'number'/);
    assert.equal(ofType(messages, 'error', 1)[0]?.evalue, 'only text');
  });

  it('goes on after an error when errors are allowed', async () => {
    const messages = await runCells(["throw new Error('first');", "'second ran'"], { stopOnError: false });
    assert.equal(ofType(messages, 'execute_reply', 1)[0]?.status, 'ok');
    assert.equal(ofType(messages, 'execute_result', 1).length, 1);
  });

  it('shows one output in several MIME types and replaces it by its id', async () => {
    const cell = `const kernel = (globalThis as any)[Symbol.for('ferlab.kernel')];
      const send = (html: string, update: boolean) => kernel.display(
        { data: { 'text/html': html, 'text/plain': 'plain' }, metadata: {}, transient: { display_id: 'one' } }, update);
      send('<b>1</b>', false); send('<b>2</b>', true);`;
    const messages = await runCells([cell]);
    assert.deepEqual(ofType(messages, 'display_data')[0]?.data, {
      'text/html': '<b>1</b>',
      'text/plain': 'plain',
    });
    assert.deepEqual(ofType(messages, 'update_display_data')[0]?.transient, { display_id: 'one' });
  });

  it('lets a cell take an interrupt and end in order', async () => {
    const cell = `import { interruptible } from 'ferlab';
      setTimeout(() => console.log('waiting'), 100);
      const ending = await interruptible((signal) => new Promise((end) =>
        signal.addEventListener('abort', () => setTimeout(() => end('checkpoint written'), 300))));
      ending`;
    const messages = await runCells([cell], { interruptOn: 'waiting' });
    assert.deepEqual(ofType(messages, 'error'), []);
    assert.deepEqual(ofType(messages, 'execute_result')[0]?.data, { 'text/plain': 'checkpoint written' });
  });

  it('abandons an ordinary cell on an interrupt', async () => {
    const messages = await runCells(
      [
        "setTimeout(() => console.log('waiting'), 100);\nawait new Promise((end) => setTimeout(end, 60_000));",
      ],
      { interruptOn: 'waiting' },
    );
    assert.equal(ofType(messages, 'error')[0]?.ename, 'Interrupted');
  });
});
