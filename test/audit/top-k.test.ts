import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { print, randomMatrix } from '../../bench/audit/random-claims';
import { misprints } from '../../packages/audit/src/verify/misprints';
import { auditClaim, claimFromTable, readTables } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

const matrix = [
  [8, 2, 0],
  [1, 6, 3],
  [0, 0, 5],
];
const base: Claim = { title: 't', classes: ['a', 'b', 'c'], supports: { a: 10, b: 10, c: 5 } };
const audit = (claim: Claim) => auditClaim(claim, { timeLimitSeconds: 20 });

test('the checker asks for counts of more guesses that do not fall below those of fewer', () => {
  const wrong = (topK: Record<string, string>, claim: Partial<Claim> = {}) =>
    misprints({ ...base, ...claim, topK }, matrix, { supports: 'as printed' }).map(({ field }) => field);
  // 19 of 25 are right at once.
  assert.deepEqual(wrong({ 2: '0.88', 3: '1.00' }), []);
  assert.deepEqual(wrong({ 2: '0.76' }), []);
  assert.deepEqual(wrong({ 2: '0.72' }), ['topK.2']);
  assert.deepEqual(wrong({ 2: '0.85' }), ['topK.2']);
  assert.deepEqual(wrong({ 2: '85.0' }, { scale: 'percent' }), ['topK.2']);
  assert.deepEqual(wrong({ 3: '0.96' }), ['topK.3']);
  // 0.9 may be 22 or 23 of 25, so 2 and 3 of four classes need not contradict each other.
  const four = [...matrix.map((row) => [...row, 0]), [0, 0, 0, 0]];
  const more = { classes: ['a', 'b', 'c', 'd'], supports: { a: 10, b: 10, c: 5, d: 0 } };
  const found = (topK: Record<string, string>) =>
    misprints({ ...base, ...more, topK }, four, { supports: 'as printed' }).map(({ field }) => field);
  assert.deepEqual(found({ 2: '0.9', 3: '0.88' }), []);
  assert.deepEqual(found({ 2: '0.96', 3: '0.9' }), ['topK.3']);
});

test('top-k accuracies grow with k, are whole numbers of n, and bound the search', async () => {
  const verdict = async (claim: Partial<Claim>) => (await audit({ ...base, ...claim })).verdict;
  assert.equal(await verdict({ accuracy: '0.76', topK: { 2: '0.88' } }), 'consistent');
  assert.equal(await verdict({ topK: { 2: '0.40' } }), 'consistent');
  assert.equal(await verdict({ accuracy: '0.76', topK: { 2: '0.72' } }), 'impossible');
  assert.equal(await verdict({ accuracy: '0.76', topK: { 2: '0.85' } }), 'impossible');
  assert.equal(await verdict({ accuracy: '0.76', topK: { 3: '0.96' } }), 'impossible');
  const large: Partial<Claim> = { classes: [], accuracy: '76.1%', topK: { 5: '93.0%', 10: '92.1%' } };
  const { supports: _, ...bare } = base;
  const report = await audit({ ...bare, ...large });
  assert.equal(report.verdict, 'impossible');
  assert.deepEqual(
    report.readings[0]!.certificate!.figures.map(({ field }) => field),
    ['topK.5', 'topK.10'],
  );
});

test('honest top-k accuracies are never impossible', async () => {
  for (let index = 0; index < 20; index++) {
    const random = randomStream(5, 'top-k', index);
    const cells = randomMatrix(random, 6, 30 + random.integer(2000));
    const n = cells.flat().reduce((a, b) => a + b, 0);
    let count = cells.reduce((sum, row, i) => sum + row[i]!, 0);
    const rounding = (['nearest', 'truncated', 'up'] as const)[index % 3]!;
    const show = () => print([BigInt(count), BigInt(n)], 1 + (index % 4), rounding, random);
    const accuracy = show();
    const topK: Record<string, string> = {};
    for (const k of [2, 3, 5, 6]) {
      count = k === 6 ? n : count + random.integer(n - count + 1);
      topK[k] = show();
    }
    const classes = cells.map((_, i) => `c${i}`);
    const supports = Object.fromEntries(classes.map((name, i) => [name, cells[i]!.reduce((a, b) => a + b)]));
    const honest: Claim = { title: 't', classes, supports, rounding, accuracy, topK };
    const report = await audit(honest);
    assert.equal(report.verdict, 'consistent', `${index}: ${report.readings[0]!.certificate?.statement}`);
  }
});

test('top-k accuracies are read from tables of systems and from lines', () => {
  const [system] = readTables('| Model | Top-1 acc | Top-5 acc |\n|---|---|---|\n| A | 71.2 | 93.1 |');
  assert.deepEqual([system!.claim.accuracy, system!.claim.topK], ['71.2%', { 5: '93.1%' }]);
  const claim = claimFromTable(
    '| Class | Recall | n |\n|---|---|---|\n| a | 0.8 | 10 |\n| b | 0.6 | 10 |\n\nTop-3 accuracy: 0.9\nTop-5 error: 0.02',
  );
  assert.deepEqual(claim.topK, { 3: '0.9' });
});
