import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LabCell } from '../../../src/notebook/lab/cell';
import { solutionCopy, studentCopy } from '../../../src/notebook/lab/copies';
import { labFolder, labNames, loadLab } from '../../../src/notebook/lab/labs';
import { withMistake } from '../../../src/notebook/lab/mistake';
import type { Notebook } from '../../../src/notebook/notebook-file';
import { codeCells, sourceOf } from '../cells';
import { asModule, typeProblems } from '../type-check';

const moduleOf = (notebook: Notebook) =>
  asModule(codeCells(notebook).map((cell) => ({ id: cell.id, source: sourceOf(cell) })));

/** Every copy of every lab: what teachers get, what students get, and what students with a typical mistake hand in. */
function copies(): Map<string, string> {
  const modules = new Map<string, string>();
  for (const name of labNames()) {
    const { cells, mistakes } = loadLab(name);
    const add = (copy: string, make: (cells: readonly LabCell[]) => Notebook, own: readonly LabCell[]) =>
      modules.set(join(labFolder(), `${name}.${copy}.ts`), moduleOf(make(own)));
    add('solution', solutionCopy, cells);
    add('student', studentCopy, cells);
    for (const mistake of mistakes) add(mistake.id, solutionCopy, withMistake(cells, mistake));
  }
  return modules;
}

test('the cells of all labs pass the type check: solutions, student copies, and typical mistakes', () => {
  // The kernel is not strict about `any`, and a stub leaves parameters unused.
  assert.equal(typeProblems(copies(), { noUnusedParameters: false }), '');
});
