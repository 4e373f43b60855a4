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
    assert.equal(stdout, 'visible checks: 9 of 9 points; 5 more are checked at grading. Ready to hand in.\n');
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
    const { status, stdout, stderr } = ferlab('lab', 'check', path);
    assert.equal(status, 1);
    assert.deepEqual(
      stdout.split('\n').filter((line) => !line.startsWith('  ')),
      [
        'Section 2, `ratesOf`: its check was changed; the original counts',
        'Section 4, `wilson`: its check is missing',
        'Section 1, `confusionMatrix`: 1 of 2 points',
        'Section 3, `meanRecall`: not written yet',
        'visible checks: 4 of 7 points; 7 more are checked at grading',
        '',
      ],
    );
    assert.match(
      stdout,
      /^ {4}wrong: rows are the truth \(0 of 1\)\n.*it gives .*\n.*hint: matrix\[truth\]/m,
    );
    assert.match(stderr, /my own name\.ipynb/);
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
