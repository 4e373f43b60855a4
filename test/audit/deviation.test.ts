import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { print } from '../../bench/audit/random-claims';
import { parseFigure } from '../../packages/audit/src/numbers/parse-figure';
import { findParts, groupsOf } from '../../packages/audit/src/parts/counts';
import { numbersWith, squareRange } from '../../packages/audit/src/parts/squares';
import { arePartsOf, isDeviation } from '../../packages/audit/src/verify/parts';
import { auditClaim, claimFromTable, readTables } from '../../src/audit/audit';
import { type RandomStream, randomStream } from '../../src/random';

const interval = (text: string) =>
  parseFigure(text, { field: 'f', scale: 'fraction', rounding: 'nearest' }).interval;

test('whole numbers with a sum and a sum of squares are those that trying all gives', () => {
  for (const [size, count] of [
    [4, 2],
    [3, 4],
    [5, 3],
  ] as const) {
    const reached = new Map<string, boolean>();
    for (let code = 0; code < (size + 1) ** count; code++) {
      const numbers = Array.from(
        { length: count },
        (_, i) => Math.floor(code / (size + 1) ** i) % (size + 1),
      );
      const [sum, squares] = [1, 2].map((power) => numbers.reduce((a, x) => a + x ** power, 0));
      reached.set(`${sum} ${squares}`, true);
    }
    for (let sum = 0; sum <= size * count; sum++) {
      const range = squareRange({ size, count }, sum);
      for (let squares = 0; squares <= size * size * count; squares++) {
        const found = numbersWith({ size, count }, { sum, squares }, { steps: 10_000 });
        assert.notEqual(found, 'open');
        assert.equal(
          found !== undefined,
          reached.has(`${sum} ${squares}`),
          `${size} ${count} ${sum} ${squares}`,
        );
        if (found) {
          assert.ok(squares >= range.from && squares <= range.to);
          assert.equal(
            (found as number[]).reduce((a, x) => a + x * x, 0),
            squares,
          );
        }
      }
    }
  }
});

/** Mean and standard deviation of accuracies in floating point, far enough from the ends of the intervals. */
function fits(
  correct: readonly number[],
  items: readonly number[],
  [mean, deviation]: readonly [string, string],
) {
  const shares = correct.map((count, i) => count / items[i]!);
  const center = shares.reduce((a, b) => a + b) / shares.length;
  const squares = shares.reduce((sum, share) => sum + (share - center) ** 2, 0);
  const near = (value: number, text: string) => {
    const { lo, hi } = interval(text);
    return value >= Number(lo.valueOf()) - 1e-12 && value <= Number(hi.valueOf()) + 1e-12;
  };
  const both = [squares / shares.length, squares / (shares.length - 1)].map(Math.sqrt);
  return near(center, mean) && both.some((value) => near(value, deviation));
}

test('a mean and a standard deviation are possible exactly where some counts give them', () => {
  const tally = { found: 0, none: 0, open: 0 };
  for (let index = 0; index < 120; index++) {
    const random = randomStream(4, 'grimmer', index);
    const [count, n] = [2 + random.integer(3), 7 + random.integer(8)];
    const kind = index % 2 ? 'runs' : 'folds';
    const sizes = groupsOf({ kind, count }, n).flatMap((group) =>
      new Array<number>(group.count).fill(group.size),
    );
    const drawn = sizes.map((size) => random.integer(size + 1) / size);
    const center = drawn.reduce((a, b) => a + b) / count;
    const squares = drawn.reduce((sum, share) => sum + (share - center) ** 2, 0);
    const moved = Math.sqrt(squares / count) + (random.integer(5) - 2) / 100;
    const texts = [center.toFixed(2), Math.max(0, moved).toFixed(2)] as const;
    const total = sizes.reduce((product, size) => product * (size + 1), 1);
    let exists = false;
    for (let code = 0; code < total && !exists; code++) {
      let rest = code;
      const correct = sizes.map((size) => {
        const own = rest % (size + 1);
        rest = Math.floor(rest / (size + 1));
        return own;
      });
      exists = fits(correct, sizes, texts);
    }
    const figures = { mean: interval(texts[0]), deviation: interval(texts[1]), kind: undefined };
    const found = findParts(groupsOf({ kind, count }, n), figures);
    tally[found.status]++;
    if (found.status !== 'open') assert.equal(found.status === 'found', exists, `${index}: ${kind} ${texts}`);
    if (found.status === 'found') {
      const [correct, items] = [found.parts.map((p) => p.correct), found.parts.map((p) => p.items)];
      assert.ok(fits(correct, items, texts), `${index}`);
    }
  }
  assert.ok(tally.found > 15 && tally.none > 15 && tally.open === 0, JSON.stringify(tally));
});

test('the checker recomputes mean and deviation of the parts, and that runs add up to their matrix', () => {
  const folds: Claim = { title: 't', classes: ['a', 'b'], aggregation: { kind: 'folds', count: 3 } };
  // 0.8, 0.7 and 0.6 with standard deviations 0.1 (sample) and 0.0816 (population).
  const parts = [8, 7, 6].map((correct) => ({ correct, items: 10 }));
  for (const text of ['0.10', '0.08', '0.0816', '10%']) assert.ok(isDeviation(parts, text, folds), text);
  assert.ok(!isDeviation(parts, '0.09', folds));
  assert.ok(!isDeviation(parts, '0.10', { ...folds, deviationKind: 'population' }));
  assert.ok(isDeviation(parts, '8.2', { ...folds, scale: 'percent' }));
  const whole = [
    [11, 4],
    [5, 10],
  ];
  assert.ok(arePartsOf(folds, parts, whole));
  assert.ok(!arePartsOf(folds, [...parts.slice(1), { correct: 8, items: 9 }], whole));
  assert.ok(!arePartsOf({ ...folds, aggregation: { kind: 'folds', count: 2 } }, parts, whole));
  const unequal = [12, 9, 9].map((items, i) => ({ correct: 8 - i, items }));
  assert.ok(!arePartsOf(folds, unequal, whole));
  // Two runs on 5 and 5 items with 2 and 8 of each 10 right: one run can't have 9, as 7 are the most: 2 and 5.
  const runs: Claim = { title: 't', classes: ['a', 'b'], aggregation: { kind: 'runs', count: 2 } };
  const both = [
    [2, 8],
    [2, 8],
  ];
  const split = (a: number, b: number) => [a, b].map((correct) => ({ correct, items: 10 }));
  assert.ok(arePartsOf(runs, split(7, 3), both));
  assert.ok(!arePartsOf(runs, split(8, 2), both));
});

test('means with standard deviations are consistent with counts, or impossible', async () => {
  const base: Claim = { title: 't', classes: [], n: 20, aggregation: { kind: 'runs', count: 5 } };
  const audit = (claim: Partial<Claim>) => auditClaim({ ...base, ...claim }, { timeLimitSeconds: 1 });
  const honest = await audit({ accuracy: '0.75', deviations: { accuracy: '0.05' } });
  assert.equal(honest.verdict, 'consistent');
  const { witness } = honest.readings.find((reading) => reading.witness)!;
  assert.ok(isDeviation(witness!.parts!, '0.05', base));
  const moved = await audit({ accuracy: '0.750', deviations: { accuracy: '0.101' } });
  assert.equal(moved.verdict, 'impossible');
  assert.match(moved.summary, /not ruled out if the standard deviation is something else/);
  const large = await audit({ accuracy: '0.90', deviations: { accuracy: '0.40' } });
  assert.match(large.readings[0]!.certificate!.statement, /can't have a standard deviation of 0.40/);
  const folds = { aggregation: { kind: 'folds', count: 10 }, n: 3589 } as const;
  const many = await audit({ ...folds, accuracy: '71.08%', deviations: { accuracy: '1.43%' } });
  assert.equal(many.verdict, 'consistent');
  // More than the accuracy of folds needs no one matrix: that one class with all items has a mean recall of 0.36 shows nothing.
  const more = await audit({
    ...folds,
    classes: ['a', 'b'],
    accuracy: '71.08%',
    deviations: { accuracy: '1.43%' },
    means: { macro: { recall: '0.36' } },
  });
  assert.equal(more.verdict, 'not enough information');
});

test('a mean and a deviation of accuracies that were rounded before are not impossible', async () => {
  let saved = 0;
  for (let index = 0; index < 25; index++) {
    const random = randomStream(29, 'rounded before', index);
    const [count, n] = [2 + random.integer(3), 6 + random.integer(30)];
    const places = 3;
    const round = (value: number) => Math.round(value * 10 ** places) / 10 ** places;
    const shares = randomParts(random, new Array<number>(count).fill(n)).map((correct) => round(correct / n));
    const center = shares.reduce((a, b) => a + b) / count;
    const sd = Math.sqrt(shares.reduce((sum, share) => sum + (share - center) ** 2, 0) / (count - 1));
    const claim: Claim = {
      title: 't',
      classes: [],
      n,
      aggregation: { kind: 'runs', count },
      accuracy: center.toFixed(places),
      deviations: { accuracy: sd.toFixed(places) },
    };
    const report = await auditClaim(claim, { timeLimitSeconds: 0.5 });
    assert.notEqual(report.verdict, 'impossible', `${index}: ${report.readings[0]!.certificate?.statement}`);
    if (report.unusual.some(({ reading }) => reading.fromRounded)) saved++;
  }
  assert.ok(saved > 0, 'every claim is possible without rounding before');
});

/** Accuracies of runs or folds around one value. */
function randomParts(random: RandomStream, sizes: readonly number[]): number[] {
  const [level, spread] = [random.uniform(), random.uniform() * 0.2];
  return sizes.map((size) =>
    Math.min(size, Math.max(0, Math.round(size * (level + spread * (random.uniform() - 0.5))))),
  );
}

test('no honest mean with its standard deviation is called impossible', async () => {
  for (let index = 0; index < 40; index++) {
    const random = randomStream(17, 'honest deviation', index);
    const kind = index % 2 ? 'runs' : 'folds';
    const count = 2 + random.integer(9);
    const n = count * 2 + random.integer(index % 3 ? 4000 : 100);
    const sizes = groupsOf({ kind, count }, n).flatMap((group) =>
      new Array<number>(group.count).fill(group.size),
    );
    const correct = randomParts(random, sizes);
    const rounding = (['nearest', 'truncated', 'up'] as const)[random.integer(3)]!;
    const places = 2 + random.integer(4);
    const shares = correct.map((c, i) => c / sizes[i]!);
    const center = shares.reduce((a, b) => a + b) / count;
    const divisor = random.uniform() < 0.5 ? count : count - 1;
    const sd = Math.sqrt(shares.reduce((sum, share) => sum + (share - center) ** 2, 0) / divisor);
    const ratio = (value: number) => [BigInt(Math.round(value * 1e15)), 10n ** 15n] as const;
    const claim: Claim = {
      title: 't',
      classes: [],
      n,
      rounding,
      aggregation: { kind, count },
      accuracy: print(ratio(center), places, rounding, random),
      deviations: { accuracy: print(ratio(sd), places, rounding, random) },
    };
    const report = await auditClaim(claim, { timeLimitSeconds: 0.5 });
    assert.notEqual(report.verdict, 'impossible', `${index}: ${report.readings[0]!.certificate?.statement}`);
  }
});

test('a standard deviation is read where words call it so', () => {
  const options = { aggregation: { kind: 'runs', count: 5 } } as const;
  const table = '| Model | Accuracy (mean ± SD) |\n|---|---|\n| A | 71.2 ± 0.4 |\n| B | 70.1 ± 0.6 |';
  const claims = readTables(table, options).map(({ claim }) => claim);
  assert.deepEqual(
    claims.map(({ accuracy, deviations }) => [accuracy, deviations?.accuracy]),
    [
      ['71.2%', '0.4%'],
      ['70.1%', '0.6%'],
    ],
  );
  const [unsaid] = readTables(table.replace(' (mean ± SD)', ''), options);
  assert.equal(unsaid!.claim.deviations, undefined);
  assert.ok(unsaid!.notes.some(({ text }) => /± 0.4/.test(text)));
  const report =
    '| Class | Recall | Support |\n|---|---|---|\n| a | 0.8 | 10 |\n| b | 0.6 | 10 |\n\nAccuracy: 0.70 ± 0.02 (SD)';
  assert.deepEqual(claimFromTable(report, options).deviations, { accuracy: '0.02' });
});

test('a mean of figures that were rounded for each run is not impossible, and the report says so', async () => {
  // Recalls of 3 items: 2, 2, 0 and 0 right. 0.67, 0.67, 0 and 0 have the mean 0.335, printed 0.34; 4 of 12 are 0.33.
  const claim: Claim = {
    title: 't',
    classes: ['ill', 'well'],
    supports: { ill: 3, well: 9 },
    aggregation: { kind: 'runs', count: 4 },
    perClass: { recall: { ill: '0.34', well: '0.58' } },
  };
  const report = await auditClaim(claim, { timeLimitSeconds: 1 });
  assert.notEqual(report.verdict, 'impossible');
  assert.ok(report.unusual.some(({ reading }) => reading.fromRounded));
  const recall = { ill: '0.36', well: '0.58' };
  assert.equal((await auditClaim({ ...claim, perClass: { recall } })).verdict, 'impossible');
});
