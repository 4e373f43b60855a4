import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withMistake } from '../../../src/notebook/lab/mistake';
import { parseLab } from '../../../src/notebook/lab/source';

const LAB = `// %% code twice solution
function twice(n: number): number {
  // BEGIN SOLUTION
  const factor = 2;
  return factor * n;
  // END SOLUTION
}

// %% code twice-check points=3
await grade([]);

`;

const MISTAKE = `// %% mistake squares in=twice points=1
// Squares where it should double:
// that is right for 2.
// - const factor = 2;
// -   return factor * n;
// + return n * n;
`;

test('a mistake replaces lines of a solution, and says what is wrong and what is left', () => {
  const { cells, mistakes } = parseLab(LAB + MISTAKE, 'a.lab.ts');
  assert.equal(cells.length, 2);
  const [mistake] = mistakes;
  assert.equal(mistake!.what, 'Squares where it should double: that is right for 2.');
  assert.equal(mistake!.points, 1);
  const [twice, check] = withMistake(cells, mistake!);
  assert.match(twice!.text, /BEGIN SOLUTION\n {2}return n \* n;\n {2}\/\/ END/);
  assert.equal(check!.text, cells[1]!.text);
});

test('a mistake in no exercise, and one that replaces nothing, are told', () => {
  const wrong = (mistake: string) => () => parseLab(LAB + mistake, 'a.lab.ts');
  assert.throws(wrong(MISTAKE.replace('in=twice', 'in=thrice')), /mistake squares: the solution of thrice/);
  assert.throws(wrong(MISTAKE.replace('in=twice', 'in=twice-check')), /the solution of twice-check/);
  assert.throws(wrong(MISTAKE.replace('factor = 2', 'factor = 3')), /does not hold what it replaces/);
  assert.throws(wrong(MISTAKE.replace(/^\/\/ - .*\n/gm, '')), /does not hold/);
  assert.throws(wrong(MISTAKE.replace(' in=twice', '')), /line 12: no header/);
});
