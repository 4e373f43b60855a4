import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { agreementExactly, printedAgreement } from '../../bench/audit/agreement';
import { honestClaim, randomMatrix, toClaim } from '../../bench/audit/random-claims';
import { soundClaim } from '../../bench/audit/shapes';
import { gatherEvidence } from '../../packages/audit/src/evidence/evidence';
import { isAgreement } from '../../packages/audit/src/matrix/agreement';
import { agreementSums } from '../../packages/audit/src/matrix/agreement-sums';
import { buildProblem } from '../../packages/audit/src/matrix/problem';
import { buildTables, propagate } from '../../packages/audit/src/matrix/propagate';
import { parseSignedFigure } from '../../packages/audit/src/numbers/parse-figure';
import { misprints } from '../../packages/audit/src/verify/misprints';
import { auditClaim, claimFromTable, readTables } from '../../src/audit/audit';
import { randomStream } from '../../src/random';
import { askPython } from '../baseline/python';

const printed = { supports: 'as printed' } as const;
// Rows 10, 10, 5 and columns 9, 8, 8: 19 of 25 right, 210 of 625 pairs by chance.
const matrix = [
  [8, 2, 0],
  [1, 6, 3],
  [0, 0, 5],
];
const base: Claim = { title: 't', classes: ['a', 'b', 'c'], supports: { a: 10, b: 10, c: 5 } };
const audit = (claim: Claim) => auditClaim(claim, { timeLimitSeconds: 20 });
const wrong = (claim: Partial<Claim>, of = matrix) =>
  misprints({ ...base, ...claim }, of, printed).map(({ field }) => field);

test('the checker recomputes kappa and the correlation by hand-worked values', () => {
  // (25 * 19 - 210) / (625 - 210) = 265 / 415, and 265 / sqrt(400 * 416).
  assert.deepEqual(wrong({ agreement: { kappa: '0.6386', mcc: '0.6496' } }), []);
  assert.deepEqual(wrong({ agreement: { kappa: '63.86%', mcc: '65%' } }), []);
  assert.deepEqual(wrong({ scale: 'percent', agreement: { kappa: '0.6386' } }), []);
  assert.deepEqual(wrong({ agreement: { kappa: '0.6385', mcc: '0.6496' } }), ['agreement.kappa']);
  assert.deepEqual(wrong({ agreement: { mcc: '0.6386' } }), ['agreement.mcc']);
  assert.deepEqual(wrong({ rounding: 'truncated', agreement: { kappa: '0.6385', mcc: '0.6496' } }), []);
  // All wrong: (0 - 50) / (100 - 50) = -1 of both.
  const two = { classes: ['a', 'b'], supports: { a: 5, b: 5 } };
  const turned = [
    [0, 5],
    [5, 0],
  ];
  assert.deepEqual(wrong({ ...two, agreement: { kappa: '-1.00', mcc: '-1' } }, turned), []);
  assert.deepEqual(wrong({ ...two, agreement: { kappa: '1.00', mcc: '-0.99' } }, turned), [
    'agreement.kappa',
    'agreement.mcc',
  ]);
  // One class alone is predicted: programs print a correlation of 0.
  const collapsed = [
    [5, 0],
    [5, 0],
  ];
  assert.deepEqual(wrong({ ...two, agreement: { kappa: '0', mcc: '0.0' } }, collapsed), []);
  // With one class alone kappa is 0 / 0: programs print 0 or 1.
  const single = [
    [5, 0],
    [0, 0],
  ];
  const one = { classes: ['a', 'b'], supports: { a: 5, b: 0 } };
  assert.deepEqual(wrong({ ...one, agreement: { kappa: '0' } }, single), []);
  assert.deepEqual(wrong({ ...one, agreement: { kappa: '1.0' } }, single), []);
  assert.deepEqual(wrong({ ...one, agreement: { kappa: '0.5' } }, single), ['agreement.kappa']);
});

test('kappa and the correlation are those of scikit-learn', () => {
  const matrices = Array.from({ length: 40 }, (_, index) => {
    const random = randomStream(3, 'agreement', index);
    return randomMatrix(random, 2 + random.integer(7), 30 + random.integer(3000));
  });
  const answers = askPython<{ kappa: number; mcc: number }[]>('../audit/agreement.py', matrices);
  for (const [i, { kappa, mcc }] of answers.entries()) {
    const claim: Claim = { title: 't', classes: matrices[i]!.map((_, k) => `c${k}`) };
    const digits = { kappa: kappa.toFixed(9), mcc: mcc.toFixed(9) };
    assert.deepEqual(misprints({ ...claim, agreement: digits }, matrices[i]!, {}), [], `matrix ${i}`);
    const off = { kappa: (kappa - 2e-4).toFixed(4), mcc: (mcc - 2e-4).toFixed(4) };
    assert.equal(misprints({ ...claim, agreement: off }, matrices[i]!, {}).length, 2, `matrix ${i}`);
    const supports = matrices[i]!.map((row) => row.reduce((a, b) => a + b));
    const totals = {
      truePositives: matrices[i]!.map((row, k) => row[k]!),
      predictions: supports.map((_, k) => matrices[i]!.reduce((sum, row) => sum + row[k]!, 0)),
    };
    const interval = (text: string) => parseSignedFigure(text, { field: 'f', rounding: 'nearest' }).interval;
    for (const key of ['kappa', 'mcc'] as const) {
      assert.ok(isAgreement({ [key]: interval(digits[key]) }, supports, totals), `${key} ${i}`);
      assert.ok(!isAgreement({ [key]: interval(off[key]) }, supports, totals), `${key} ${i}`);
    }
  }
});

test('sums over the classes hold for every honest matrix, and narrowly', () => {
  for (let index = 0; index < 40; index++) {
    const random = randomStream(8, 'agreement sums', index);
    const cells = randomMatrix(random, 3 + random.integer(5), 40 + random.integer(2000));
    const about = { decimals: 3, rounding: 'nearest', random } as const;
    const claim = { ...toClaim(honestClaim([cells], about)), agreement: printedAgreement(cells, about) };
    const evidence = gatherEvidence(claim, { ...printed, macroF1: 'mean of F1s' });
    const problem = buildProblem(evidence, evidence.supports!);
    const sums = agreementSums(problem, propagate(problem, buildTables(problem))!);
    assert.equal(sums.length, 3);
    for (const { name, part, interval, scale } of sums) {
      const ends = problem.supports.map((support, i) =>
        part(
          support,
          cells[i]![i]!,
          cells.reduce((sum, row) => sum + row[i]!, 0),
        ),
      );
      const [least, most] = [0, 1].map((end) => ends.reduce((sum, pair) => sum + pair[end]!, 0));
      const [from, to] = [interval!.lo, interval!.hi].map((end) => Number(end.valueOf()) * problem.n * scale);
      assert.ok(least! <= to! && most! >= from!, `${index}: ${name}`);
      assert.ok(most! - least! <= 3 * problem.supports.length, name);
    }
  }
});

test('numbers below 0 are shortened towards 0 or downwards', () => {
  const show = (text: string, rounding: 'nearest' | 'truncated') => {
    const { lo, hi } = parseSignedFigure(text, { field: 'f', rounding }).interval;
    return [Number(lo.valueOf()), Number(hi.valueOf())];
  };
  assert.deepEqual(show('-0.12', 'nearest'), [-0.125, -0.115]);
  assert.deepEqual(show('−0.12', 'truncated'), [-0.13, -0.11]);
  assert.deepEqual(show('0.12', 'truncated'), [0.12, 0.13]);
  assert.deepEqual(show('0.0', 'nearest'), [-0.05, 0.05]);
  assert.deepEqual(show('-1.0', 'nearest'), [-1, -0.95]);
  assert.throws(() => show('-1.2', 'nearest'), /outside -1 to 1/);
});

test('kappa and the correlation enter the search', async () => {
  const claim = { ...base, accuracy: '0.76', agreement: { kappa: '0.639', mcc: '0.650' } };
  const honest = await audit(claim);
  assert.equal(honest.verdict, 'consistent');
  assert.deepEqual(misprints(claim, honest.readings[0]!.witness!.matrix, printed), []);
  // With 10, 10 and 5 items and 19 right, 210 is among the sums that the predictions can give, 190 is not.
  assert.equal((await audit({ ...claim, agreement: { kappa: '0.66' } })).verdict, 'impossible');
  const two: Claim = { title: 't', classes: ['a', 'b'], supports: { a: 60, b: 40 }, accuracy: '0.80' };
  assert.equal((await audit({ ...two, agreement: { mcc: '0.58' } })).verdict, 'consistent');
  const moved = await audit({ ...two, agreement: { mcc: '0.70' } });
  assert.equal(moved.verdict, 'impossible');
  assert.ok(moved.readings[0]!.certificate!.figures.some(({ field }) => field === 'agreement.mcc'));
});

test('few figures suffice for a contradiction, whatever the supports', async () => {
  const first = async (claim: Partial<Claim>) => {
    const one = { title: 't', classes: [], ...claim } as Claim;
    const report = await auditClaim(one, { timeLimitSeconds: 1 });
    return { verdict: report.verdict, ...report.readings[0]!.certificate };
  };
  // A kappa never exceeds the accuracy.
  assert.match(
    (await first({ accuracy: '0.70', agreement: { kappa: '0.75' } })).statement ?? '',
    /kappa is at most 0.705/,
  );
  assert.notEqual((await first({ accuracy: '0.70', agreement: { kappa: '0.70' } })).verdict, 'impossible');
  // With two classes and 70 % right at least 45.5 % agree by chance: (0.705 - 0.455) / 0.545 = 0.46.
  const two = { classes: ['a', 'b'], accuracy: '0.70' };
  assert.equal((await first({ ...two, agreement: { kappa: '0.50' } })).figures?.length, 2);
  assert.equal((await first({ ...two, agreement: { kappa: '0.40' } })).verdict, 'consistent');
  // The correlation is the larger of the two.
  const pair = await first({ agreement: { kappa: '0.62', mcc: '0.55' } });
  assert.deepEqual([pair.verdict, pair.figures?.length], ['impossible', 2]);
  assert.notEqual((await first({ agreement: { kappa: '0.62', mcc: '0.63' } })).verdict, 'impossible');
  // A kappa that is weighted by the distance of the classes may be larger.
  const large = { title: 't', classes: [], accuracy: '0.70', agreement: { kappa: '0.85' } };
  const report = await auditClaim(large, { timeLimitSeconds: 2 });
  assert.match(report.summary, /not ruled out if kappa is weighted/);
  assert.ok(report.assumptions.includes('kappa is not weighted'));
});

test('no honest kappa or correlation is called impossible, and most that are moved are found', async () => {
  for (let index = 0; index < 24; index++) {
    const shape = index % 2 ? 'agreement' : 'agreement alone';
    const claim = soundClaim(randomStream(61, 'soundness', index), shape);
    const report = await auditClaim(claim, { timeLimitSeconds: 0.2 });
    assert.notEqual(report.verdict, 'impossible', `${index}: ${report.readings[0]!.certificate?.statement}`);
  }
  let found = 0;
  for (let index = 0; index < 8; index++) {
    const random = randomStream(7, 'moved agreement', index);
    const cells = randomMatrix(random, 4, 400);
    const about = { decimals: 3, rounding: 'nearest', random } as const;
    const honest = { ...toClaim(honestClaim([cells], about)), agreement: printedAgreement(cells, about) };
    const options = { timeLimitSeconds: 2, reading: { macroF1: 'mean of F1s' } } as const;
    assert.equal((await auditClaim(honest, options)).verdict, 'consistent', `${index}`);
    const measure = index % 2 ? 'mcc' : 'kappa';
    const [top, bottom] = agreementExactly(cells)[measure]!;
    const moved = (Number((top * 1_000_000n) / bottom) / 1e6 + 0.004).toFixed(3);
    const claim = { ...honest, agreement: { ...honest.agreement, [measure]: moved } };
    if ((await auditClaim(claim, options)).verdict === 'impossible') found++;
  }
  assert.ok(found >= 7, `${found} of 8`);
});

test('kappa and the correlation are read, those of another kind are not', () => {
  const { agreement } = claimFromTable(
    "classes\n\n| Class | Recall | Support |\n|---|---|---|\n| a | 0.8 | 10 |\n| b | 0.6 | 10 |\n\nCohen's kappa: 0.61\nMCC = 0.62",
  );
  assert.deepEqual(agreement, { kappa: '0.61', mcc: '0.62' });
  const [system] = readTables(
    '| Method | Accuracy | Kappa | MCC | Quadratic weighted kappa |\n|---|---|---|---|---|\n| A | 71.2 | 0.61 | 62.4 | 0.8 |',
  );
  assert.deepEqual(system!.claim.agreement, { kappa: '0.61', mcc: '62.4%' });
  assert.equal(system!.claim.accuracy, '71.2%');
  assert.ok(system!.notes.some(({ text }) => /weighted kappa/i.test(text)));
});
