import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { plotLeaks } from '../../src/leaklab/plot';
import { loadLeakResults } from '../../src/leaklab/results';
import { summarizeCombinations, summarizeMistakes } from '../../src/leaklab/summary';
import { projectRoot } from '../../src/paths';

const measured = loadLeakResults(join(projectRoot(), 'studies', 'leaks.measured.json'));

test('the measured claims follow from their confusion matrices', () => {
  for (const { measure, claimed, confusion } of measured.results) {
    const total = confusion.flat().reduce((sum, count) => sum + count, 0);
    const accuracy = confusion.reduce((sum, row, i) => sum + row[i]!, 0) / total;
    if (measure === 'binary-accuracy') continue;
    const wanted = measure === 'one-vs-rest' ? 1 - (2 * (1 - accuracy)) / 7 : accuracy;
    assert.ok(Math.abs(claimed - wanted) < 1e-6, `${measure}: ${claimed} and ${wanted}`);
  }
});

test('what the page on leaks says: one mistake alone reaches 86 %, and whatever passes it counts one class against the rest', () => {
  const alone = summarizeMistakes(measured).filter(({ claimed }) => claimed >= 0.855);
  assert.deepEqual(
    alone.map(({ measure, seeds }) => [measure, seeds]),
    [['binary-accuracy', 3]],
  );
  const others = summarizeMistakes(measured).filter(({ letter }) => letter !== 'e');
  assert.ok(others.every(({ claimed }) => claimed < 0.65));
  const together = summarizeCombinations(measured).filter(({ claimed }) => claimed >= 0.86);
  assert.ok(together.length > 5);
  assert.ok(together.every(({ measure }) => measure === 'binary-accuracy' || measure === 'one-vs-rest'));
});

test('the figure has a point for each claim and a line at what the paper prints', () => {
  const { data, layout } = plotLeaks(measured);
  const claimed = data[2] as { x: number[] };
  assert.equal(claimed.x.length, summarizeMistakes(measured).length);
  assert.equal((layout.shapes as { x0: number }[])[0]!.x0, 86);
});
