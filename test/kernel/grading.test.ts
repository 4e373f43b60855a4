import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { projectRoot } from '../../src/paths';

const { noProcesses } = require('../../kernel/no-processes.cjs');

/** What a script prints in a process of its own: what is fixed there stays fixed. */
function printed(script: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: projectRoot(),
    encoding: 'utf8',
  });
  return stdout + stderr;
}

test("JavaScript's own objects stay as they are, and others can still inherit from them", () => {
  const script = `require('./kernel/built-ins.cjs').fixBuiltIns();
    Math.abs = () => 0;
    Array.prototype.then = (settle) => settle(1);
    Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });
    globalThis.setTimeout = (call) => call();
    class Own extends Error { constructor(text) { super(text); this.name = 'Own'; } toString() { return this.name; } }
    const error = new Error('text');
    error.name = 'Other';
    console.log(Math.abs(-3), [].then, [...[1, 2]].length, String(setTimeout).includes('call()'), String(new Own('')), error.name, [[1]]);`;
  assert.equal(printed(script), '3 undefined 2 false Own Other [ [ 1 ] ]\n');
});

const CELLS = `const { LabCells } = require('./kernel/lab-cells.cjs');
  globalThis.__tslab__ = { exports: {}, require };
  console.log = () => {};
  const cells = new LabCells(() => {});
  cells.read('// key');
  const run = async (code, last) => {
    const cell = cells.read(code);
    cells.begin(cell);
    await new Function('exports', 'return (async () => {' + cell.code + '})();')(__tslab__.exports);
    return cells.value(cell, last);
  };
  const { grade } = require('./labs');
  globalThis.check = (holds) => [{ what: '', points: 2, hint: '', holds }];
  globalThis.grade = grade;
  const say = (value) => process.stdout.write(value + ' ');`;

test("a lab's own cell is worth what its own call of `grade` came to", () => {
  const script = `${CELLS} (async () => {
    say(await run('// key\\nawait grade(check(() => { grade(check(() => [1, 1])); return [0, 1]; })); exports.tsLastExpr = 2;', '2'));
    say(await run('// key\\nawait grade(check(() => [1, 1]));', '1'));
    say(await run('// key\\n;', '7'));
    say(await run('7', '7'));
  })();`;
  assert.equal(printed(script), '0 2 undefined 7 ');
});

test('cells find everything that labs import where labs are graded', () => {
  const script = `${CELLS} (async () => {
    say(Object.keys(require('./labs')).sort().join());
    say(await require('./labs').whenWritten(() => 3));
  })();`;
  assert.equal(printed(script), 'grade,whenWritten 3 ');
});

test("a lab's own cell finds the lab's names, a student's cell the student's", () => {
  const script = `${CELLS} (async () => {
    await run('// key\\nexports.help = 1;');
    await run('exports.help = 2; exports.answer = 3; globalThis.__tslab__ = {}; Reflect.setPrototypeOf(__tslab__.exports, { set answer(_) {} });');
    await run('// key\\nexports.seen = exports.help + 10 * exports.answer;');
    say(__tslab__.exports.help);
    say(__tslab__.exports.seen);
  })().catch((error) => say(error.message));`;
  assert.equal(printed(script), '2 31 ');
});

/** What the filter answers to a call: it is a program of two registers. */
function answer(filter: Buffer, call: Record<number, number>): number {
  let value = 0;
  for (let i = 0; ; i++) {
    const [code, operand] = [filter.readUInt16LE(8 * i), filter.readUInt32LE(8 * i + 4)];
    if (code === 0x06) return operand;
    if (code === 0x20) value = call[operand]!;
    const holds = { 21: value === operand, 53: value >= operand, 69: (value & operand) !== 0 }[code];
    if (holds !== undefined) i += filter.readUInt8(8 * i + (holds ? 2 : 3));
  }
}

test('the filter lets threads start and no process', () => {
  const [allowed, refused, unknown] = [0x7fff0000, 0x50001, 0x50026];
  const [amd, arm] = [0xc000003e, 0xc00000b7];
  const call = (machine: number, number: number, flags = 0) => ({ 0: number, 4: machine, 16: flags });
  const on = (processor: string, ...words: Parameters<typeof call>) =>
    answer(noProcesses(processor), call(...words));
  assert.equal(on('x64', amd, 1), allowed);
  assert.equal(on('x64', amd, 56, 0x3d0f00), allowed);
  for (const number of [56, 57, 58, 0x40000039]) assert.equal(on('x64', amd, number), refused);
  assert.equal(on('x64', amd, 435), unknown);
  assert.equal(on('x64', 0x40000003, 2), refused, 'the calls of 32 bits');
  assert.equal(on('arm64', arm, 220), refused);
  assert.equal(on('arm64', arm, 220, 0x10000), allowed);
  assert.equal(on('arm64', arm, 57), allowed);
  assert.equal(noProcesses('riscv64'), null);
});
