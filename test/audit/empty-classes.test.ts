import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim, Reading } from '@ferlab/audit';
import { auditClaim } from '../../src/audit/audit';

// Honest claims of classes without items, of folds that are not alike, and of supports of another set: a check that
// supposes more than is known would call them impossible.

async function certificates(claim: Partial<Claim>, reading: Reading = {}) {
  const all = { title: 't', classes: ['a', 'b'], ...claim };
  const { readings } = await auditClaim(all, { reading, timeLimitSeconds: 1 });
  return readings.flatMap(({ checks }) => checks.flatMap((check) => check.certificates.map(() => check.id)));
}

test('a class without items is right in all of them where a measure without a denominator is 1', async () => {
  // Five items of b, three of them right; none of a, whose recall is 3 of 3 of nothing.
  const perClass = { recall: { a: '1.0000', b: '0.6000' } };
  const claim = { title: 't', classes: ['a', 'b'], n: 5, accuracy: '0.6000', perClass };
  const { verdict, unusual } = await auditClaim(claim, { timeLimitSeconds: 1 });
  assert.notEqual(verdict, 'impossible');
  assert.ok(unusual.some(({ reading }) => reading.undefinedAs === 'one'));
});

test('a class that may be empty need not have the recall that the accuracy is', async () => {
  // All 200 items are of a, 169 right: .845, once rounded to the even digit and once up.
  const claim = { accuracy: '0.85', perClass: { recall: { a: '0.84', b: '0.00' } } };
  assert.deepEqual(await certificates(claim), []);
  const both = { accuracy: '0.85', perClass: { recall: { a: '0.84', b: '0.70' } } };
  assert.deepEqual(await certificates(both), ['weighted-means']);
});

test('the mean accuracy of folds that are not alike lies outside the mean recalls', async () => {
  // One fold of ten a, all right, and one b, wrong; the other the other way round.
  const aggregation = { kind: 'folds', count: 2 } as const;
  const claim = { accuracy: '0.909', perClass: { recall: { a: '0.500', b: '0.500' } } };
  assert.deepEqual(await certificates({ ...claim, aggregation }), []);
  assert.deepEqual(await certificates(claim), ['weighted-means']);
});

test('a class with as many predictions as items at most takes part in the balance', async () => {
  // .805 is recall .80 and precision .81; in b there are 7 predictions to 9 items.
  const perClass = { recall: { a: '0.80', b: '0.70' }, precision: { a: '0.81', b: '0.90' } };
  assert.ok((await certificates({ perClass })).includes('prediction-balance'));
  const even = { recall: { a: '0.80', b: '0.80' }, precision: { a: '0.81', b: '0.81' } };
  assert.deepEqual(await certificates({ perClass: even }), []);
});

test('n is not the number of items tested where the supports are those of the whole set', async () => {
  const supports = { a: 500, b: 500 };
  const claim = {
    n: 1000,
    supports,
    testShare: '0.2',
    accuracy: '0.850',
    perClass: { recall: { a: '0.900', b: '0.800' } },
  };
  assert.deepEqual(await certificates(claim, { supports: 'test share' }), []);
});
