import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publishedLeaks } from '../../src/leaklab/published';
import { tableLeakVerdicts } from '../../src/notebook/leak-verdicts';

test('tables of leaks contradict nothing; another measure contradicts the recalls', async () => {
  const { rows } = await tableLeakVerdicts(publishedLeaks());
  assert.deepEqual(
    new Map(['impossible', 'consistent'].map((wanted) => [wanted, lettersOf(rows, wanted)])),
    new Map([
      ['impossible', 'e'],
      ['consistent', 'abcdfghijk'],
    ]),
  );
  assert.deepEqual([...new Set(rows.map(({ verdict }) => verdict))].sort(), ['consistent', 'impossible']);
});

function lettersOf(rows: readonly { letter: string; verdict: string }[], wanted: string): string {
  const letters = rows.filter(({ verdict }) => verdict === wanted).map(({ letter }) => letter);
  return [...new Set(letters)].sort().join('');
}
