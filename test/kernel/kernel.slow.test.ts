import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ofType, runCells, startRun } from './run-cells';

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

  it('names cell, line and column of an error as they were written', async () => {
    const messages = await runCells(
      [
        "interface Face { side: number }\nfunction look(face: Face): number {\n  throw new Error('no');\n}",
        "import { inspect } from 'node:util';\n\nconst faces = [{ side: 48 }];\nfaces.map((face) => look(face));\ninspect(1);",
        'await Promise.resolve();\nlook({ side: 1 });',
      ],
      { stopOnError: false },
    );
    const traceback = (cell: number) => ofType(messages, 'error', cell)[0]?.traceback;
    assert.deepEqual(traceback(1), [
      'Error: no',
      '    at look (cell [1], line 3, column 9)',
      '    at cell [2], line 4, column 21',
      '    at Array.map (<anonymous>)',
      '    at cell [2], line 4, column 7',
    ]);
    assert.deepEqual(traceback(2), [
      'Error: no',
      '    at look (cell [1], line 3, column 9)',
      '    at cell [3], line 2, column 1',
    ]);
  });

  it('does not take an earlier version of a cell for one that does not compile', async () => {
    const messages = await runCells(
      [
        'const twice = (n: number): number => 2 * n;',
        "const twice = (n: number): number => 'two';",
        'twice(1)',
        'const twice = (n: number): number => n + n;',
        'twice(2)',
      ],
      { stopOnError: false },
    );
    assert.match(String(ofType(messages, 'error', 2)[0]?.evalue), /^twice is not there: .* did not compile/);
    assert.deepEqual(ofType(messages, 'execute_result', 4)[0]?.data, { 'text/plain': '4' });
  });

  it('reports what the compiler refuses, and a value that is thrown but is no error', async () => {
    const messages = await runCells(["const n: number = 'x';", "throw 'only text';"], { stopOnError: false });
    assert.equal(ofType(messages, 'error')[0]?.ename, 'TypeScriptError');
    assert.match(
      String(ofType(messages, 'error')[0]?.evalue),
      /^line 1, column 7: .*'string' is not assignable to type 'number'/,
    );
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

  it('answers the requests that JupyterLab makes of every kernel, and prints nothing about them', async () => {
    const messages = await runCells(["console.log('mine');"], { request: 'history_request' });
    assert.deepEqual(ofType(messages, 'history_reply', -1), [{ status: 'ok', history: [] }]);
    assert.deepEqual(ofType(messages, 'stream'), [{ name: 'stdout', text: 'mine\n' }]);
    const [info] = ofType(await runCells([], { request: 'comm_info_request' }), 'comm_info_reply', -1);
    assert.deepEqual(info, { status: 'ok', comms: {} });
  });

  it('tells nobody of a silent cell but what it prints', async () => {
    const messages = await runCells(["console.log('x');\n1"], { silent: true });
    assert.equal(ofType(messages, 'execute_input').length, 0);
    assert.equal(ofType(messages, 'execute_reply')[0]?.status, 'ok');
  });

  it('shuts down although a timer of the notebook still runs', async () => {
    const messages = await runCells(['setInterval(() => {}, 1000); undefined;']);
    assert.ok(Number(ofType(messages, 'shutdown', -1)[0]?.seconds) < 2);
  });

  it('imports the helper module from a folder outside the project too', async () => {
    const messages = await runCells(["import { interruptible } from 'ferlab';\ntypeof interruptible"], {
      cwd: tmpdir(),
    });
    assert.deepEqual(ofType(messages, 'execute_result')[0]?.data, { 'text/plain': 'function' });
  });

  it('ends when the process that started it is killed', async () => {
    const child = startRun(['await new Promise(() => {});']);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    child.kill('SIGKILL');
    const { pid } = JSON.parse(line).content as { pid: number };
    for (let waited = 0; isAlive(pid) && waited < 4000; waited += 100) await delay(100);
    const survived = isAlive(pid);
    if (survived) process.kill(pid, 'SIGKILL');
    assert.equal(survived, false);
  });
});

/** Whether the process runs; one that has ended but was not waited for does not. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
