import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { labNames, writeLabs } from '../../../src/notebook/lab/labs';
import {
  joinText,
  type Notebook,
  type NotebookCell,
  readNotebook,
  writeNotebook,
} from '../../../src/notebook/notebook-file';

const out = mkdtempSync(join(tmpdir(), 'ferlab-kept-'));
after(() => rmSync(out, { recursive: true }));

const [FIRST, SECOND] = labNames();
const student = (name: string) => join(out, 'students', `${name}.ipynb`);
const keptOf = (overwrite?: boolean) =>
  writeLabs(out, { overwrite })
    .filter(({ isKept }) => isKept)
    .map(({ path }) => path);

/** Changes the copy of a student. */
function edit(name: string, change: (notebook: Notebook) => Notebook): void {
  writeNotebook(student(name), change(readNotebook(student(name))));
}

const withSource = (notebook: Notebook, change: (cell: NotebookCell) => string): Notebook => ({
  ...notebook,
  cells: notebook.cells.map((cell) => ({ ...cell, source: change(cell) })),
});

test('copies that a student has edited are kept, unless they are to be overwritten', () => {
  assert.deepEqual(keptOf(), []);
  edit(FIRST!, (notebook) =>
    withSource(notebook, ({ source }) => joinText(source).replace(/throw new Error.*/, 'return [];')),
  );
  writeFileSync(student(SECOND!), 'half a notebook');
  const before = readFileSync(student(FIRST!), 'utf8');
  assert.deepEqual(keptOf(), [student(FIRST!), student(SECOND!)]);
  assert.equal(readFileSync(student(FIRST!), 'utf8'), before);
  assert.equal(readFileSync(student(SECOND!), 'utf8'), 'half a notebook');
  assert.deepEqual(keptOf(true), []);
  assert.match(readFileSync(student(FIRST!), 'utf8'), /not written yet/);
});

test('a copy that was only run and saved is replaced', () => {
  edit(FIRST!, (notebook) => ({
    ...notebook,
    cells: [
      ...notebook.cells.map((cell) => ({
        ...cell,
        source: joinText(cell.source).split(/(?<=\n)/),
        ...(cell.cell_type === 'code' ? { execution_count: 1 } : {}),
      })),
      { id: 'new', cell_type: 'code', source: '', metadata: {}, outputs: [], execution_count: null },
    ],
  }));
  assert.deepEqual(keptOf(), []);
  assert.doesNotMatch(readFileSync(student(FIRST!), 'utf8'), /"execution_count": 1/);
});
