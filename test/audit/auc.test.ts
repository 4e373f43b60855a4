import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { print } from '../../bench/audit/random-claims';
import { misprints } from '../../packages/audit/src/verify/misprints';
import { auditClaim, claimFromTable, readTable } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

const base: Claim = { title: 't', classes: ['ill', 'well'], supports: { ill: 10, well: 20 } };
const audit = (claim: Partial<Claim>) => auditClaim({ ...base, ...claim }, { timeLimitSeconds: 20 });

test('an area must be that of a curve through the recalls of the two classes', async () => {
  // Recalls 0.8 and 0.9: at least 0.72, at most 1 - 0.2 * 0.1 = 0.98.
  const perClass = { recall: { ill: '0.80', well: '0.90' } };
  const verdict = async (auc: string) => (await audit({ perClass, auc })).verdict;
  assert.equal(await verdict('0.95'), 'consistent');
  assert.equal(await verdict('0.72'), 'consistent');
  // Recalls up to 0.805 and 0.905 leave room up to 0.98147.
  assert.notEqual(await verdict('0.9810'), 'impossible');
  assert.equal(await verdict('0.99'), 'impossible');
  assert.equal(await verdict('0.70'), 'impossible');
  const report = await audit({ perClass, auc: '1.00' });
  assert.equal(report.readings[0]!.certificate!.figures.length, 3);
  assert.match(report.summary, /not ruled out if the area under the ROC curve is of other scores/);
  // A mean over folds is of several curves.
  const folds = await audit({ perClass, auc: '0.99', aggregation: { kind: 'folds', count: 5 } });
  assert.notEqual(folds.verdict, 'impossible');
});

test('the checker compares an area with the recalls of the matrix', () => {
  const matrix = [
    [8, 2],
    [2, 18],
  ];
  const wrong = (auc: string, more: Partial<Claim> = {}) =>
    misprints({ ...base, ...more, auc }, matrix, { supports: 'as printed' }).map(({ field }) => field);
  assert.deepEqual(wrong('0.72'), []);
  assert.deepEqual(wrong('0.98'), []);
  assert.deepEqual(wrong('96%'), []);
  assert.deepEqual(wrong('96.2', { scale: 'percent' }), []);
  assert.deepEqual(wrong('0.70'), ['auc']);
  assert.deepEqual(wrong('0.995'), ['auc']);
});

test('the area of random scores with their recalls is never impossible', async () => {
  for (let index = 0; index < 20; index++) {
    const random = randomStream(13, 'auc', index);
    const draw = (count: number, shift: number) =>
      Array.from({ length: count }, () => Math.round(10 * (random.uniform() + shift)));
    const [ill, well] = [draw(5 + random.integer(60), random.uniform()), draw(5 + random.integer(60), 0)];
    let pairs = 0;
    for (const a of ill) for (const b of well) pairs += a > b ? 2 : a === b ? 1 : 0;
    const threshold = random.integer(15);
    const [s, t] = [ill.filter((score) => score > threshold), well.filter((score) => score <= threshold)];
    const rounding = (['nearest', 'truncated', 'up'] as const)[index % 3]!;
    const show = (top: number, bottom: number) =>
      print([BigInt(top), BigInt(bottom)], 2 + (index % 3), rounding, random);
    const report = await audit({
      supports: { ill: ill.length, well: well.length },
      rounding,
      auc: show(pairs, 2 * ill.length * well.length),
      perClass: { recall: { ill: show(s.length, ill.length), well: show(t.length, well.length) } },
    });
    assert.equal(report.verdict, 'consistent', `${index}: ${report.readings[0]!.certificate?.statement}`);
  }
});

test('an area is read where there are two classes, and noted where there are more', () => {
  const table = '| Class | Recall | n |\n|---|---|---|\n| a | 0.8 | 10 |\n| b | 0.6 | 10 |';
  assert.equal(claimFromTable(`${table}\n\nROC AUC: 0.81`).auc, '0.81');
  const { claim, notes } = readTable(`${table}\n| c | 0.7 | 10 |\n\nAUC = 0.81`);
  assert.equal(claim.auc, undefined);
  assert.ok(notes.some(({ text }) => text === 'AUC 0.81'));
});
