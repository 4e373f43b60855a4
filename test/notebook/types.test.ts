import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeCells, committedNotebooks, NOTEBOOK_FOLDER, sourceOf } from './cells';
import { asModule, typeProblems } from './type-check';

test('the cells of all notebooks pass the strict type check', () => {
  const modules = new Map(
    committedNotebooks().map(([name, notebook]) => {
      const cells = codeCells(notebook).map((cell) => ({ id: cell.id, source: sourceOf(cell) }));
      return [join(NOTEBOOK_FOLDER, `${name}.ts`), asModule(cells)];
    }),
  );
  assert.equal(typeProblems(modules), '');
});
