import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkLab } from '../../../src/notebook/lab/check';
import { studentCopy } from '../../../src/notebook/lab/copies';
import { findingsOf } from '../../../src/notebook/lab/findings';
import { labNames, loadLab } from '../../../src/notebook/lab/labs';
import type { NotebookCell, NotebookOutput } from '../../../src/notebook/notebook-file';

const handedOut = new Map(studentCopy(loadLab('1-data-and-bias').cells).cells.map((cell) => [cell.id, cell]));
const value = (points: number): NotebookOutput => ({
  output_type: 'execute_result',
  data: { 'text/plain': String(points) },
});
const error = (ename: string, evalue: string): NotebookOutput => ({ output_type: 'error', ename, evalue });
const cell = (id: string, source: string, ...outputs: NotebookOutput[]): NotebookCell => ({
  ...handedOut.get(id)!,
  source,
  outputs,
});
const check = (id: string, ...outputs: NotebookOutput[]) =>
  cell(id, String(handedOut.get(id)!.source), ...outputs);
const own = (source: string, ...outputs: NotebookOutput[]): NotebookCell => ({
  id: 'x1',
  cell_type: 'code',
  source,
  metadata: {},
  outputs,
});
const found = (...cells: NotebookCell[]) =>
  findingsOf(cells, handedOut).map(({ where, problem, reasons }) => [where, problem, ...reasons]);

test('an exercise that is not written is told once, by section and function', () => {
  assert.deepEqual(
    found(
      handedOut.get('counts')!,
      check('counts-check', value(0)),
      check('counts-look', error('Error', 'not written yet')),
    ),
    [['section 1, `countClasses`', 'not written yet']],
  );
});

test('an exercise that does not compile is told with the message, without what follows of it', () => {
  assert.deepEqual(
    found(
      cell('crowd', 'function crowdLabel(): number { return "x"; }', error('TypeScriptError', '1:33 - no')),
      check('crowd-check', error('TypeScriptError', "Cannot find name 'crowdLabel'.")),
      check('ceiling-look', error('Error', 'crowdLabel is not there: its cell did not compile')),
    ),
    [['section 4, `crowdLabel`', 'TypeScriptError: 1:33 - no']],
  );
});

test('what the checks printed of lost points is told, and errors that follow from nothing else', () => {
  const text = 'right: a (1 of 1)\nwrong: b (0 of 1)\n       it gives 1\n       hint: look\n1 of 2 points\n';
  assert.deepEqual(
    found(
      check('counts-check', { output_type: 'stream', name: 'stdout', text }, value(1)),
      own('boom();\n1', error('ReferenceError', 'boom')),
    ),
    [
      [
        'section 1, `countClasses`',
        '1 of 2 points',
        'wrong: b (0 of 1)\n       it gives 1\n       hint: look',
      ],
      ['a cell of your own ("boom();")', 'ReferenceError: boom'],
    ],
  );
});

test('every exercise of every lab has a section and a function', () => {
  for (const name of labNames()) {
    const copy = new Map(studentCopy(loadLab(name).cells).cells.map((one) => [one.id, one]));
    const findings = findingsOf(
      [...copy.values()].filter(({ id }) => !/-(check|hidden)$/.test(id)),
      copy,
    );
    assert.ok(findings.length >= 4, name);
    for (const { where } of findings) assert.match(where, /^section \d, `\w+`$/, name);
  }
});

test('a path that is none is answered with the one that is meant', async () => {
  const path = join('nowhere', '99-no-lab.ipynb');
  await assert.rejects(checkLab(path, { cellTimeoutSeconds: 1 }), {
    message: `there is no notebook ${path}`,
    remedy: /npm run labs/,
  });
});
