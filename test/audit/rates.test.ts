import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { print, randomMatrix } from '../../bench/audit/random-claims';
import { buildClassTable } from '../../packages/audit/src/matrix/class-table';
import { parseFigure } from '../../packages/audit/src/numbers/parse-figure';
import { misprints } from '../../packages/audit/src/verify/misprints';
import { auditClaim, claimFromTable, readTable, readTables } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

const matrix = [
  [8, 2, 0],
  [1, 6, 3],
  [0, 0, 5],
];
const base: Claim = { title: 't', classes: ['a', 'b', 'c'], supports: { a: 10, b: 10, c: 5 } };
// Of a: 8 true and 1 false positive, 2 false and 14 true negatives.
const rates = {
  specificity: { a: '0.9333' },
  npv: { a: '0.8750' },
  fpr: { a: '0.0667' },
  fnr: { a: '0.2000' },
  jaccard: { a: '0.7273' },
  // 40 / (4 * 10 + 9) and 40 / (10 + 4 * 9)
  f2: { a: '0.8163' },
  f05: { a: '0.8696' },
} as const;
const verdict = async (claim: Claim) => (await auditClaim(claim, { timeLimitSeconds: 20 })).verdict;

test('the checker recomputes each rate by a hand-worked value, and the error rate', () => {
  const claim = { ...base, rates, errorRate: '0.24' };
  assert.deepEqual(misprints(claim, matrix, { supports: 'as printed' }), []);
  for (const rate of Object.keys(rates) as (keyof typeof rates)[]) {
    const wrong = { ...claim, rates: { ...rates, [rate]: { a: '0.5' } } };
    const found = misprints(wrong, matrix, { supports: 'as printed' }).map(({ field }) => field);
    assert.deepEqual(found, [`rates.${rate}.a`]);
  }
  const found = misprints({ ...claim, errorRate: '0.25' }, matrix, { supports: 'as printed' });
  assert.deepEqual(found, [{ field: 'errorRate', printed: '0.25', found: '0.240000' }]);
});

test('rates enter the search: a matrix yields all of them, or whole numbers rule one out', async () => {
  assert.equal(await verdict({ ...base, rates, errorRate: '0.24' }), 'consistent');
  const { supports: _, ...unknown } = base;
  assert.equal(await verdict({ ...unknown, rates }), 'consistent');
  // 14 of 15 are 0.933, 15 are 1.
  const recall = { perClass: { recall: { a: '0.8' } } };
  assert.equal(await verdict({ ...base, ...recall, rates: { specificity: { a: '0.95' } } }), 'impossible');
  assert.equal(await verdict({ ...base, accuracy: '0.76', errorRate: '0.25' }), 'impossible');
  assert.equal(
    await verdict({ ...base, perClass: { recall: { a: '0.80' } }, rates: { fnr: { a: '0.30' } } }),
    'impossible',
  );
});

test('of two classes the specificity of one is the recall of the other', async () => {
  const two = { title: 't', classes: ['ill', 'well'], perClass: { recall: { ill: '0.80' } } };
  const claim = { ...two, accuracy: '0.95', rates: { specificity: { ill: '0.90' } } };
  const report = await auditClaim(claim);
  // An accuracy lies between the two recalls.
  assert.equal(report.verdict, 'impossible');
  assert.equal(report.readings[0]!.certificate!.figures.length, 2);
  assert.equal(await verdict({ ...claim, accuracy: '0.85' }), 'consistent');
});

test('the pairs that a class may have are those that trying each gives', () => {
  const [n, support] = [12, 5];
  const interval = (text: string) =>
    parseFigure(text, { field: 'f', scale: 'fraction', rounding: 'nearest' }).interval;
  for (const [specificity, npv] of [
    ['0.86', '0.9'],
    ['0.7', '0.8'],
    ['1', '0.6'],
    ['0.0', '0.0'],
    ['0.57', '1'],
  ] as const) {
    const table = buildClassTable(
      { specificity: interval(specificity), npv: interval(npv) },
      { support, n, correct: 0 },
    );
    const listed = table.truePositives.flatMap((t, row) =>
      Array.from(
        { length: table.most[row]! - table.fewest[row]! + 1 },
        (_, k) => `${t},${table.fewest[row]! + k}`,
      ),
    );
    const near = (value: number, text: string) => {
      const unit = 10 ** -(text.split('.')[1] ?? '').length;
      return Math.abs(value - Number(text)) <= unit / 2 + 1e-12;
    };
    const tried: string[] = [];
    for (let t = 0; t <= support; t++) {
      for (let p = t; p <= n - support + t; p++) {
        const negatives = n - support - p + t;
        const predictive = p === n ? 0 : negatives / (n - p);
        if (near(negatives / (n - support), specificity) && near(predictive, npv)) tried.push(`${t},${p}`);
      }
    }
    assert.deepEqual(listed, tried, `${specificity} ${npv}`);
  }
});

test('F-beta leaves the numbers of predictions that trying each gives', () => {
  const [n, support] = [14, 6];
  for (const [f2, f05] of [
    ['0.7', '0.6'],
    ['0.0', '0.0'],
    ['1.0', '1'],
    ['0.42', '0.5'],
  ] as const) {
    const parse = (text: string) =>
      parseFigure(text, { field: 'f', scale: 'fraction', rounding: 'nearest' }).interval;
    const table = buildClassTable({ f2: parse(f2), f05: parse(f05) }, { support, n, correct: 0 });
    const listed = table.truePositives.flatMap((t, row) =>
      Array.from(
        { length: table.most[row]! - table.fewest[row]! + 1 },
        (_, k) => `${t},${table.fewest[row]! + k}`,
      ),
    );
    const tried: string[] = [];
    for (let t = 0; t <= support; t++) {
      for (let p = t; p <= n - support + t; p++) {
        const [precision, recall] = [p === 0 ? 0 : t / p, t / support];
        const beta = (square: number) =>
          t === 0 ? 0 : ((1 + square) * precision * recall) / (square * precision + recall);
        const near = (value: number, text: string) =>
          Math.abs(value - Number(text)) <= 10 ** -(text.split('.')[1] ?? '').length / 2 + 1e-12;
        if (near(beta(4), f2) && near(beta(0.25), f05)) tried.push(`${t},${p}`);
      }
    }
    assert.deepEqual(listed, tried, `${f2} ${f05}`);
  }
});

test('honest rates of random matrices are not impossible, with supports or without', async () => {
  for (let index = 0; index < 12; index++) {
    const random = randomStream(43, 'rates', index);
    const cells = randomMatrix(random, 2 + random.integer(5), 30 + random.integer(900));
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    const n = sum(cells.flat());
    const classes = cells.map((_, i) => `c${i}`);
    const supports = Object.fromEntries(classes.map((name, i) => [name, sum(cells[i]!)]));
    const table = (of: (t: number, row: number, column: number) => [number, number]) =>
      Object.fromEntries(
        classes.map((name, i) => {
          const [top, bottom] = of(cells[i]![i]!, sum(cells[i]!), sum(cells.map((row) => row[i]!)));
          const ratio = bottom === 0 ? ([0n, 1n] as const) : ([BigInt(top), BigInt(bottom)] as const);
          return [name, print(ratio, 1 + (index % 4), 'nearest', random)];
        }),
      );
    const claim: Claim = {
      title: 't',
      classes,
      rates: {
        specificity: table((t, row, column) => [n - row - column + t, n - row]),
        npv: table((t, row, column) => [n - row - column + t, n - column]),
        fpr: table((t, row, column) => [column - t, n - row]),
        fnr: table((t, row) => [row - t, row]),
        jaccard: table((t, row, column) => [t, row + column - t]),
        f2: table((t, row, column) => [5 * t, 4 * row + column]),
        f05: table((t, row, column) => [5 * t, row + 4 * column]),
      },
    };
    for (const one of [claim, { ...claim, supports, n }]) {
      const report = await auditClaim(one, { timeLimitSeconds: 0.2 });
      assert.notEqual(
        report.verdict,
        'impossible',
        `${index}: ${report.readings[0]!.certificate?.statement}`,
      );
    }
  }
});

test('rates are read from tables of classes, and the names of the macro recall from tables of systems', () => {
  const classes =
    '| Class | Sensitivity | Specificity | NPV |\n|---|---|---|---|\n| a | 0.8 | 0.93 | 0.87 |\n| b | 0.6 | 0.87 | 0.8 |';
  const claim = claimFromTable(classes);
  assert.deepEqual(claim.rates, { specificity: { a: '0.93', b: '0.87' }, npv: { a: '0.87', b: '0.8' } });
  assert.deepEqual(claim.perClass, { recall: { a: '0.8', b: '0.6' } });
  const beta = classes.replace('NPV', 'F2-score').replace('Specificity', 'F2');
  const { rates: betas } = claimFromTable(beta);
  assert.deepEqual(betas, { f2: { a: '0.87', b: '0.8' } });
  const lines = claimFromTable(`${classes}\n\nBalanced accuracy: 0.70\nWAR: 0.71`);
  assert.deepEqual([lines.means, lines.accuracy], [{ macro: { recall: '0.70' } }, '0.71']);
  const twice = readTable(
    `${classes.replace(/$/, '\n| macro avg | 0.7 | | |')}\n\nUAR = 0.702\nAdjusted balanced accuracy: 0.4`,
  );
  assert.deepEqual(twice.claim.means, { macro: { recall: '0.7' } });
  assert.deepEqual(
    twice.notes.map(({ text }) => text),
    ['UAR: 0.702', 'Adjusted balanced accuracy: 0.4'],
  );
  const [system] = readTables(
    '| Method | UAR | WAR | Error rate |\n|---|---|---|---|\n| A | 38.12 | 52.34 | 47.66 |',
  );
  const { title: _, ...rest } = system!.claim;
  assert.deepEqual(rest, {
    classes: [],
    accuracy: '52.34%',
    errorRate: '47.66%',
    means: { macro: { recall: '38.12%' } },
  });
});

test('a rate of no items is printed as 0, and so is its complement', async () => {
  // Of three folds two hold no item of ill: recalls 1, 0 and 0, false negative rates 0, 0 and 0.
  const folds = {
    aggregation: { kind: 'folds', count: 3 },
    n: 30,
    perClass: { recall: { ill: '0.3333' } },
  } as const;
  const two: Claim = { title: 't', classes: ['ill', 'well'] };
  assert.notEqual(await verdict({ ...two, ...folds, rates: { fnr: { ill: '0.0000' } } }), 'impossible');
  assert.notEqual(await verdict({ ...two, ...folds, rates: { fpr: { well: '0.0000' } } }), 'impossible');
  // One evaluation without well: nothing can be falsely positive.
  const empty = { perClass: { recall: { ill: '0.80', well: '0.00' } }, rates: { fpr: { ill: '0.00' } } };
  assert.notEqual(await verdict({ ...two, ...empty, supports: { ill: 10, well: 0 } }), 'impossible');
  assert.notEqual(await verdict({ ...two, ...empty }), 'impossible');
  const half = { ...empty, perClass: { recall: { well: '0.50' } } };
  assert.equal(await verdict({ ...two, ...half, supports: { ill: 10, well: 10 } }), 'impossible');
});
