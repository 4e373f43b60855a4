import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../src/paths';

interface Cell {
  readonly figure: string;
  readonly n: number;
  readonly decimals: number;
  readonly claims: number;
  /** Shares of the claims. */
  readonly detected: number;
  readonly mlscorecheck: number;
}

const folder = join(projectRoot(), 'bench', 'audit');
const { cells } = JSON.parse(readFileSync(join(folder, 'completeness.json'), 'utf8')) as { cells: Cell[] };
const text = readFileSync(join(folder, 'README.md'), 'utf8');

/** Kinds of figures that mlscorecheck has a test for; the weighted recall is the accuracy again. */
const TESTED = ['accuracy', 'perClass.recall', 'perClass.precision', 'perClass.f1', 'means.macro.recall'];

function shares(chosen: readonly Cell[]): { claims: number; ferlab: string; mlscorecheck: string } {
  const claims = chosen.reduce((sum, cell) => sum + cell.claims, 0);
  const percent = (pick: (cell: Cell) => number) =>
    ((100 * chosen.reduce((sum, cell) => sum + cell.claims * pick(cell), 0)) / claims).toFixed(1);
  return {
    claims,
    ferlab: percent((cell) => cell.detected),
    mlscorecheck: percent((cell) => cell.mlscorecheck),
  };
}

test('the shares of detected figures in the text are those of the saved measurement', () => {
  const rows = [2, 4].flatMap((decimals) => [100, 3589, 35887].map((n) => ({ decimals, n })));
  for (const { decimals, n } of rows) {
    const { ferlab, mlscorecheck } = shares(
      cells.filter((cell) => cell.decimals === decimals && cell.n === n),
    );
    const line = new RegExp(
      `\\| ${decimals} +\\| +${n.toLocaleString('en')} \\| +${ferlab} % \\| +${mlscorecheck} % \\|`,
    );
    assert.match(text, line);
  }
  assert.deepEqual(shares(cells), { claims: 1500, ferlab: '88.1', mlscorecheck: '29.3' });
});

test('the comparison with mlscorecheck is told on the kinds of figures that it tests', () => {
  const tested = shares(cells.filter(({ figure }) => TESTED.includes(figure)));
  assert.deepEqual(tested, { claims: 750, ferlab: '85.1', mlscorecheck: '51.9' });
  assert.ok(text.replaceAll('\n', ' ').includes('ferlab detects 85.1 % and mlscorecheck 51.9 %'));
  const others = cells.filter(({ figure }) => !TESTED.includes(figure) && figure !== 'means.weighted.recall');
  assert.equal(shares(others).mlscorecheck, '0.0');
});
