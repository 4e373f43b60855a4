import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { honestClaim, randomMatrix, toClaim } from '../../bench/audit/random-claims';
import { auditClaim, claimFromTable, readTables, validateClaim } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

const claimsOf = (text: string, options: Partial<Claim> = {}) =>
  readTables(text, options).map(({ claim }) => claim);
const verdict = async (claim: Claim) => (await auditClaim(claim, { timeLimitSeconds: 20 })).verdict;

const systems = `
| Model | Accuracy (%) | Precision | Recall | F1 |
|---|---|---|---|---|
| ResNet | 70.2 | 0.70 | 0.68 | 0.69 |
| **Ours** | **81.0** | 0.71 | 0.73 | 0.72 |`;

test('a table of systems is a claim for each row', async () => {
  const [first, second, ...rest] = claimsOf(systems);
  assert.deepEqual(rest, []);
  assert.deepEqual(first, {
    title: 'ResNet',
    classes: [],
    accuracy: '70.2%',
    means: { unspecified: { precision: '0.70', recall: '0.68', f1: '0.69' } },
  });
  assert.equal(await verdict(first!), 'consistent');
  assert.equal(second!.title, 'Ours');
  assert.throws(() => claimFromTable(systems), /several systems.*ResNet/);
});

test('no mean of F1s exceeds the F1 of the means of precision and recall', async () => {
  const text =
    '| Model | Macro precision | Macro recall | Macro F1 |\n|---|---|---|---|\n| A | 0.50 | 0.50 | 0.60 |';
  const [claim] = claimsOf(text);
  const report = await auditClaim(claim!);
  assert.equal(report.verdict, 'impossible');
  assert.match(report.readings[0]!.certificate!.statement, /put F1 into .* but the printed 0\.60/);
  const below = { ...claim!, means: { macro: { precision: '0.50', recall: '0.50', f1: '0.20' } } };
  assert.notEqual((await auditClaim(below)).readings[0]!.verdict, 'impossible');
});

test('an accuracy of a system is a whole number of the items', async () => {
  const text = '| Model | Acc. |\n|---|---|\n| A | 73.28% |\n| B | 73.16% |';
  const [a, b] = claimsOf(text, { n: 3589 });
  assert.equal(await verdict(a!), 'consistent');
  assert.equal(await verdict(b!), 'impossible');
  const [part] = claimsOf('| Model | Acc. |\n|---|---|\n| B | 73.16% |\n| C | 73.28% |', {
    dataset: 'fer2013',
    part: 'PrivateTest',
  });
  assert.equal(await verdict(part!), 'impossible');
});

test('a claim for each data set, by columns, by rows and by rows in between', () => {
  const titles = (text: string) =>
    claimsOf(text).map(({ title, dataset, accuracy }) => [title, dataset, accuracy]);
  const columns =
    '| Model | FER-2013 Acc | RAF-DB Acc |\n|---|---|---|\n| A | 0.71 | 0.85 |\n| B | 0.72 | - |';
  assert.deepEqual(titles(columns), [
    ['A, FER-2013', 'fer2013', '0.71'],
    ['A, RAF-DB', 'raf-db', '0.85'],
    ['B, FER-2013', 'fer2013', '0.72'],
  ]);
  const spanned = String.raw`\begin{tabular}{lcccc} & \multicolumn{2}{c}{RAF-DB} & \multicolumn{2}{c}{CK+} \\
    Method & Acc & F1 & Acc & F1 \\ A & 85.1 & 80.2 & 97.0 & 96.1 \\ B & 86.1 & 81.2 & 98.0 & 97.1 \\ \end{tabular}`;
  assert.deepEqual(
    claimsOf(spanned).map(({ title, accuracy, means }) => [title, accuracy, means!.unspecified!.f1]),
    [
      ['A, RAF-DB', '85.1%', '80.2%'],
      ['A, CK+', '97.0%', '96.1%'],
      ['B, RAF-DB', '86.1%', '81.2%'],
      ['B, CK+', '98.0%', '97.1%'],
    ],
  );
  const rows = 'Model\tDataset\tAccuracy\nA\tFER2013\t0.7\n\tFER2013+\t0.8\nB\tRAF-DB\t0.9\n';
  assert.deepEqual(titles(rows), [
    ['A, FER2013', 'fer2013', '0.7'],
    ['A, FER2013+', undefined, '0.8'],
    ['B, RAF-DB', 'raf-db', '0.9'],
  ]);
});

test('systems beside or below each other, each with its classes, are claims with classes', () => {
  const beside =
    '| | A | | B | |\n|---|---|---|---|---|\n| Class | Precision | Recall | Precision | Recall |\n' +
    '| cat | 0.5 | 0.6 | 0.7 | 0.8 |\n| dog | 0.4 | 0.3 | 0.2 | 0.1 |';
  assert.deepEqual(
    claimsOf(beside).map(({ title, perClass }) => [title, perClass!.recall]),
    [
      ['A', { cat: '0.6', dog: '0.3' }],
      ['B', { cat: '0.8', dog: '0.1' }],
    ],
  );
  const below =
    '| Model | Class | Recall |\n|---|---|---|\n| A | cat | 0.5 |\n| | dog | 0.6 |\n| B | cat | 0.7 |\n| | dog | 0.8 |';
  assert.deepEqual(
    claimsOf(below).map(({ title, perClass }) => [title, perClass!.recall]),
    [
      ['A', { cat: '0.5', dog: '0.6' }],
      ['B', { cat: '0.7', dog: '0.8' }],
    ],
  );
});

test('figures with a spread, and rows of means, are means over an unknown number of evaluations', async () => {
  const [spread, mean] = claimsOf(
    '| Fold | Accuracy | F1 |\n|---|---|---|\n| Fold 1 | 0.71 ± 0.02 | 0.7 |\n| Mean | 0.713 | 0.7 |',
    { n: 10 },
  );
  assert.deepEqual([spread!.aggregation, mean!.aggregation], [{ kind: 'unknown' }, { kind: 'unknown' }]);
  // Of one evaluation of 10 items .71 would be impossible.
  assert.equal(await verdict(spread!), 'not enough information');
});

test('other measures of systems are noted and not taken for the accuracy', () => {
  const text =
    '| Model | Top-5 Acc | Balanced accuracy | Params (M) | Accuracy | Val Acc |\n|---|---|---|---|---|---|\n| A | 0.9 | 0.8 | 25.6 | 0.7 | 0.6 |';
  const [{ claim, notes } = assert.fail()] = readTables(text);
  assert.equal(claim.accuracy, '0.7');
  assert.deepEqual([claim.means, claim.topK], [{ macro: { recall: '0.8' } }, { 5: '0.9' }]);
  assert.deepEqual(
    notes.map((note) => note.text),
    ['Params (M)', 'Val Acc'],
  );
});

test('honest overall figures are not impossible, of whatever kind the means are', async () => {
  for (let index = 0; index < 4; index++) {
    const random = randomStream(41, 'systems', index);
    const matrix = randomMatrix(random, 2 + random.integer(6), 20 + random.integer(2000));
    const printed = toClaim(
      honestClaim([matrix], { decimals: 2 + (index % 3), rounding: 'nearest', random }),
    );
    const { accuracy, n, means, perClass } = printed;
    const one = Object.fromEntries(
      (['precision', 'recall', 'f1'] as const).map((metric) => [metric, perClass![metric]!.c0!]),
    );
    const micro = { precision: accuracy!, recall: accuracy!, f1: accuracy! };
    for (const unspecified of [
      means!.macro!,
      means!.weighted!,
      micro,
      ...(matrix.length === 2 ? [one] : []),
    ]) {
      const claim = { title: 't', classes: [], accuracy: accuracy!, n: n!, means: { unspecified } };
      const report = await auditClaim(validateClaim(claim), { timeLimitSeconds: 0.05 });
      assert.notEqual(report.verdict, 'impossible', `claim ${index}: ${report.summary}`);
    }
  }
});
