import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { print } from '../../bench/audit/random-claims';
import { evidenceOf } from '../../packages/audit/src/evidence/evidence';
import { contradictionsOf } from '../../packages/audit/src/repair/contradictions';
import { rootOf } from '../../packages/audit/src/verify/ratio';
import { auditClaim, claimFromTable, readTable } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

const base: Claim = { title: 't', classes: ['ill', 'well'], supports: { ill: 10, well: 20 } };
const audit = (claim: Partial<Claim>) => auditClaim({ ...base, ...claim }, { timeLimitSeconds: 10 });

test('the G-mean of two classes is the root of sensitivity times specificity', async () => {
  // Recalls 8/10 and 18/20: the root of 0.72 is 0.8485.
  const perClass = { recall: { ill: '0.80', well: '0.90' } };
  const honest = await audit({ perClass, gMean: '0.849' });
  assert.equal(honest.verdict, 'consistent');
  assert.deepEqual(
    honest.readings[0]!.witness!.matrix.map((row, i) => row[i]),
    [8, 18],
  );
  // Whoever computes it of the rounded recalls 0.83 and 0.67 prints 0.746, where 5/6 and 2/3 give 0.745.
  const rounded = { classes: ['ill', 'well'], supports: { ill: 6, well: 3 } };
  const fromRounded = await audit({
    ...rounded,
    perClass: { recall: { ill: '0.83', well: '0.67' } },
    gMean: '0.746',
  });
  assert.equal(fromRounded.verdict, 'consistent');
  assert.equal(fromRounded.unusual[0]?.reading.fromRounded, 'yes');
  // The mean 0.85 of the recalls is not their geometric mean 0.8485.
  const mean = await audit({ perClass, gMean: '0.850' });
  assert.equal(mean.verdict, 'impossible');
  assert.match(mean.readings[0]!.certificate!.statement, /product of the 2 recalls lies in \[0\.72, 0\.72\]/);
  assert.match(mean.summary, /not ruled out if the G-mean is another/);
  // Without supports the recalls may be up to 0.805 and 0.905, with a root of 0.8535.
  const open: Claim = { title: 't', classes: ['ill', 'well'], perClass };
  assert.notEqual((await auditClaim({ ...open, gMean: '0.853' })).verdict, 'impossible');
  assert.equal((await auditClaim({ ...open, gMean: '0.855' })).verdict, 'impossible');
});

test('whole numbers of right answers must have the accuracy and the G-mean together', async () => {
  // 26 of 30 are right: 6 and 20 to 10 and 16, so the root is 0.7746, 0.8155, 0.8485, 0.8746 or 0.8944.
  const claim = { accuracy: '86.67%' };
  assert.equal((await audit({ ...claim, gMean: '0.8746' })).verdict, 'consistent');
  const report = await audit({ ...claim, gMean: '0.8600' });
  assert.equal(report.verdict, 'impossible');
  assert.match(report.readings[0]!.certificate!.statement, /no whole numbers of right answers/);
});

test('a G-mean never exceeds the mean of the recalls; folds have none together', async () => {
  const perClass = { recall: { ill: '0.7', well: '0.9' } };
  const claim = { perClass, means: { macro: { recall: '0.80' } } };
  assert.equal((await audit({ ...claim, gMean: '0.81' })).verdict, 'impossible');
  assert.equal((await audit({ ...claim, gMean: '0.79' })).verdict, 'consistent');
  const folds = { kind: 'folds', count: 5 } as const;
  assert.notEqual((await audit({ ...claim, gMean: '0.81', aggregation: folds })).verdict, 'impossible');
});

test('G-means as imbalanced-learn computes them are consistent, and no unit beside them is', async () => {
  // geometric_mean_score of imbalanced-learn 0.14.2, average='multiclass'.
  const published = [
    { matrix: [[41, 9], [7, 83]], gMean: '0.869610' }, // biome-ignore format: a matrix a line
    { matrix: [[30, 5, 5], [4, 50, 6], [3, 2, 95]], gMean: '0.840494' }, // biome-ignore format: a matrix a line
  ];
  for (const { matrix, gMean } of published) {
    const classes = matrix.map((_, i) => `c${i}`);
    const rows = Object.fromEntries(classes.map((name, i) => [name, matrix[i]!]));
    const claim: Claim = { title: 't', classes, confusion: { normalised: 'counts', rows }, gMean };
    assert.equal((await auditClaim(claim)).verdict, 'consistent', gMean);
    const moved = (Number(gMean) + 1e-6).toFixed(6);
    assert.equal((await auditClaim({ ...claim, gMean: moved })).verdict, 'impossible', moved);
  }
});

test('no honest G-mean is called impossible', async () => {
  for (let index = 0; index < 40; index++) {
    const random = randomStream(31, 'g-mean', index);
    const below = (most: number) => random.integer(most);
    const classes = Array.from({ length: 2 + below(3) }, (_, i) => `c${i}`);
    const items = classes.map(() => 1 + below(60));
    const right = items.map((count) => below(count + 1));
    const n = items.reduce((a, b) => a + b, 0);
    const decimals = 1 + below(4);
    const value = items.reduce((product, count, i) => (product * right[i]!) / count, 1) ** (1 / items.length);
    const show = (top: number, bottom: number) =>
      print([BigInt(top), BigInt(bottom)], decimals, 'nearest', random);
    const claim: Claim = {
      title: 't',
      classes,
      gMean: value.toFixed(decimals),
      accuracy: show(
        right.reduce((a, b) => a + b, 0),
        n,
      ),
      ...(below(2) && { supports: Object.fromEntries(classes.map((name, i) => [name, items[i]!])) }),
      ...(below(2) && {
        perClass: {
          recall: Object.fromEntries(classes.map((name, i) => [name, show(right[i]!, items[i]!)])),
        },
      }),
    };
    const { verdict, summary } = await auditClaim(claim, { timeLimitSeconds: 1 });
    assert.notEqual(verdict, 'impossible', `${index}: ${summary}`);
  }
});

test('roots are exact where they end, and rounded down elsewhere', () => {
  assert.deepEqual(rootOf([9n, 16n], 2), [3n, 4n]);
  assert.deepEqual(rootOf([343n, 1000n], 3), [7n, 10n]);
  assert.deepEqual(rootOf([0n, 5n], 4), [0n, 1n]);
  const [top, bottom] = rootOf([1n, 2n], 2);
  const unit = 10n ** 60n;
  assert.ok(2n * top * top < bottom * bottom);
  const next = (top * unit) / bottom + 1n;
  assert.ok(2n * next * next > unit * unit);
});

test('a G-mean is read of two classes, and noted of more', () => {
  const table = 'class,recall,support\na,0.80,10\nb,0.90,20\n';
  assert.equal(claimFromTable(`${table}\nG-mean: 0.849`).gMean, '0.849');
  const { claim, notes } = readTable(`${table}c,0.70,10\n\nG-mean: 0.80`);
  assert.equal(claim.gMean, undefined);
  assert.match(notes.map(({ text }) => text).join(), /G-mean 0\.80/);
});

test('a contradiction of the G-mean rests on the supports only where it needs them', async () => {
  const perClass = { recall: { ill: '0.80', well: '0.90' } };
  const restsOn = async (gMean: string) => {
    const claim = { ...base, perClass, gMean };
    const [report] = (await auditClaim(claim)).readings;
    return contradictionsOf(report!, evidenceOf(claim)(report!.reading)).map(({ fields, supports }) => ({
      fields,
      isFree: supports === undefined,
    }));
  };
  const recalls = ['perClass.recall.ill', 'perClass.recall.well'];
  // Recalls from 0.795 to 0.805 and from 0.895 to 0.905 have a product below 0.8536 squared, whatever is counted.
  const free = await restsOn('0.870');
  assert.ok(
    free.some(({ fields, isFree }) => isFree && fields.every((field) => !/supports|^n$/.test(field))),
  );
  assert.deepEqual(free[0]!.fields, ['gMean', ...recalls]);
  // Of 10 and 20 items it is 0.8485 alone, which 0.850 misses; recalls of other items could have it.
  const counted = await restsOn('0.850');
  assert.deepEqual(
    counted.map(({ isFree }) => isFree),
    [false],
  );
  assert.deepEqual(counted[0]!.fields, ['gMean', ...recalls, 'n', 'supports.ill', 'supports.well']);
});
