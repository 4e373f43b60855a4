import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { NotebookProgress } from '../../src/cli/notebook-progress';

/** A stream that keeps what is written, and a clock that the test moves on. */
function open(terminal: { isTTY?: boolean; columns?: number }) {
  let now = 0;
  const clock = mock.method(performance, 'now', () => now);
  const written: string[] = [];
  const progress = new NotebookProgress({ ...terminal, write: (text) => written.push(text) });
  const wait = (seconds: number) => {
    now += 1000 * seconds;
  };
  return { progress, wait, take: () => written.splice(0), close: () => clock.mock.restore() };
}

const START = { event: 'cell-start', cell: 2, cells: 9, id: 'x' } as const;
const says = (text: string) => ({ event: 'output', cell: 2, text }) as const;

test('on a terminal one line is rewritten, as wide as it fits', (t) => {
  const { progress, wait, take, close } = open({ isTTY: true, columns: 40 });
  t.after(close);
  progress.notebook({ number: 1, count: 6, name: 'data' });
  wait(65);
  progress.event(START);
  progress.event(says('old\nepoch 1\repoch 2\n'));
  progress.event(says('a text that is too long for the line'));
  progress.end();
  progress.end();
  const clear = '\r\u001b[K';
  assert.deepEqual(take(), [
    `${clear}0:00  notebook 1/6 data`,
    `${clear}1:05  notebook 1/6 data  cell 2/9`,
    `${clear}${'1:05  notebook 1/6 data  cell 2/9  epoch 2'.slice(0, 39)}`,
    `${clear}${'1:05  notebook 1/6 data  cell 2/9  a text'.slice(0, 39)}`,
    '\n',
  ]);
});

test('in a log a notebook is told once, and a long cell every ten seconds', (t) => {
  const { progress, wait, take, close } = open({});
  t.after(close);
  progress.notebook({ number: 2, count: 6, name: 'train' });
  progress.event(START);
  wait(10);
  progress.event(says('not yet'));
  wait(0.5);
  progress.event(says('epoch 3'));
  progress.event(says('too soon'));
  progress.event({ event: 'cell-end', cell: 2, seconds: 11 });
  wait(10.5);
  progress.event(says('epoch 4'));
  progress.notebook({ number: 3, count: 6, name: 'tables' });
  progress.end();
  assert.deepEqual(take(), [
    '0:00  notebook 2/6 train\n',
    '0:10  notebook 2/6 train  cell 2/9  epoch 3\n',
    '0:21  notebook 2/6 train  cell 2/9  epoch 4\n',
    '0:21  notebook 3/6 tables\n',
  ]);
});
