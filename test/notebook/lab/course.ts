import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import type { LabCell } from '../../../src/notebook/lab/cell';
import { solutionCopy } from '../../../src/notebook/lab/copies';
import { writeLabs } from '../../../src/notebook/lab/labs';
import { type Notebook, readNotebook, writeNotebook } from '../../../src/notebook/notebook-file';
import { findPython } from '../../../src/notebook/python';
import { writeKernelspec } from '../../lab/lab-server';

/** A folder of a course with the labs, in which stock nbgrader works. */
export class Course {
  readonly folder = mkdtempSync(join(tmpdir(), 'ferlab-course-'));

  constructor() {
    writeLabs(this.folder);
    cpSync(join(this.folder, 'course'), this.folder, { recursive: true });
    writeKernelspec(this.folder);
  }

  /** Runs nbgrader, and returns what it printed. @throws AssertionError unless it ends with the status 0 */
  nbgrader(...words: string[]): string {
    const { status, text } = this.tryNbgrader(...words);
    assert.equal(status, 0, text);
    return text;
  }

  tryNbgrader(...words: string[]): { status: number | null; text: string } {
    const folder = dirname(findPython());
    const env = {
      ...process.env,
      PATH: `${folder}:${process.env.PATH}`,
      JUPYTER_PATH: join(this.folder, 'jupyter'),
      FERLAB_NODE: process.execPath,
    };
    const options = { cwd: this.folder, env, encoding: 'utf8', maxBuffer: 1e9 } as const;
    const { status, stdout, stderr } = spawnSync(join(folder, 'nbgrader'), words, options);
    return { status, text: `${stdout}\n${stderr}` };
  }

  released(lab: string): Notebook {
    return readNotebook(join(this.folder, 'release', lab, `${lab}.ipynb`));
  }

  /** A copy that `npm run labs` makes. */
  copy(kind: 'students' | 'solutions', lab: string): Notebook {
    return readNotebook(join(this.folder, kind, `${lab}.ipynb`));
  }

  /** The page that a student gets back. */
  feedback(student: string, lab: string): string {
    return readFileSync(join(this.folder, 'feedback', student, lab, `${lab}.html`), 'utf8');
  }

  /** The released notebook with the solutions of `cells` where students write. */
  solved(lab: string, cells: readonly LabCell[]): Notebook {
    const sources = new Map(
      solutionCopy(cells.filter(({ isSolution }) => isSolution)).cells.map(({ id, source }) => [id, source]),
    );
    const released = this.released(lab);
    return {
      ...released,
      cells: released.cells.map((cell) => ({ ...cell, source: sources.get(cell.id) ?? cell.source })),
    };
  }

  /** Path of a student's file. */
  submittedPath(student: string, lab: string): string {
    const folder = join(this.folder, 'submitted', student, lab);
    mkdirSync(folder, { recursive: true });
    return join(folder, `${lab}.ipynb`);
  }

  submit(student: string, lab: string, notebook: Notebook): void {
    writeNotebook(this.submittedPath(student, lab), notebook);
  }

  graded(student: string, lab: string): Notebook {
    return readNotebook(join(this.folder, 'autograded', student, lab, `${lab}.ipynb`));
  }

  /** Points by student, from nbgrader's own export. */
  scores(lab: string): Map<string, number> {
    this.nbgrader('export');
    const text = readFileSync(join(this.folder, 'grades.csv'), 'utf8');
    const { data } = Papa.parse<Record<string, string>>(text, { header: true });
    const rows = data.filter((row) => row.assignment === lab);
    return new Map(rows.map((row) => [row.student_id!, Number(row.score)]));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
