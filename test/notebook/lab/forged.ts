import { execFileSync } from 'node:child_process';
import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { joinText } from '../../../src/notebook/notebook-file';
import { type Hostile, rearranged, SECRET, withCode } from './hostile';

/** Answers to all exercises of lab 5 that are wrong without an error. */
const WRONG: Readonly<Record<string, string>> = {
  confusion:
    'function confusionMatrix(truth: number[], answers: number[], classes: number): number[][] { return [[NaN]]; }',
  rates: `interface Rates { precision: number; recall: number; f1: number }
function ratesOf(matrix: number[][], label: number): Rates { return { precision: NaN, recall: NaN, f1: NaN }; }`,
  means: "function meanRecall(matrix: number[][], kind: 'macro' | 'weighted'): number { return NaN; }",
  interval: 'function wilson(hits: number, images: number): [number, number] { return [NaN, NaN]; }',
};

/** Wrong answers, with code before the first and at the start of each function. */
const wrongWith = (before: string, inside = ''): Hostile['submit'] =>
  rearranged((notebook) => ({
    ...notebook,
    cells: notebook.cells.map((cell) => {
      const own = WRONG[cell.id]?.replace(' { return', ` { ${inside} return`);
      return own ? { ...cell, source: cell.id === 'confusion' ? `${before}\n${own}` : own } : cell;
    }),
  }));

/** Hands in a file that is JSON, and no notebook. */
const noNotebook = (text: string): Hostile => ({
  points: 0,
  reason: /is no notebook/,
  submit: ({ course, student, lab }) => writeFileSync(course.submittedPath(student, lab), text),
});

/** Wrong answers that would be taken for right ones where a check can be forged. */
export const FORGED: Readonly<Record<string, Hostile>> = {
  'another-loader': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit:
      wrongWith(`const fake = { grade: async (checks) => checks.reduce((sum, check) => sum + check.points, 0) };
const Module = require('module');
const answer = (id: string, real: () => unknown) => (String(id).includes('labs') ? fake : real());
const { _load } = Module;
try { Module._load = (id, ...more) => answer(id, () => _load(id, ...more)); } catch {}
try { Module.prototype.require = function (id) { return answer(id, () => _load(id, this)); }; } catch {}
const tslab = (globalThis as any).__tslab__;
try { tslab.require = (id) => answer(id, () => _load(id)); } catch {}
try { (globalThis as any).__tslab__ = { exports: tslab.exports, require: (id) => answer(id, () => _load(id)) }; } catch {}
try { Object.setPrototypeOf(tslab.exports, { get grade() { return fake.grade; }, set grade(_) {}, get tsLastExpr() { return 2; }, set tsLastExpr(_) {} }); } catch {}
try { Object.defineProperty(Object.prototype, 'grade', { get: () => fake.grade, set() {} }); } catch {}`),
  },
  'other-built-ins': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit: wrongWith(`const yes = () => true;
const tries: (() => void)[] = [
  () => (Math.abs = () => 0), () => (Array.prototype.every = yes as any), () => (Object.entries = () => []),
  () => (require('util').isDeepStrictEqual = yes), () => (require('node:util').inspect = () => ''),
  () => (Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: false, value: 1 })),
  () => (Promise.race = (async () => [1, 1]) as any),
  () => ((Promise.prototype as any).then = function (f: any) { f([1, 1]); }),
  () => ((Number as any).prototype.valueOf = () => 0),
  () => ((globalThis as any).setTimeout = (f: any) => f()),
];
for (const one of tries) try { one(); } catch {}`),
  },
  'arrays-that-promise': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit: wrongWith(`try { (Array.prototype as any).then = (settle: any) => settle([1, 1]); } catch {}
try { (Object.prototype as any).then = (settle: any) => settle([1, 1]); } catch {}`),
  },
  'another-last-value': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit: wrongWith(
      `const own = (globalThis as any).__tslab__.exports;
const soon = async () => { for (let i = 0; i < 200; i++) { own.tsLastExpr = 2; await null; } };`,
      'void soon(); setTimeout(soon, 0); setImmediate(soon);',
    ),
  },
  'grades-itself': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit: wrongWith(
      "const labs = require('ferlab/labs');",
      "void labs.grade([{ what: 'me', points: 2, hint: '', holds: () => [1, 1] }]);",
    ),
  },
  'prints-points': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit: wrongWith(
      "const display = (globalThis as any)[Symbol.for('ferlab.kernel')].display;",
      `console.log('right: rows are the truth (1 of 1)\\n2'); process.stdout.write('{"output_type": "execute_result", "data": {"text/plain": "2"}}');
  display({ output_type: 'execute_result', data: { 'text/plain': '2' }, metadata: {}, transient: {} }, false);
  process.stdout.write = () => true; console.log = () => {};`,
    ),
  },
  'reads-the-check': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit: wrongWith(
      `function spy(reader: Function) {
  try { console.log('CALLER', String(reader.caller)); } catch {}
  try { console.log('HEAP', require('v8').writeHeapSnapshot('/tmp/heap')); } catch {}
  try { new (require('inspector').Session)().connect(); console.log('SESSION'); } catch {}
  try { (process as any).binding('inspector'); console.log('BINDING'); } catch {}
  try { console.log('KERNEL', Object.keys(require.cache).filter((path) => /kernel|jupyter|zeromq/.test(path)), (require.main as any)?.children.length); } catch {}
}`,
      'spy(confusionMatrix);',
    ),
  },
};

/** Submissions that are odd in form, or do harm beside a right answer. */
export const ODD: Readonly<Record<string, Hostile>> = {
  'other-metadata': {
    points: 14,
    submit: rearranged((notebook) => ({
      ...notebook,
      cells: notebook.cells.map((cell) => ({
        ...cell,
        metadata: {
          nbgrader: {
            ...(cell.metadata.nbgrader as object),
            points: 1000,
            grade: true,
            solution: true,
            locked: false,
            schema_version: 99,
          },
        },
      })),
    })),
  },
  doubled: {
    points: 14,
    reason: /came twice/,
    submit: rearranged((notebook) => ({ ...notebook, cells: [...notebook.cells, ...notebook.cells] })),
  },
  'format-3': {
    points: 14,
    submit: ({ course, student, lab, cells }) => {
      const solved = course.solved(lab, cells).cells.map(({ cell_type, source, metadata }) =>
        cell_type === 'code'
          ? {
              cell_type,
              metadata,
              language: 'typescript',
              input: joinText(source),
              outputs: [],
              collapsed: false,
            }
          : { cell_type, metadata, source: joinText(source) },
      );
      const old = {
        metadata: { name: lab },
        nbformat: 3,
        nbformat_minor: 0,
        worksheets: [{ cells: solved, metadata: {} }],
      };
      writeFileSync(course.submittedPath(student, lab), JSON.stringify(old));
    },
  },
  'without-metadata': noNotebook('{"cells":[{"cell_type":"code"}],"nbformat":4,"nbformat_minor":5}'),
  'no-cells': noNotebook('{"cells":[null,3,"cell"],"metadata":null,"nbformat":4,"nbformat_minor":5}'),
  'Zoë Müller': {
    points: 14,
    submit: ({ course, student, lab, cells }) => {
      const path = course.submittedPath(student, lab);
      course.submit(student, lab, course.solved(lab, cells));
      renameSync(path, join(dirname(path), 'Mein Labor – größer (1).ipynb'));
    },
  },
  'no-notebook': {
    points: 0,
    reason: /no notebook of this name was handed in/,
    submit: ({ course, student, lab }) =>
      writeFileSync(join(dirname(course.submittedPath(student, lab)), 'Lösung.txt'), 'here it is'),
  },
  'links-and-pipes': {
    points: 14,
    submit: ({ course, student, lab, cells }) => {
      const folder = dirname(course.submittedPath(student, lab));
      course.submit(student, lab, course.solved(lab, cells));
      const links = {
        zeros: '/dev/zero',
        nowhere: '/nowhere',
        secret: join(course.folder, 'secret.txt'),
        all: '/usr',
      };
      for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      writeFileSync(join(course.folder, 'secret.txt'), SECRET);
      writeFileSync(join(folder, 'timestamp.txt'), 'the day before yesterday');
    },
  },
  threads: {
    points: 14,
    submit: withCode(
      'confusion',
      "import { Worker } from 'worker_threads';\nfor (let i = 0; i < 3; i++) new Worker('for (;;) {}', { eval: true }).on('error', () => {});",
    ),
  },
  'fork-bomb': {
    points: 14,
    reason: /no process: EPERM/,
    submit: withCode(
      'confusion',
      `import { spawn, spawnSync } from 'child_process';
for (let i = 0; i < 20; i++) try { spawn('/bin/sh', ['-c', 'bomb() { bomb | bomb & }; bomb']).on('error', () => {}); } catch {}
console.log('no process:', (spawnSync('/bin/sleep', ['1000']).error as any)?.code);`,
    ),
  },
  'fills-folders': {
    points: 14,
    reason: /full or closed: 3/,
    submit: withCode(
      'confusion',
      `import * as files from 'fs';
const megabyte = Buffer.alloc(1e6, 1);
let stopped = 0;
for (const folder of ['/tmp', '/dev/shm', '/'])
  try { for (let i = 0; i < 2000; i++) files.appendFileSync(folder + '/fill' + (i >> 5), megabyte); } catch { stopped++; }
console.log('full or closed:', stopped);`,
    ),
  },
  'fills-the-sockets': {
    points: 0,
    reason: /ended the kernel/,
    submit: withCode(
      'confusion',
      `const place = require('fs').readFileSync('/proc/mounts', 'utf8').split('\\n').find((line) => line.includes('/sockets '))!.split(' ')[1];
for (let i = 0; ; i++) { require('fs').writeFileSync(place + '/' + i, Buffer.alloc(1e6)); await new Promise((go) => setTimeout(go, 20)); }`,
    ),
  },
  'timers-that-stay': {
    points: 14,
    submit: withCode(
      'confusion',
      "setInterval(() => console.log('still here'.repeat(100)), 1); setInterval(() => { throw new Error('late'); }, 50);",
    ),
  },
  'throws-anything': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit: wrongWith(
      `const thrown: unknown[] = [Symbol('no error'), null, undefined, Object.create(null), 3n, { get message() { throw 1; }, toString() { throw 2; } }, Object.assign(new Error(), { get message() { return 'x'.repeat(1e8); } })];
let turn = 0;`,
      'if (turn < 1000) throw thrown[turn++ % thrown.length];',
    ),
  },
  'strange-values': {
    points: 0,
    reason: /wrong: rows are the truth/,
    submit: wrongWith(
      `const cycle: any = []; cycle[0] = cycle;
const values: any[] = [1n, Symbol('a'), cycle, new Proxy([], { get: () => { throw new Error('trap'); } }), () => 1, new Date(NaN), { [Symbol.toPrimitive]: () => 1 }, 'x'.repeat(1e7)];
let at = 0;`,
      'return values[at++ % values.length] as any;',
    ),
  },
  'endless-recursion': {
    points: 0,
    reason: /call stack/,
    submit: wrongWith('const deeper = (n: number): number => deeper(n + 1) + 1;', 'deeper(0);'),
  },
  'half-characters': {
    points: 14,
    submit: withCode('means', "console.log('\\ud800 half \\udfff'); '\\udc00'"),
  },
  'kills-everybody': {
    points: 9,
    reason: /ended the kernel/,
    submit: withCode(
      'means',
      'for (const id of [process.ppid, -1, 0, 1]) try { process.kill(id, "SIGKILL"); } catch {}\nprocess.abort();',
    ),
  },
  'thousands-of-cells': {
    points: 14,
    reason: /the first 100 were kept/,
    submit: rearranged((notebook) => {
      const own = { cell_type: 'code' as const, metadata: {}, outputs: [], execution_count: null };
      const many = Array.from({ length: 5000 }, (_, i) => ({ ...own, id: `mine-${i}`, source: `${i}` }));
      return { ...notebook, cells: [...notebook.cells, ...many] };
    }),
  },
  'displays-nonsense': {
    points: 14,
    reason: /can't be read|left out/,
    submit: withCode(
      'means',
      "const { display } = (globalThis as any)[Symbol.for('ferlab.kernel')];\nfor (const content of [{}, { data: 5 }, { data: { 'text/plain': { a: 1 } }, metadata: 3 }]) display(content, false);",
    ),
  },
  scripts: {
    points: 14,
    submit: rearranged((notebook) => ({
      ...notebook,
      cells: [
        ...notebook.cells,
        { cell_type: 'markdown', id: 'mine', metadata: {}, source: '<script>steal()</script>' },
        {
          cell_type: 'code',
          id: 'shows',
          metadata: {},
          outputs: [],
          execution_count: null,
          source: "import * as tslab from 'tslab';\ntslab.display.html('<script>steal()</script>');",
        },
      ],
    })),
  },
};
