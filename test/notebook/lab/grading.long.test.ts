import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Papa from 'papaparse';
import { labFolder, loadLab, writeLabs } from '../../../src/notebook/lab/labs';
import { joinText, readNotebook, writeNotebook } from '../../../src/notebook/notebook-file';
import { findPython } from '../../../src/notebook/python';

const LAB = '5-metrics-by-hand';
const MINUTE = 60_000;

/** How a student changes the solution of an exercise: [from, to], or what stands in its place. */
type Change = readonly [exercise: string, from: string | RegExp, to: string];

/** Submissions with what is wrong in them and the points that the scheme gives; 14 are all. */
const SUBMISSIONS: Readonly<Record<string, { changes: readonly Change[] | null; points: number }>> = {
  solved: { changes: [], points: 14 },
  warns: { changes: [['rates', /^ {2}\/\/ BEGIN SOLUTION/m, "  console.warn('careful');"]], points: 14 },
  empty: { changes: null, points: 0 },
  // Rows and columns exchanged: the asymmetric counts are wrong, and so are all three of those that see them.
  transposed: { changes: [['confusion', 'matrix[t][answers[i]]++', 'matrix[answers[i]][t]++']], points: 11 },
  'mean-for-f1': {
    changes: [
      ['rates', 'f1: share(2 * hits, called + there)', 'f1: (share(hits, called) + share(hits, there)) / 2'],
    ],
    points: 13,
  },
  'nan-for-zero': { changes: [['rates', 'whole === 0 ? 0 : part / whole', 'part / whole']], points: 13 },
  'macro-only': {
    changes: [['means', "kind === 'macro' ? 1 / matrix.length : count / total", '1 / matrix.length']],
    points: 12,
  },
  'other-z': { changes: [['interval', '1.96', '1.64']], points: 12 },
  // What comes after a failure is graded all the same.
  throws: { changes: [['confusion', 'const matrix', "throw new Error('lost'); const matrix"]], points: 10 },
  endless: { changes: [['interval', 'const z = 1.96;', 'while (true) {}; const z = 1.96;']], points: 12 },
};

describe('lab 5, graded by stock nbgrader', { timeout: 30 * MINUTE }, () => {
  const course = mkdtempSync(join(tmpdir(), 'ferlab-course-'));
  after(() => rmSync(course, { recursive: true, force: true }));
  let scores: Map<string, number>;

  function nbgrader(...words: string[]): void {
    const folder = dirname(findPython());
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    const { status, stderr } = spawnSync(join(folder, 'nbgrader'), words, {
      cwd: course,
      env,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  }

  /** Hands a changed solution in, on the copy that nbgrader released. */
  function submit(student: string, changes: readonly Change[] | null): void {
    const released = readNotebook(join(course, 'release', LAB, `${LAB}.ipynb`));
    const solutions = new Map(
      loadLab(LAB)
        .cells.filter((cell) => cell.isSolution)
        .map(({ id, text }) => [id, text]),
    );
    const cells = released.cells.map((cell) => {
      const solution = solutions.get(cell.id);
      if (changes === null || solution === undefined) return cell;
      const own = changes.filter(([exercise]) => exercise === cell.id);
      const source = own.reduce((text, [, from, to]) => {
        const changed = text.replace(from, to);
        assert.notEqual(changed, text, `${student}: nothing to change`);
        return changed;
      }, solution);
      return { ...cell, source };
    });
    const folder = join(course, 'submitted', student, LAB);
    mkdirSync(folder, { recursive: true });
    writeNotebook(join(folder, `${LAB}.ipynb`), { ...released, cells });
  }

  before(() => {
    writeLabs(course);
    cpSync(join(course, 'course/source'), join(course, 'source'), { recursive: true });
    cpSync(join(labFolder(), 'nbgrader_config.py'), join(course, 'nbgrader_config.py'));
    nbgrader('generate_assignment', LAB);
    for (const [student, { changes }] of Object.entries(SUBMISSIONS)) submit(student, changes);
    nbgrader('autograde', LAB, '--Execute.timeout=90');
    nbgrader('export');
    const { data } = Papa.parse<Record<string, string>>(readFileSync(join(course, 'grades.csv'), 'utf8'), {
      header: true,
    });
    scores = new Map(
      data.filter((row) => row.assignment === LAB).map((row) => [row.student_id!, Number(row.score)]),
    );
  });

  it('releases the copy that `npm run labs` makes', () => {
    const text = (path: string) => readNotebook(path).cells.map(({ source }) => joinText(source));
    const own = text(join(course, 'students', `${LAB}.ipynb`));
    assert.deepEqual(text(join(course, 'release', LAB, `${LAB}.ipynb`)), own);
  });

  for (const [student, { points }] of Object.entries(SUBMISSIONS)) {
    it(`gives the submission "${student}" ${points} of 14 points`, () => {
      assert.equal(scores.get(student), points);
    });
  }
});
