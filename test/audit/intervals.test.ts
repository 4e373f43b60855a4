import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { intervalsOf, itemsBehind, METHODS } from '../../packages/audit/src/intervals/methods';
import { auditClaim, claimFromTable, readTables } from '../../src/audit/audit';
import { wilsonInterval } from '../../src/evaluate/intervals';
import { randomStream } from '../../src/random';
import { askPython } from '../baseline/python';

const close = (found: readonly number[], wanted: readonly number[], error = 1e-9) =>
  assert.ok(
    found.every((end, i) => Math.abs(end - wanted[i]!) < error),
    `${found} instead of ${wanted}`,
  );

test('the three methods give hand-worked and other programs’ intervals', () => {
  // 8 of 10: 0.8 +- 1.959964 sqrt(0.016).
  close(intervalsOf('Wald', 0.8, 10, '95%')[0]!, [0.5520819870781755, 1]);
  close(intervalsOf('Wald', 0.5, 100, '95%')[1]!, [0.402, 0.598], 1e-12);
  close(intervalsOf('Wilson', 2551 / 3589, 3589, '95%')[0]!, wilsonInterval(2551, 3589));
  const cases = Array.from({ length: 60 }, (_, index) => {
    const random = randomStream(9, 'intervals', index);
    const n = 1 + random.integer(index % 2 ? 40_000 : 60);
    const level = (['90%', '95%', '99%'] as const)[index % 3]!;
    return { count: index % 7 ? random.integer(n + 1) : 0, n, level };
  });
  const tails = { '90%': 0.05, '95%': 0.025, '99%': 0.005 };
  const asked = cases.map(({ count, n, level }) => [count, n, tails[level]]);
  const answers = askPython<[number, number][]>('../audit/intervals.py', asked);
  for (const [i, { count, n, level }] of cases.entries()) {
    close(intervalsOf('Clopper-Pearson', count / n, n, level)[0]!, answers[i]!);
  }
});

const base: Claim = { title: 't', classes: [], n: 3589, accuracy: '0.7108' };
const observed = async (claim: Partial<Claim>) => {
  const report = await auditClaim({ ...base, ...claim }, { timeLimitSeconds: 0.2 });
  return { verdict: report.verdict, line: report.observations.find((text) => /interval/.test(text)) ?? '' };
};

test('an interval is told with the methods that give it', async () => {
  const of = async (low: string, high: string) =>
    (await observed({ intervals: { accuracy: { low, high } } })).line;
  // 2,551 of 3,589: Wald 0.69595 to 0.72562, Wilson 0.69575 to 0.72540, Clopper-Pearson 0.69564 to 0.72558.
  assert.match(await of('0.6959', '0.7256'), /is that of Wald \(2551 of 3589\)$/);
  assert.match(await of('0.6957', '0.7254'), /is that of Wilson \(2551 of 3589\)$/);
  assert.match(await of('0.70', '0.73'), /Wald .*, and of Wilson .*, and of Clopper-Pearson/);
  assert.match(await of('0.68', '0.73'), /none of the methods .*Wilson 0\.696 to 0\.725/);
  assert.match(await of('0.72', '0.75'), /does not contain it/);
});

test('an interval that no method gives is no contradiction, and tells how many items it is as wide as', async () => {
  const odd = await observed({ intervals: { accuracy: { low: '0.680', high: '0.740' } } });
  assert.notEqual(odd.verdict, 'impossible');
  assert.match(odd.line, /as wide as that of about 877 items; another method, such as a bootstrap, may/);
  assert.equal(itemsBehind(0.7108, [0.68, 0.74], '95%'), 877);
  const { n: _, ...unknown } = base;
  const report = await auditClaim(
    { ...unknown, intervals: { accuracy: { low: '0.696', high: '0.726' } } },
    { timeLimitSeconds: 0.2 },
  );
  assert.match(
    report.observations.at(-1)!,
    /the number of items is not known; it is as wide as that of about 35\d\d/,
  );
});

test('honest intervals of random counts are always recognised, whatever the rounding', async () => {
  for (let index = 0; index < 60; index++) {
    const random = randomStream(21, 'honest intervals', index);
    const n = 20 + random.integer(5000);
    const count = random.integer(n + 1);
    const method = METHODS[index % 3]!;
    const places = 2 + random.integer(3);
    const shorten = [Math.floor, Math.ceil, Math.round][random.integer(3)]!;
    const print = (value: number) => (shorten(value * 10 ** places) / 10 ** places).toFixed(places);
    const [low, high] = intervalsOf(method, count / n, n, '95%')[0]!;
    const claim = {
      n,
      accuracy: (count / n).toFixed(places),
      intervals: { accuracy: { low: print(low), high: print(high) } },
    };
    const { line } = await observed(claim);
    assert.match(
      line,
      new RegExp(`is that of.*${method}`),
      `${index}: ${method} of ${count} of ${n}: ${line}`,
    );
  }
});

test('intervals are read where words call them so', () => {
  const table =
    '| Class | Recall (95% CI) | n |\n|---|---|---|\n| a | 0.80 (0.71-0.87) | 90 |\n| b | 0.60 (0.5, 0.7) | 80 |\n\nAccuracy: 0.71 (95% CI 0.63 to 0.77)';
  assert.deepEqual(claimFromTable(table).intervals, {
    'perClass.recall.a': { low: '0.71', high: '0.87' },
    'perClass.recall.b': { low: '0.5', high: '0.7' },
    accuracy: { low: '0.63', high: '0.77' },
  });
  const caret =
    '          Reference\nPrediction  a  b\n         a 40 10\n         b  5 45\n\n               Accuracy : 0.85\n                 95% CI : (0.7647, 0.9135)';
  assert.deepEqual(claimFromTable(caret).intervals, { accuracy: { low: '0.7647', high: '0.9135' } });
  const range = claimFromTable(table.replace(' (95% CI)', ''));
  assert.deepEqual(Object.keys(range.intervals!), ['accuracy']);
  const [system] = readTables(
    '| Model | Accuracy (99% CI) | F1 |\n|---|---|---|\n| A | 71.2 (69.2-73.1) | 0.7 |',
    { aggregation: { kind: 'single' } },
  );
  assert.deepEqual(system!.claim.intervals, { accuracy: { low: '69.2%', high: '73.1%', level: '99%' } });
});

test('an interval needs its figure', async () => {
  const { accuracy: _, ...bare } = base;
  const { validateClaim } = await import('@ferlab/audit');
  const intervals = { accuracy: { low: '0.6', high: '0.7' } };
  assert.throws(
    () => validateClaim({ ...bare, intervals }),
    /intervals\.accuracy: is not a printed accuracy/,
  );
  assert.throws(
    () => validateClaim({ ...base, intervals: { accuracy: { low: '0.6', high: '7' } } }),
    /intervals\.accuracy\.high: '7' lies outside/,
  );
});
