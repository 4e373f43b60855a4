import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pointsOfLab } from '../../../src/notebook/lab/cell';
import { solutionCopy, sourceCopy, studentCopy } from '../../../src/notebook/lab/copies';
import { labFolder, labNames, loadLab } from '../../../src/notebook/lab/labs';
import { STUB } from '../../../src/notebook/lab/not-written';
import { markingScheme } from '../../../src/notebook/lab/scheme';
import { parseLab } from '../../../src/notebook/lab/source';
import { joinText, type Notebook } from '../../../src/notebook/notebook-file';

const LAB = `// %% markdown goal
// # A lab
//
// Text.

// %% code twice solution
function twice(n: number): number {
  // BEGIN SOLUTION
  return 2 * n;
  // END SOLUTION
}

// %% code twice-check points=3
await grade([
  visible,
  // BEGIN HIDDEN TESTS
  hidden,
  // END HIDDEN TESTS
]);
`;

const sources = ({ cells }: Notebook) => cells.map((cell) => joinText(cell.source));
const metadata = ({ cells }: Notebook) =>
  cells.map((cell) => cell.metadata.nbgrader as Record<string, unknown>);

test('a source is cells with what nbgrader has to know', () => {
  const { cells } = parseLab(LAB, 'a.lab.ts');
  assert.deepEqual(
    cells.map(({ id, kind, isSolution, points }) => [id, kind, isSolution, points]),
    [
      ['goal', 'markdown', false, 0],
      ['twice', 'code', true, 0],
      ['twice-check', 'code', false, 3],
    ],
  );
  assert.equal(sources(sourceCopy(cells))[0], '# A lab\n\nText.');
  const [goal, solution, check] = metadata(sourceCopy(cells));
  assert.deepEqual([goal!.locked, solution!.locked, check!.locked], [true, false, true]);
  assert.deepEqual([solution!.grade, solution!.solution, 'points' in solution!], [false, true, false]);
  assert.deepEqual([check!.grade, check!.solution, check!.points], [true, false, 3]);
});

test('students get neither solutions nor hidden checks, teachers both', () => {
  const { cells } = parseLab(LAB, 'a.lab.ts');
  assert.deepEqual(sources(studentCopy(cells)).slice(1), [
    `function twice(n: number): number {\n  ${STUB}\n}`,
    'await grade([\n  visible,\n]);',
  ]);
  assert.deepEqual(sources(solutionCopy(cells)).slice(1), [
    'function twice(n: number): number {\n  return 2 * n;\n}',
    'await grade([\n  visible,\n  hidden,\n]);',
  ]);
});

test('a header that is none, a name that comes twice, and regions that do not fit are told by line or cell', () => {
  assert.throws(() => parseLab('// %% code A', 'a.lab.ts'), /a\.lab\.ts, line 1: no header/);
  assert.throws(() => parseLab('// %% code a\n// %% code a', 'a.lab.ts'), /line 2/);
  assert.throws(() => parseLab('// %% code a solution\nreturn 1;', 'a.lab.ts'), /cell a: its regions/);
  assert.throws(
    () => parseLab('// %% code a\n// BEGIN HIDDEN TESTS\n// END HIDDEN TESTS', 'a.lab.ts'),
    /cell a: its regions/,
  );
});

test('the labs are there, with checks for each exercise and the stub that nbgrader writes', () => {
  assert.ok(labNames().length > 0);
  for (const name of labNames()) {
    const { cells } = loadLab(name);
    for (const { id } of cells.filter((cell) => cell.isSolution))
      assert.ok(
        cells.some((cell) => cell.id === `${id}-check` && cell.points > 0),
        `${name}: ${id}`,
      );
    for (const text of sources(studentCopy(cells))) assert.doesNotMatch(text, /BEGIN|END (SOLUTION|HIDDEN)/);
  }
  const config = readFileSync(join(labFolder(), 'nbgrader_config.py'), 'utf8');
  assert.ok(config.includes(`{"typescript": "${STUB}"}`));
});

test('the code that students read is not cut off at the right in JupyterLab', () => {
  for (const name of labNames()) {
    const isCheck = new Set(loadLab(name).cells.flatMap(({ id, points }) => (points > 0 ? [id] : [])));
    for (const { id, cell_type, source } of studentCopy(loadLab(name).cells).cells)
      for (const line of cell_type === 'code' && !isCheck.has(id) ? joinText(source).split('\n') : [])
        assert.ok(line.length <= 125, `${name}, ${id}: ${line.length} characters: ${line}`);
  }
});

test('the points of a graded cell are those of its checks', () => {
  for (const name of labNames())
    for (const { id, text, points } of loadLab(name).cells.filter((cell) => cell.points > 0)) {
      const each = [...text.matchAll(/\bpoints: (\d+)/g)].map(([, count]) => Number(count));
      assert.equal(
        each.reduce((sum, count) => sum + count, 0),
        points,
        `${name}: ${id}`,
      );
    }
});

test('a cell with hidden checks has no others: a right solution passes the Validate button', () => {
  for (const name of labNames())
    for (const { id, source } of studentCopy(loadLab(name).cells).cells.filter((cell) =>
      cell.id.endsWith('-hidden'),
    ))
      assert.equal(source, 'await grade([\n]);', `${name}: ${id}`);
});

test('the marking scheme names every check with its points, and every typical mistake', () => {
  for (const name of labNames()) {
    const lab = loadLab(name);
    const scheme = markingScheme(name, lab);
    const points = [...scheme.matchAll(/\| (?:visible|hidden) \| (\d+) \|$/gm)].map(([, count]) =>
      Number(count),
    );
    assert.equal(
      points.reduce((sum, count) => sum + count, 0),
      pointsOfLab(lab),
      name,
    );
    for (const { what, points } of lab.mistakes) assert.ok(scheme.includes(`| ${what} | ${points} |`), what);
  }
});
