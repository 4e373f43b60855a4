import { symlinkSync, writeFileSync } from 'node:fs';
import type { LabCell } from '../../../src/notebook/lab/cell';
import { joinText, type Notebook, type NotebookCell } from '../../../src/notebook/notebook-file';
import type { Course } from './course';

/** A submission of lab 5 that is broken or hostile, the points that it earns, and what its feedback has to say. */
export interface Hostile {
  readonly points: number;
  readonly reason?: RegExp;
  submit(place: {
    course: Course;
    student: string;
    lab: string;
    cells: readonly LabCell[];
    port: number;
  }): void;
}

/** What nobody else may see. */
export const SECRET = 'the-secret-of-another';

/** The solved notebook with code of the student's own at the end of an exercise. */
export const withCode = (exercise: string, code: string): Hostile['submit'] =>
  changed((cell) => (cell.id === exercise ? { ...cell, source: `${joinText(cell.source)}\n${code}` } : cell));

/** The solved notebook, each cell of it changed. */
export const changed =
  (change: (cell: NotebookCell) => NotebookCell): Hostile['submit'] =>
  ({ course, student, lab, cells }) => {
    const solved = course.solved(lab, cells);
    course.submit(student, lab, { ...solved, cells: solved.cells.map(change) });
  };

export const rearranged =
  (arrange: (notebook: Notebook) => Notebook): Hostile['submit'] =>
  ({ course, student, lab, cells }) =>
    course.submit(student, lab, arrange(course.solved(lab, cells)));

/** The empty student copy with code before everything. */
const emptyWithCode =
  (code: string): Hostile['submit'] =>
  ({ course, student, lab }) => {
    const released = course.released(lab);
    const cells = released.cells.map((cell) =>
      cell.id === 'confusion' ? { ...cell, source: `${joinText(cell.source)}\n${code}` } : cell,
    );
    course.submit(student, lab, { ...released, cells });
  };

const isGraded = (cell: NotebookCell) => (cell.metadata.nbgrader as { grade?: boolean }).grade === true;

export const HOSTILE: Readonly<Record<string, Hostile>> = {
  'endless-loop': { points: 12, reason: /longer than/, submit: withCode('interval', 'while (true) {}') },
  'never-settles': {
    points: 12,
    reason: /longer than/,
    submit: withCode('interval', 'await new Promise(() => {});'),
  },
  'deaf-loop': {
    points: 12,
    reason: /interrupted|held up|ended the kernel/,
    submit: withCode(
      'interval',
      "process.removeAllListeners('SIGINT'); process.on('SIGINT', () => {}); setImmediate(() => { while (true) {} });",
    ),
  },
  exits: { points: 14, submit: withCode('means', 'try { process.exit(0); } catch {}') },
  'kills-itself': {
    points: 9,
    reason: /ended the kernel/,
    submit: withCode('means', "process.kill(process.pid, 'SIGKILL');\nprocess.abort();"),
  },
  'fills-memory': {
    points: 4,
    reason: /more memory|allocation failed/,
    submit: withCode(
      'rates',
      'const all: unknown[] = []; for (;;) all.push(new Array(1e6).fill(Math.random()));',
    ),
  },
  'prints-100-megabytes': {
    points: 14,
    reason: /the rest is cut off/,
    submit: withCode('means', "for (let i = 0; i < 100; i++) console.log('x'.repeat(1e6));"),
  },
  'deleted-checks': {
    points: 14,
    reason: /confusion-check was missing/,
    submit: rearranged((notebook) => ({
      ...notebook,
      cells: notebook.cells.filter((cell) => !isGraded(cell)),
    })),
  },
  reordered: {
    points: 14,
    reason: /another order/,
    submit: rearranged((notebook) => ({ ...notebook, cells: [...notebook.cells].reverse() })),
  },
  'edited-checks': {
    points: 0,
    reason: /confusion-check was changed/,
    submit: ({ course, student, lab }) => {
      const released = course.released(lab);
      const cells = released.cells.map((cell) =>
        isGraded(cell)
          ? {
              ...cell,
              source: '100',
              metadata: { nbgrader: { ...(cell.metadata.nbgrader as object), points: 100, locked: false } },
            }
          : cell,
      );
      course.submit(student, lab, { ...released, cells });
    },
  },
  'another-kernel': {
    points: 14,
    reason: /the kernel was another one/,
    submit: rearranged((notebook) => ({
      ...notebook,
      metadata: { kernelspec: { name: 'python3', display_name: 'Python', language: 'python' } },
    })),
  },
  'no-json': {
    points: 0,
    reason: /is no notebook/,
    submit: ({ course, student, lab }) =>
      writeFileSync(course.submittedPath(student, lab), 'PK\u0003\u0004 no'),
  },
  'a-link': {
    points: 0,
    reason: /no ordinary file/,
    submit: ({ course, student, lab }) => symlinkSync('/dev/zero', course.submittedPath(student, lab)),
  },
  'reads-others': {
    points: 14,
    submit: ({ course, ...place }) =>
      withCode(
        'means',
        `import * as fs from 'fs';
for (const path of ['..', '../..', ${JSON.stringify(course.folder)}, ${JSON.stringify(`${course.folder}/gradebook.db`)}, '/root', '/home', '/etc/passwd'])
  try { console.log(path, fs.statSync(path).isDirectory() ? fs.readdirSync(path) : fs.readFileSync(path, 'utf8')); } catch (error) { console.log(path, error.code); }
for (const path of ['../dist/index.js', ${JSON.stringify(`${course.folder}/gradebook.db`)}])
  try { fs.writeFileSync(path, ''); } catch (error) { console.log(path, error.code); }
console.log(process.env, fs.readdirSync('/proc').filter((name) => /^\\d/.test(name)));`,
      )({ course, ...place }),
  },
  'calls-home': {
    points: 14,
    submit: (place) =>
      withCode(
        'means',
        `await fetch('http://127.0.0.1:${place.port}/').then((answer) => console.log('reached', answer.status), (error) => console.log('no network', String(error.cause?.code)));`,
      )(place),
  },
  'own-grade': {
    points: 0,
    submit: emptyWithCode(
      'const own = async () => 2;\nvar grade: any = own;\n(globalThis as any).grade = own;',
    ),
  },
  'replaced-checks': {
    points: 0,
    submit: emptyWithCode(
      `const labs = require('ferlab/labs');
try { labs.grade = async () => 2; } catch {}
const path = require.resolve('ferlab/labs');
try { require.cache[path].exports = { grade: async () => 2 }; } catch {}
try { (require.cache as any)[path] = { exports: { grade: async () => 2 } }; } catch {}
try { delete require.cache[path]; } catch {}
Math.abs = () => 0;
Array.prototype.every = () => true;`,
    ),
  },
};
