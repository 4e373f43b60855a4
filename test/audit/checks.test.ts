import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { isAttainable } from '../../packages/audit/src/checks/grim';
import { accuracyBounds } from '../../packages/audit/src/checks/macro-recall';
import { Fraction } from '../../packages/audit/src/numbers/fraction';
import { closed, point } from '../../packages/audit/src/numbers/interval';
import { attainableShare, decisiveDecimals } from '../../packages/audit/src/observations';
import type { ShareRow } from '../../packages/audit/src/shares/row';
import { refutesShares } from '../../packages/audit/src/shares/solve-shares';
import { auditClaim } from '../../src/audit/audit';

const classes = ['a', 'b', 'c'];
const table = (a: string, b: string, c: string) => ({ a, b, c });

/** The result of one check under the first reading. */
async function check(id: string, change: Partial<Claim>) {
  const report = await auditClaim({ title: 't', classes, ...change }, { timeLimitSeconds: 0.1 });
  return report.readings[0]!.checks.find((result) => result.id === id)!;
}

async function fields(id: string, change: Partial<Claim>): Promise<string[]> {
  const result = await check(id, change);
  assert.equal(result.verdict, 'impossible', `${id}: ${result.detail}`);
  return result.certificates[0]!.figures.map(({ field }) => field);
}

test('supports must add up and fit into the data set', async () => {
  const supports = { a: 10, b: 20, c: 30 };
  assert.equal((await check('support-sum', { supports, n: 60 })).verdict, 'consistent');
  assert.equal((await fields('support-sum', { supports, n: 61 })).length, 4);
  const emotions = { title: 't', classes: ['Disgust', 'Happiness'], dataset: 'fer2013' } as const;
  const over = await auditClaim({ ...emotions, supports: { Disgust: 548, Happiness: 8989 } });
  assert.match(over.readings[0]!.certificate!.statement, /548 items of Disgust, but FER-2013 holds 547/);
  const part = await auditClaim({
    ...emotions,
    part: 'PrivateTest',
    supports: { Disgust: 56, Happiness: 1 },
  });
  assert.match(part.readings[0]!.certificate!.statement, /PrivateTest holds 55/);
});

test('the same quantity printed twice must agree', async () => {
  const means = { weighted: { recall: '0.70' }, micro: { f1: '0.72' } };
  assert.deepEqual(await fields('same-quantity', { accuracy: '0.70', means }), [
    'accuracy',
    'means.micro.f1',
  ]);
  // 0.705 is printed as 0.70 by those who round halves to even, and as 0.71 by those who round them up.
  assert.equal(
    (await check('same-quantity', { accuracy: '0.7', means: {} })).verdict,
    'not enough information',
  );
});

test('F1 lies between precision and recall, where the harmonic mean puts it', async () => {
  const perClass = { precision: { a: '0.50' }, recall: { a: '1.00' }, f1: { a: '0.67' } };
  assert.equal((await check('f1-from-precision-recall', { perClass })).verdict, 'consistent');
  const wrong = { ...perClass, f1: { a: '0.75' } };
  assert.deepEqual(await fields('f1-from-precision-recall', { perClass: wrong }), [
    'perClass.precision.a',
    'perClass.f1.a',
  ]);
  // As a mean over folds 0.60 is possible: some folds may have a higher precision than others.
  const lower = { ...perClass, f1: { a: '0.60' } };
  assert.equal((await check('f1-from-precision-recall', { perClass: lower })).verdict, 'impossible');
  const folds = { perClass: lower, aggregation: { kind: 'folds', count: 5 } as const };
  assert.equal((await check('f1-from-precision-recall', folds)).verdict, 'consistent');
});

test('macro and weighted means are bound by the fewest class figures that suffice', async () => {
  const perClass = { f1: table('0.10', '0.90', '0.95') };
  const macro = (f1: string) => ({ perClass, means: { macro: { f1 } } });
  assert.equal((await check('macro-means', macro('0.65'))).verdict, 'consistent');
  assert.deepEqual(await fields('macro-means', macro('0.80')), ['means.macro.f1', 'perClass.f1.a']);
  const supports = { a: 10, b: 10, c: 80 };
  const weighted = (f1: string) => ({ supports, perClass, means: { weighted: { f1 } } });
  assert.equal((await check('weighted-means', weighted('0.86'))).verdict, 'consistent');
  assert.equal((await check('weighted-means', weighted('0.80'))).verdict, 'impossible');
});

test('macro recall and supports bound the accuracy like a knapsack', () => {
  // Two units of recall for classes of 10, 20 and 70 items: 30 to 90 correct answers of 100.
  const bounds = accuracyBounds([70, 10, 20], point(new Fraction(2, 3)));
  assert.equal(bounds.lo.toFraction(), '3/10');
  assert.equal(bounds.hi.toFraction(), '9/10');
});

test('GRIM over runs, folds and batches widens what is attainable', () => {
  const third = closed(new Fraction(333, 1000), new Fraction(334, 1000));
  assert.equal(isAttainable(third, 10, { kind: 'single' }), false);
  assert.equal(isAttainable(third, 10, { kind: 'runs', count: 3 }), true);
  // Folds of 4, 3 and 3: (1/4 + 0 + 3/4 ...) / 3 with thirds; 1/3 = (0 + 1 + 0) / 3.
  assert.equal(isAttainable(third, 10, { kind: 'folds', count: 3 }), true);
  // Batches of 4, 4 and 2: means are multiples of 1/24 plus multiples of 1/6.
  assert.equal(isAttainable(third, 10, { kind: 'batches', size: 4 }), true);
  assert.equal(isAttainable(point(new Fraction(1, 5)), 10, { kind: 'batches', size: 4 }), false);
  // 7 items in folds of 4 and 3: (A / 4 + B / 3) / 2 for every A and B, and nothing between them.
  const means = new Set(Array.from({ length: 20 }, (_, k) => 3 * (k % 5) + 4 * Math.floor(k / 5)));
  for (let k = 0; k <= 24; k++) {
    const fits = isAttainable(point(new Fraction(k, 24)), 7, { kind: 'folds', count: 2 });
    assert.equal(fits, means.has(k), `${k} / 24`);
  }
  const open = { lo: new Fraction(3, 24), hi: new Fraction(4, 24), loOpen: true, hiOpen: true };
  assert.equal(isAttainable(open, 7, { kind: 'folds', count: 2 }), false);
  assert.equal(isAttainable({ ...open, hiOpen: false }, 7, { kind: 'folds', count: 2 }), true);
  assert.equal(isAttainable({ ...open, loOpen: false }, 7, { kind: 'folds', count: 2 }), true);
});

test('one-vs-rest accuracies are tied to the accuracy', async () => {
  const ovr = (a: string, b: string, c: string, accuracy: string): Partial<Claim> => ({
    accuracy,
    perClass: { accuracy: table(a, b, c) },
  });
  const one = async (claim: Partial<Claim>, id: string) => {
    const report = await auditClaim(
      { title: 't', classes, ...claim },
      { reading: { classAccuracy: 'one-vs-rest' } },
    );
    return report.readings[0]!.checks.find((result) => result.id === id)!.verdict;
  };
  assert.equal(await one(ovr('0.90', '0.90', '0.80', '0.80'), 'one-vs-rest-sum'), 'consistent');
  assert.equal(await one(ovr('0.90', '0.90', '0.90', '0.80'), 'one-vs-rest-sum'), 'impossible');
  assert.equal(await one(ovr('0.90', '0.90', '0.78', '0.80'), 'one-vs-rest-floor'), 'impossible');
});

test('precision above recall in every class needs no supports to be impossible', async () => {
  const perClass = { precision: table('0.80', '0.70', '0.60'), recall: table('0.78', '0.68', '0.58') };
  assert.equal((await fields('prediction-balance', { perClass })).length, 6);
  const balanced = { precision: table('0.80', '0.70', '0.60'), recall: table('0.78', '0.68', '0.62') };
  const report = await auditClaim({ title: 't', classes, perClass: balanced });
  assert.equal(report.verdict, 'consistent');
  const { matrix, supports } = report.readings[0]!.witness!;
  assert.deepEqual(
    matrix.map((row) => row.reduce((a, b) => a + b)),
    supports,
  );
});

test('whole numbers: recall and precision that only fractions of items would give', async () => {
  const supports = { a: 7, b: 20, c: 20 };
  const perClass = { recall: { a: '0.571' }, precision: { a: '0.66' }, f1: { a: '0.61' } };
  // Recall .571 is 4 of 7; 4 of 6 predictions are .667, so no precision .66 exists.
  assert.deepEqual(await fields('class-counts', { supports, perClass }), [
    'perClass.recall.a',
    'perClass.precision.a',
  ]);
});

test('predictions of all classes add up to n', async () => {
  const supports = { a: 100, b: 100, c: 100 };
  const perClass = { recall: table('0.90', '0.90', '0.90'), precision: table('0.70', '0.70', '0.90') };
  assert.equal((await check('class-sums', { supports, perClass })).verdict, 'impossible');
});

test('row percentages are whole numbers of items that add up', async () => {
  const row = ['.23', '.64', '.13'];
  const confusion = { normalised: 'rows', rows: { a: row } } as const;
  assert.equal(
    (await check('grim-rows', { supports: { a: 56, b: 1, c: 1 }, confusion })).verdict,
    'consistent',
  );
  assert.equal(
    (await check('grim-rows', { supports: { a: 55, b: 1, c: 1 }, confusion })).verdict,
    'impossible',
  );
  const short = { normalised: 'rows', rows: { a: ['.23', '.64', '.10'] } } as const;
  assert.equal((await check('confusion-sums', { confusion: short })).verdict, 'impossible');
});

test('how much a figure can prove', () => {
  assert.equal(Number(attainableShare(3589, 4).valueOf()).toFixed(3), '0.359');
  assert.equal(decisiveDecimals(3589), 4);
  assert.equal(decisiveDecimals(99), 2);
  assert.equal(decisiveDecimals(100), 3);
});

test('too many items over all runs end at once, with the reason', async () => {
  const supports = { a: 1_000_000, b: 1_000_000, c: 1_000_000 };
  const report = await auditClaim({
    title: 't',
    classes,
    supports,
    accuracy: '0.5',
    aggregation: { kind: 'runs', count: 1000 },
    perClass: { recall: { a: '0.7' } },
  });
  assert.equal(report.verdict, 'not enough information');
  assert.match(report.readings[0]!.checks.at(-1)!.detail, /too many for the exact search/);
});

test('a time limit of 50 ms is kept, and said to be the reason', async () => {
  const many = Array.from({ length: 20 }, (_, i) => `c${i}`);
  const supports = Object.fromEntries(many.map((name, i) => [name, 1900 + i * 11]));
  // A macro F1 with many digits beside the weighted one: hardly any matrix, and hard to rule out.
  const means = { macro: { f1: '0.73190233' }, weighted: { f1: '0.73193117' } };
  const report = await auditClaim(
    { title: 't', classes: many, supports, means },
    { timeLimitSeconds: 0.05, reading: { macroF1: 'mean of F1s' } },
  );
  assert.notEqual(report.verdict, 'impossible');
  assert.ok(report.seconds < 5, `${report.seconds} s`);
  if (report.verdict === 'not enough information')
    assert.match(report.readings[0]!.checks.at(-1)!.detail, /time limit|neither/);
});

test('a class may be named like a method of every object', async () => {
  const names = ['constructor', 'toString', 'x'];
  const confusion = { normalised: 'rows', rows: { x: ['.5', '.5', '0'] } } as const;
  for (const dataset of [{}, { dataset: 'fer2013' }]) {
    const claim = { title: 't', classes: names, supports: { x: 6 }, confusion, accuracy: '0.5', ...dataset };
    assert.notEqual((await auditClaim(claim, { timeLimitSeconds: 0.1 })).verdict, 'impossible');
  }
});

test('correct answers of all classes add up to the accuracy in whole numbers', async () => {
  // .33 and .67 of 3 items are 1 and 2 of them, so that at least 3 of 9 are right, and at most 6.
  const supports = { a: 3, b: 3, c: 3 };
  const perClass = { recall: { a: '0.33', b: '0.67' } };
  assert.deepEqual(await fields('class-sums', { supports, perClass, accuracy: '0.22' }), [
    'accuracy',
    'perClass.recall.b',
    'perClass.recall.a',
  ]);
  assert.equal((await check('class-sums', { supports, perClass, accuracy: '0.33' })).verdict, 'consistent');
  assert.equal((await check('class-sums', { supports, perClass, accuracy: '0.67' })).verdict, 'consistent');
});

test('a weighted mean reaches the largest class figure only if all classes do', async () => {
  const recall = table('0.80', '0.80', '0.81');
  const recalls = (accuracy: string, rounding: 'nearest' | 'truncated') =>
    check('weighted-means', { perClass: { recall }, accuracy, rounding });
  // Largest .815, and the mean at least .815: the other classes would have to reach it.
  assert.equal((await recalls('0.82', 'nearest')).verdict, 'impossible');
  assert.equal((await recalls('0.81', 'nearest')).verdict, 'consistent');
  // Truncated, .81 stands for less than .82, which the mean would reach.
  assert.equal((await recalls('0.82', 'truncated')).verdict, 'impossible');
  assert.equal((await recalls('0.79', 'nearest')).verdict, 'impossible');
  const same = { recall: table('0.81', '0.81', '0.81') };
  assert.equal((await check('weighted-means', { perClass: same, accuracy: '0.82' })).verdict, 'consistent');
});

test('a class that is never predicted hides no contradiction', async () => {
  // Its precision has no denominator, whatever a program prints for it; no accuracy exceeds the largest recall.
  const figures = {
    precision: table('0.40', '0.50', '0.00'),
    recall: table('0.60', '0.50', '0.00'),
    f1: table('0.48', '0.50', '0.00'),
  };
  const report = await auditClaim({ title: 't', classes, perClass: figures, accuracy: '0.86' });
  assert.equal(report.verdict, 'impossible', report.summary);
  const left = await auditClaim({
    ...{ title: 't', classes, perClass: figures, means: { macro: { precision: '0.45' } } },
  });
  assert.notEqual(left.verdict, 'impossible', 'a mean over the two classes that are predicted');
});

test('weights refute shares only if they add up exactly', () => {
  const row = (weights: [number, number][], lo: number | null, hi: number | null): ShareRow => ({
    weights: new Map(weights.map(([variable, weight]) => [variable, new Fraction(weight)])),
    lo: lo === null ? null : new Fraction(lo),
    hi: hi === null ? null : new Fraction(hi),
    figure: undefined,
    text: '',
    isSupport: false,
  });
  const total = row(
    [
      [0, 1],
      [1, 1],
    ],
    1,
    1,
  );
  const difference = (lo: number | null, hi: number | null) =>
    row(
      [
        [0, 1],
        [1, -3],
      ],
      lo,
      hi,
    );
  const weights = (...values: number[]) => values.map((value) => new Fraction(value));
  // x + y = 1 and x - 3 y = -4 leave no y up to 1: 4 y = 5.
  const rows = [total, difference(-4, -4)];
  assert.equal(refutesShares(rows, weights(-1, 1), 2), true);
  assert.equal(refutesShares(rows, weights(1, -1), 2), false);
  assert.equal(refutesShares(rows, weights(0, 0), 2), false);
  // x + y = 1 and x - 3 y = -3 leave one: y = 1.
  assert.equal(refutesShares([total, difference(-3, -3)], weights(-1, 1), 2), false);
  // A row without the end that the weight needs proves nothing.
  assert.equal(refutesShares([total, difference(-4, null)], weights(-1, 1), 2), false);
});
