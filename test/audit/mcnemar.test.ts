import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditClaim, type Claim, parseClaim } from '@ferlab/audit';
import loadHighs from 'highs';
import { discordantRange, pValues, TESTS } from '../../packages/audit/src/significance/mcnemar';
import { randomStream } from '../../src/random';
import { askPython } from '../baseline/python';

test('the three forms of the test give hand-worked values and those of scipy', () => {
  // 2 (1 + 6) / 64 and 2 / 32, by hand.
  assert.ok(Math.abs(pValues('exact binomial', { b: 1, c: 5 })[0]! - 0.21875) < 1e-12);
  assert.ok(Math.abs(pValues('exact binomial', { b: 5, c: 0 })[0]! - 0.0625) < 1e-12);
  // Approval ratings, 150 against 86 (Agresti 1990): a statistic of 17.36.
  const ratings = pValues('chi-square', { b: 150, c: 86 })[0]!;
  assert.ok(ratings > 3.0e-5 && ratings < 3.2e-5);
  const pairs = Array.from({ length: 60 }, (_, index) => {
    const random = randomStream(41, 'mcnemar', index);
    const most = index % 2 ? 30 : 3000;
    return [random.integer(most), 1 + random.integer(most)] as const;
  });
  const answers = askPython<[number, number, number][]>('../audit/mcnemar.py', pairs);
  for (const [i, [b, c]] of pairs.entries()) {
    const found = TESTS.map((one) => pValues(one, { b, c })[0]!);
    for (const [k, p] of found.entries()) {
      const wanted = answers[i]![k]!;
      assert.ok(Math.abs(p - wanted) <= 1e-12 + 1e-9 * wanted, `${TESTS[k]} ${b} ${c}: ${p} for ${wanted}`);
    }
  }
});

const base: Claim = { title: 't', classes: [], n: 3589, accuracy: '71.08%' };
const told = async (mcnemar: Claim['mcnemar'], change: Partial<Claim> = {}) => {
  const claim = { ...base, ...change, mcnemar };
  const report = await auditClaim(parseClaim(JSON.stringify(claim)), { loadHighs, timeLimitSeconds: 0.2 });
  assert.notEqual(report.verdict, 'impossible');
  return report.observations.find((text) => /McNemar/.test(text)) ?? '';
};

test('the form that gives the printed p is told', async () => {
  // b = 10, c = 22: exact 0.0501, chi-square 4.5 and p 0.0339, corrected 3.78 and p 0.0518.
  assert.match(await told({ p: '0.050', b: 10, c: 22 }), /is that of the exact binomial$/);
  assert.match(await told({ p: '0.034', b: 10, c: 22 }), /is that of the chi-square$/);
  assert.match(
    await told({ p: '0.0518', b: 10, c: 22 }),
    /is that of the chi-square with continuity correction$/,
  );
  assert.match(await told({ p: '0.05', b: 10, c: 22 }), /exact binomial, and of the chi-square with/);
  assert.match(await told({ p: '0.02', b: 10, c: 22 }), /none of the usual forms .*exact binomial 0\.050/);
  assert.match(await told({ p: '<0.001', b: 10, c: 40 }), /exact binomial, and of the chi-square, and/);
});

test('two accuracies on n items bound p', async () => {
  // 2,551 and 2,515 of 3,589 differ by 36 items: p is at least that of 36 to 0.
  const line = await told({ p: '0.04', other: '70.08%' });
  assert.match(line, /is possible: it lies between 2\.91e-11 and 0\.\d+/);
  assert.match(await told({ p: '0.95', other: '70.08%' }), /none of the usual tests/);
  assert.match(await told({ p: '0.001', other: '71.05%' }), /none of the usual tests/);
  assert.match(await told({ p: '1.00', other: '71.08%' }), /is possible/);
});

test('every pair between the bounds has the accuracies', () => {
  const [few, many] = discordantRange(7, 4, 10);
  assert.deepEqual(
    [few, many],
    [
      { b: 3, c: 0 },
      { b: 6, c: 3 },
    ],
  );
  assert.deepEqual(discordantRange(4, 7, 10)[0], { b: 0, c: 3 });
});

test('a p that is none is refused in words', () => {
  const claim = JSON.stringify({ ...base, mcnemar: { p: '1.7' } });
  assert.throws(() => parseClaim(claim), /mcnemar\.p: .*p is no number from 0 to 1/);
});
