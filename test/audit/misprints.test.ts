import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { honestClaim, randomMatrix, toClaim } from '../../bench/audit/random-claims';
import type { Reading } from '../../packages/audit/src/claim/reading';
import { countsFor, type Rounding } from '../../packages/audit/src/numbers/interval';
import { parseFigure } from '../../packages/audit/src/numbers/parse-figure';
import { misprints } from '../../packages/audit/src/verify/misprints';
import { auditClaim } from '../../src/audit/audit';
import { randomStream } from '../../src/random';
import { misprints as second } from './recheck';

const printed = { supports: 'as printed' } as const;
const matrix = [
  [8, 2, 0],
  [1, 6, 3],
  [0, 0, 5],
];
const base: Claim = { title: 't', classes: ['a', 'b', 'c'] };
const fieldsOf = (claim: Partial<Claim>, reading: Reading = printed, of = matrix) =>
  misprints({ ...base, ...claim }, of, reading).map(({ field }) => field);

test('the checker recomputes every kind of figure by hand-worked values', () => {
  const right: Partial<Claim>[] = [
    { accuracy: '0.76', n: 25, supports: { a: 10, b: 10, c: 5 } },
    { perClass: { recall: { a: '0.8' }, precision: { a: '0.889', c: '0.625' }, f1: { b: '0.667' } } },
    {
      means: {
        macro: { recall: '0.800', precision: '0.755' },
        weighted: { recall: '76%' },
        micro: { f1: '.76' },
      },
    },
    { confusion: { normalised: 'rows', rows: { a: ['0.8', '0.2', '0.0'] } } },
    { confusion: { normalised: 'columns', rows: { b: ['0.11', '0.75', '0.38'] } } },
    { confusion: { normalised: 'all', rows: { b: ['0.04', '0.24', '0.12'] } } },
    { confusion: { normalised: 'counts', rows: { c: [0, 0, 5] } } },
  ];
  for (const claim of right) assert.deepEqual(fieldsOf(claim), [], JSON.stringify(claim));
  const wrong: [Partial<Claim>, string][] = [
    [{ accuracy: '0.77' }, 'accuracy'],
    [{ alsoAccuracy: ['0.75'] }, 'alsoAccuracy.0'],
    [{ n: 24 }, 'n'],
    [{ supports: { b: 9 } }, 'supports.b'],
    [{ perClass: { f1: { b: '0.66' } } }, 'perClass.f1.b'],
    [{ means: { macro: { f1: '0.75' } } }, 'means.macro.f1'],
    [{ confusion: { normalised: 'columns', rows: { b: ['0.10', '0.75', '0.38'] } } }, 'confusion.rows.b[0]'],
    [{ confusion: { normalised: 'rows', rows: { b: ['0.1', '0.6', '0.4'] } } }, 'confusion.rows.b[2]'],
    [{ confusion: { normalised: 'all', rows: { b: ['0.04', '0.24', '0.2'] } } }, 'confusion.rows.b[2]'],
    [{ confusion: { normalised: 'counts', rows: { c: [0, 1, 5] } } }, 'confusion.rows.c[1]'],
    [{ dataset: 'jaffe', n: 25 }, 'none'],
  ];
  for (const [claim, field] of wrong) {
    assert.deepEqual(fieldsOf(claim), field === 'none' ? [] : [field], JSON.stringify(claim));
  }
  assert.deepEqual(fieldsOf({}, printed, [[1, 2]]), ['matrix: not one row and one column for each class']);
});

test('official counts bound a matrix, and those of a named part are its supports', () => {
  const emotions = { classes: ['Disgust', 'Freude'], dataset: 'fer2013', part: 'PrivateTest' };
  const of = (disgust: number, happy: number) =>
    fieldsOf(emotions, printed, [
      [disgust, 0],
      [0, happy],
    ]);
  assert.deepEqual(of(55, 879), []);
  assert.deepEqual(of(54, 879), ['official count of Disgust']);
  assert.deepEqual(of(55, 880), ['official count of Freude']);
});

test('the checker and a calculation of its own agree on random matrices, honest and not', () => {
  for (let index = 0; index < 40; index++) {
    const random = randomStream(31, 'checker', index);
    const cells = randomMatrix(random, 2 + random.integer(6), 40 + random.integer(300));
    const rounding = (['nearest', 'truncated', 'up', 'unknown'] as const)[index % 4]!;
    const honest = rounding === 'unknown' ? 'truncated' : rounding;
    const claim = {
      ...toClaim(honestClaim([cells], { decimals: 1 + (index % 4), rounding: honest, random })),
      rounding,
    };
    assert.deepEqual(misprints(claim, cells, printed), []);
    const other = cells.map((row) => [...row]);
    const [from, to] = [other.findIndex((row) => row.some((cell, j) => j > 0 && cell > 0)), 0];
    const column = other[from]!.findIndex((cell, j) => j > 0 && cell > 0);
    other[from]![column]!--;
    other[from]![to]!++;
    const found = misprints(claim, other, printed).map(({ field }) => field);
    assert.deepEqual(found.sort(), second(claim, other, printed).sort(), `matrix ${index}`);
  }
});

test('counts that an interval allows are those that are printed so, ends included, by trying each', () => {
  const shows = (
    k: number,
    n: number,
    { digits, decimals, rounding }: { digits: number; decimals: number; rounding: Rounding },
  ) => {
    const scaled = BigInt(k) * 10n ** BigInt(decimals);
    const [down, rest] = [scaled / BigInt(n), scaled % BigInt(n)];
    const [units, up] = [BigInt(digits), rest === 0n ? down : down + 1n];
    const nearest = 2n * rest < BigInt(n) ? [down] : 2n * rest > BigInt(n) ? [up] : [down, up];
    return { nearest, truncated: [down], up: [up], unknown: [down, up] }[rounding].includes(units);
  };
  for (const rounding of ['nearest', 'truncated', 'up', 'unknown'] as const) {
    for (const n of [1, 2, 7, 8, 20, 40]) {
      for (let digits = 0; digits <= 100; digits++) {
        const text = `${digits}%`;
        const wanted = Array.from({ length: n + 1 }, (_, k) => k).filter((k) =>
          shows(k, n, { digits, decimals: 2, rounding }),
        );
        if (wanted.length === 0) continue;
        const { interval } = parseFigure(text, { field: 'f', scale: 'fraction', rounding });
        assert.deepEqual(
          countsFor(interval, n),
          { from: wanted[0], to: wanted.at(-1) },
          `${text} of ${n}, ${rounding}`,
        );
      }
    }
  }
});

test('an exact balance of predictions and items is possible, and so is an exact fit of every sum', async () => {
  for (const rounding of ['nearest', 'truncated', 'up'] as const) {
    const random = randomStream(5, 'balance');
    const balanced = [
      [5, 2, 1],
      [1, 6, 1],
      [2, 0, 6],
    ];
    const claim = toClaim(honestClaim([balanced], { decimals: 3, rounding, random }));
    for (const bare of [claim, { ...claim, supports: undefined, n: undefined }]) {
      const defined = JSON.parse(JSON.stringify(bare)) as Claim;
      assert.notEqual((await auditClaim(defined, { timeLimitSeconds: 2 })).verdict, 'impossible', rounding);
    }
  }
});

const verdictOf = async (claim: Partial<Claim>) =>
  (await auditClaim({ ...base, ...claim }, { timeLimitSeconds: 2 })).verdict;

test('nothing is consistent that the matrix does not yield', async () => {
  const columns = {
    normalised: 'columns',
    rows: { a: ['0.9', '0.3', '0.3'], b: ['0.1', '0.7', '0.3'], c: ['0.0', '0.9', '0.4'] },
  } as const;
  assert.equal(await verdictOf({ confusion: columns }), 'impossible');
  const all = {
    normalised: 'all',
    rows: { a: ['0.50', '0.10', '0.10'], b: ['0.10', '0.20', '0.10'], c: ['0.10', '0.10', '0.10'] },
  } as const;
  assert.equal(await verdictOf({ confusion: all }), 'impossible');
  assert.equal(await verdictOf({}), 'not enough information');
  assert.equal(await verdictOf({ n: 25 }), 'not enough information');
  const counts = { normalised: 'counts', rows: { a: [8, 2, 0], b: [1, 6, 3], c: [0, 0, 5] } } as const;
  assert.equal(
    await verdictOf({ confusion: counts, accuracy: '0.76', means: { macro: { f1: '0.759' } } }),
    'consistent',
  );
  assert.equal(await verdictOf({ confusion: counts, n: 26 }), 'impossible');
  assert.equal(await verdictOf({ confusion: counts, means: { macro: { f1: '0.75' } } }), 'impossible');
  const runs = { aggregation: { kind: 'runs', count: 3 }, supports: { a: 10, b: 10, c: 5 } } as const;
  assert.equal(await verdictOf({ ...runs, perClass: { precision: { a: '0.5' } } }), 'not enough information');
});

test('supports that contradict n are a contradiction, whatever the other figures allow', async () => {
  const claim = { classes: ['a', 'b'], supports: { a: 50, b: 49 }, n: 100, accuracy: '0.5' };
  const report = await auditClaim({ title: 't', ...claim });
  assert.equal(report.verdict, 'impossible');
  assert.match(report.summary, /possible if the printed supports are set aside/);
});

test('an impossible claim says under what it would be possible', async () => {
  const report = await auditClaim({
    title: 't',
    classes: ['a', 'b'],
    supports: { a: 2000, b: 1589 },
    accuracy: '79.79%',
  });
  assert.equal(report.verdict, 'impossible');
  assert.match(report.summary, /possible if the figures are truncated \(2864 of 3589 correct/);
});

test('honest claims with unrounded floats and with unusual conventions are not impossible', async () => {
  const float32 = `${100 * Math.fround(3372 / 5473)}`.slice(0, 17);
  assert.notEqual(await verdictOf({ n: 5473, accuracy: `${float32}%` }), 'impossible');
  assert.notEqual(await verdictOf({ n: 3589, accuracy: String(1455 / 3589) }), 'impossible');
  const supports = { a: 10, b: 10, c: 5 };
  // Weighted precision .7822 and recall .76 give F1 .7710; the weighted mean of the F1s is .7571.
  const means = { weighted: { precision: '0.7806', recall: '0.7600', f1: '0.7701' } };
  assert.notEqual(await verdictOf({ supports, means }), 'impossible');
});
