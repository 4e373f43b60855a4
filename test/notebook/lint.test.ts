import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { mayShowPeople } from '../../src/notebook/refresh';
import { NOTEBOOKS } from '../../src/notebook/run-notebooks';
import { codeCells, committedNotebooks, NOTEBOOK_FOLDER, sourceOf } from './cells';

const MAX_LINES = 15;
const MAX_FILE_BYTES = 900_000;
const MAX_PICTURE_BYTES = 150_000;
/** What belongs in src/: loops, branches, HTML, tensor arithmetic. */
const NOT_IN_CELLS: readonly [RegExp, string][] = [
  [/\b(for|while)\s*\(|\.forEach\(|\bdo\s*\{/, 'a loop'],
  [/\b(if|switch)\s*\(|\s\?\s[^:]*:/, 'a branch'],
  [/\bfunction\b|=>\s*\{/, 'a function of several lines'],
  [/<\/?(div|table|tr|td|span|b|img|svg)\b/i, 'HTML'],
  [/\btf\.|@tensorflow/, 'tensor arithmetic'],
];

const withoutStrings = (source: string) => source.replace(/'[^'\n]*'|"[^"\n]*"|\/\/.*$/gm, "''");

it('all notebooks are there, and all are executed', () => {
  const names = committedNotebooks().map(([name]) => name);
  assert.deepEqual(
    names,
    NOTEBOOKS.map((name) => `${name}.ipynb`),
  );
});

for (const [name, notebook] of committedNotebooks()) {
  describe(name, () => {
    it('has cells that only tell and call, of at most 15 lines and mostly under 8', () => {
      const lengths = codeCells(notebook).map((cell) => sourceOf(cell).split('\n').length);
      assert.ok(Math.max(...lengths) <= MAX_LINES, `a cell has ${Math.max(...lengths)} lines`);
      assert.ok(lengths.filter((length) => length < 8).length > 0.7 * lengths.length, 'most cells are long');
      for (const cell of codeCells(notebook)) {
        for (const [pattern, what] of NOT_IN_CELLS) {
          assert.doesNotMatch(withoutStrings(sourceOf(cell)), pattern, `cell ${cell.id} holds ${what}`);
        }
      }
    });

    it('has readable, unique cell ids and our kernel', () => {
      const ids = notebook.cells.map((cell) => cell.id);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ids) assert.match(id, /^[a-z][a-z0-9-]+$/, `cell id ${id}`);
      assert.equal((notebook.metadata.kernelspec as { name: string }).name, 'ferlab');
      assert.equal(notebook.nbformat_minor, 5);
    });

    it('starts with its goal, input and run time, shows the versions, and ends with deviations and exercises', () => {
      const [first] = notebook.cells;
      for (const word of ['**Goal.**', '**Input', '**Run time.**'])
        assert.ok(sourceOf(first!).includes(word), word);
      assert.ok(sourceOf(codeCells(notebook)[0]!).includes('environment()'));
      const text = notebook.cells.map(sourceOf).join('\n');
      assert.match(text, /^## (What deviates|What is missing|Exercises)/m);
    });

    it('has one cell of parameters, and none that a run injected', () => {
      const tagged = (tag: string) =>
        notebook.cells.filter((cell) => cell.metadata.tags?.includes(tag)).length;
      assert.ok(tagged('parameters') <= 1);
      assert.equal(tagged('injected-parameters'), 0);
    });

    it('comes with prose before each section of code', () => {
      notebook.cells.forEach((cell, i) => {
        const previous = notebook.cells.slice(Math.max(0, i - 3), i);
        const isLoneCode = previous.length === 3 && previous.every((other) => other.cell_type === 'code');
        assert.ok(!(cell.cell_type === 'code' && isLoneCode), `four code cells in a row at ${cell.id}`);
      });
    });

    it('is small, without errors, absolute paths or pictures of people in its outputs', () => {
      assert.ok(statSync(join(NOTEBOOK_FOLDER, name)).size < MAX_FILE_BYTES, 'the file is too large');
      const text = JSON.stringify(notebook);
      assert.doesNotMatch(text, /"\/(home|root|work|tmp|Users)\//);
      assert.doesNotMatch(text, /(^|[^\w.])\/(home|root|work|tmp|Users)\/\w/);
      for (const output of codeCells(notebook).flatMap((cell) => cell.outputs ?? [])) {
        assert.notEqual(output.output_type, 'error');
        assert.ok(!(output.output_type === 'stream' && output.name === 'stderr'), 'stderr output');
        const picture = String(output.data?.['image/png'] ?? output.data?.['image/jpeg'] ?? '');
        assert.ok(picture.length < MAX_PICTURE_BYTES, `a picture of ${picture.length} bytes`);
        assert.ok(!mayShowPeople(output), 'a picture that may show people');
      }
    });
  });
}
