import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { solutionCopy, studentCopy } from '../../../src/notebook/lab/copies';
import { loadLab } from '../../../src/notebook/lab/labs';
import { joinText, type Notebook, writeNotebook } from '../../../src/notebook/notebook-file';
import { ferlab } from '../../cli/ferlab';

const LAB = '5-metrics-by-hand';

describe('ferlab lab check', { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-check-'));
  // A student may call the file what they like.
  const path = join(folder, 'my own name.ipynb');
  const { cells } = loadLab(LAB);
  after(() => rmSync(folder, { recursive: true }));

  /** The student copy with the solutions, as a student hands it in. */
  const solved = (): Notebook => {
    const own = new Map(solutionCopy(cells).cells.map((cell) => [cell.id, cell.source]));
    const released = studentCopy(cells);
    return {
      ...released,
      cells: released.cells.map((cell) =>
        (cell.metadata.nbgrader as { solution: boolean }).solution
          ? { ...cell, source: own.get(cell.id)! }
          : cell,
      ),
    };
  };

  it('finds nothing in a solved lab, and leaves it as it is', () => {
    writeNotebook(path, solved());
    const before = readFileSync(path, 'utf8');
    const { status, stdout } = ferlab('lab', 'check', path);
    assert.equal(stdout, 'visible checks: 9 of 9 points\n');
    assert.equal(status, 0);
    assert.equal(readFileSync(path, 'utf8'), before);
  });

  it('says what is not written, what is wrong, what is missing and what was changed', () => {
    const notebook = solved();
    const damaged = notebook.cells
      .filter(({ id }) => id !== 'interval-check')
      .map((cell) => {
        const text = joinText(cell.source);
        if (cell.id === 'confusion')
          return { ...cell, source: text.replace('matrix[t][answers[i]]', 'matrix[answers[i]][t]') };
        if (cell.id === 'means')
          return {
            ...cell,
            source: joinText(studentCopy(cells).cells.find(({ id }) => id === 'means')!.source),
          };
        if (cell.id === 'rates-check') return { ...cell, source: '3' };
        return cell;
      });
    writeNotebook(path, { ...notebook, cells: damaged });
    const { status, stdout } = ferlab('lab', 'check', path);
    assert.equal(status, 1);
    assert.match(stdout, /^confusion-check +1 of 2 points$/m);
    assert.match(stdout, /^means +not written yet$/m);
    assert.match(stdout, /^interval-check +the cell is missing$/m);
    assert.match(stdout, /^rates-check +the check was changed; the original counts$/m);
    assert.match(stdout, /^visible checks: 4 of 7 points$/m);
  });

  it('tells a file that is no notebook, and one that is not there', () => {
    writeFileSync(path, 'no JSON');
    for (const file of [path, join(folder, 'missing.ipynb')]) {
      const { status, stderr } = ferlab('lab', 'check', file);
      assert.equal(status, 2);
      assert.ok(stderr.includes(file), stderr);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });
});
