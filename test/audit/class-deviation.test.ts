import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { mean, sampleStandardDeviation, standardDeviation } from 'simple-statistics';
import { auditClaim, claimFromTable } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

const FIVE = { kind: 'runs', count: 5 } as const;
const base: Claim = {
  title: 't',
  classes: ['ill', 'well'],
  supports: { ill: 10, well: 20 },
  aggregation: FIVE,
};

const audit = (recall: string, deviation: string, more: Partial<Claim> = {}) =>
  auditClaim(
    {
      ...base,
      perClass: { recall: { ill: recall, well: '0.910' } },
      deviations: { perClass: { recall: { ill: deviation } } },
      ...more,
    },
    { timeLimitSeconds: 4 },
  );

test('a recall with its standard deviation over runs comes from whole numbers of the items of the class', async () => {
  // 8, 8, 8, 8 and 9 of 10: mean 0.82, sample deviation 0.0447, population deviation 0.0400.
  assert.notEqual((await audit('0.820', '0.0447')).verdict, 'impossible');
  assert.notEqual((await audit('0.820', '0.0400')).verdict, 'impossible');
  // The next spread is 7, 8, 8, 9 and 9 with 0.0837 or 0.0748.
  const report = await audit('0.820', '0.0600');
  assert.equal(report.verdict, 'impossible');
  assert.match(
    report.readings[0]!.certificate!.statement,
    /no 5 whole numbers of right answers \(of 10 items/,
  );
  assert.ok(report.otherwise.some(({ words }) => /standard deviation is something else/.test(words)));
  assert.equal((await audit('0.820', '0.0400', { deviationKind: 'sample' })).verdict, 'impossible');
});

test('folds may have any number of items of a class, so that only the bound of the deviation holds', async () => {
  const folds = { aggregation: { kind: 'folds', count: 5 } } as const;
  assert.notEqual((await audit('0.820', '0.0600', folds)).verdict, 'impossible');
  // Numbers from 0 to 1 with the mean 0.95 have a variance of at most 0.0475 times 5/4.
  const report = await audit('0.95', '0.30', folds);
  assert.equal(report.verdict, 'impossible');
  assert.match(report.readings[0]!.certificate!.statement, /can't have a standard deviation of 0\.30/);
});

test('a deviation of a class is never called confirmed', async () => {
  const report = await audit('0.820', '0.0447', { aggregation: FIVE });
  assert.equal(report.verdict, 'not enough information');
});

test('no honest figure of a class with its deviation is called impossible', async () => {
  for (let index = 0; index < 40; index++) {
    const random = randomStream(11, 'class deviation', index);
    const items = [5 + random.integer(60), 5 + random.integer(300)];
    const runs = 2 + random.integer(9);
    const digits = 2 + random.integer(3);
    const spread = index % 2 ? sampleStandardDeviation : standardDeviation;
    const shares = items.map((count) => {
      const skill = random.uniform();
      return Array.from({ length: runs }, () => {
        const right = Array.from({ length: count }, () => random.uniform() < skill).filter(Boolean).length;
        return index % 4 < 2 ? right / count : Number((right / count).toFixed(digits));
      });
    });
    const table = (of: (values: number[]) => number) =>
      Object.fromEntries(['a', 'b'].map((name, i) => [name, of(shares[i]!).toFixed(digits)]));
    const claim: Claim = {
      title: 't',
      classes: ['a', 'b'],
      supports: { a: items[0]!, b: items[1]! },
      aggregation: { kind: 'runs', count: runs },
      perClass: { recall: table(mean) },
      deviations: { perClass: { recall: table(spread) } },
    };
    const { verdict } = await auditClaim(claim, { timeLimitSeconds: 1 });
    assert.notEqual(verdict, 'impossible', `index ${index}: ${JSON.stringify(claim)}`);
  }
});

test('deviations of classes are read where the title says what stands behind the sign', () => {
  const text = `| Class | Precision | Recall (mean ± SD) |
|---|---|---|
| ill | 0.80 | 0.820 ± 0.045 |
| well | 0.90 | 0.910 ± 0.020 |`;
  const { deviations, perClass } = claimFromTable(text, { aggregation: FIVE });
  assert.deepEqual(deviations, { perClass: { recall: { ill: '0.045', well: '0.020' } } });
  assert.deepEqual(perClass!.recall, { ill: '0.820', well: '0.910' });
  const bare = claimFromTable(text.replace(' (mean ± SD)', ''), { aggregation: FIVE });
  assert.equal(bare.deviations, undefined);
});
