import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { claimFromTable, readTable } from '../../src/audit/audit';

interface Printed {
  kind: string;
  classes: string[];
  matrix: number[][];
  text: string;
}

const { tables } = JSON.parse(readFileSync(path.join(__dirname, 'dialects.json'), 'utf8')) as {
  tables: Printed[];
};

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const toNumber = (text: string) => Number.parseFloat(text) / (text.includes('%') ? 100 : 1);

/** The figures and counts of one class that the matrix behind the text does not give. */
function wrongOfClass(claim: Claim, { matrix }: Printed, i: number): string[] {
  const name = claim.classes[i]!;
  const items = sum(matrix[i]!);
  const predictions = sum(matrix.map((row) => row[i]!));
  const right = matrix[i]![i]!;
  const values = {
    recall: right / items,
    precision: right / predictions,
    f1: (2 * right) / (items + predictions),
  };
  const figures = Object.entries(values).filter(([metric, value]) => {
    const text = claim.perClass?.[metric as 'f1']?.[name];
    return text !== undefined && Math.abs(toNumber(text) - value) > 0.0051;
  });
  const cells = (claim.confusion?.rows[name] ?? []).filter((cell, j) => {
    const isCount = typeof cell === 'number';
    const count = isCount ? cell : toNumber(cell ?? '') * items;
    return Math.abs(count - matrix[i]![j]!) > (isCount ? 0 : 0.006 * items);
  });
  const support = claim.supports && claim.supports[name] !== items ? ['support'] : [];
  return [...figures.map(([metric]) => metric), ...cells.map(String), ...support].map(
    (what) => `${what} of ${name}`,
  );
}

/** Whatever a claim says that the matrix behind the text does not. */
function wrongFigures(claim: Claim, printed: Printed): string[] {
  const { classes, matrix } = printed;
  const unnamed = claim.classes.every((name, i) => name === String(i + 1));
  if (!unnamed && claim.classes.join() !== classes.join()) return [`classes ${claim.classes}`];
  const wrong = classes.flatMap((_, i) => wrongOfClass(claim, printed, i));
  return claim.n === undefined || claim.n === sum(matrix.flat()) ? wrong : [...wrong, `n ${claim.n}`];
}

for (const printed of tables) {
  test(`what is printed as ${printed.kind} of ${printed.classes.length} classes is read`, () => {
    const claim = claimFromTable(printed.text);
    assert.deepEqual(wrongFigures(claim, printed), []);
    assert.ok(claim.confusion || Object.keys(claim.perClass ?? {}).length > 0);
  });
}

test('rows that are systems, folds, epochs or data sets are no classes', () => {
  const head = '| Model | Accuracy | F1 |\n|---|---|---|\n';
  assert.throws(
    () => claimFromTable(`${head}| ResNet | 0.7 | 0.6 |\n| Ours | 0.8 | 0.7 |`),
    /several systems.*ResNet/,
  );
  const folds = head.replace('Model', '');
  assert.throws(
    () => claimFromTable(`${folds}| Fold 1 | 0.7 | 0.6 |\n| Fold 2 | 0.8 | 0.7 |`),
    /several systems/,
  );
  const log =
    'Epoch 1/2\naccuracy: 0.69 - loss: 0.92 - val_accuracy: 0.64\nEpoch 2/2\naccuracy: 0.7 - loss: 0.9';
  assert.throws(() => claimFromTable(log), /training log/);
  const unsure = '| | Precision | Recall |\n|---|---|---|\n| Foo | 0.7 | 0.6 |\n| Bar | 0.8 | 0.7 |';
  assert.throws(() => claimFromTable(unsure), /may be classes or systems/);
});

test('what is not used is noted with its line and the reason', () => {
  const text =
    '| Class | Recall | AUC | Minutes |\n|---|---|---|---|\n| a | 0.5 | 0.7 | 12 |\n| b | 0.6 | 0.8 | 13 |';
  const { notes } = readTable(`${text}\n\nDevice: 3 cards`);
  assert.deepEqual(
    notes.map(({ line, text: unused, reason }) => [line, unused, reason]),
    [
      [1, 'AUC', 'not audited'],
      [1, 'Minutes', 'the title is not known'],
      [6, 'Device: 3 cards', 'a line beside the tables'],
    ],
  );
});

test('a matrix column called N is the class Neutral, and totals are supports', () => {
  const text =
    '| | A | N | Total |\n|---|---|---|---|\n| Angry (A) | 5 | 1 | 6 |\n| Neutral (N) | 2 | 7 | 9 |\n| Total | 7 | 8 | 15 |';
  const claim = claimFromTable(text);
  assert.deepEqual(claim.confusion, {
    normalised: 'counts',
    rows: { 'Angry (A)': [5, 1], 'Neutral (N)': [2, 7] },
  });
  assert.deepEqual(claim.supports, { 'Angry (A)': 6, 'Neutral (N)': 9 });
  assert.equal(claim.n, 15);
});

test('counts are whole numbers in decimal digits', () => {
  for (const bad of ['1e2', '0x64', '12.5', '-3']) {
    const text = `class,recall,support\na,0.5,${bad}\nb,0.6,10\n`;
    assert.throws(() => claimFromTable(text), /line 2: .* is not a number of items/);
  }
});

test('texts that are made to be slow end at once', () => {
  const texts = [
    `${'\\textbf{'.repeat(60_000).slice(0, 19_000)}&1\\\\`,
    ...Array.from({ length: 1 }, () => Array(40).fill('\\textbf{'.repeat(2_000)).join('\n')).map(
      (text) => `a & b \\\\\n${text}`,
    ),
    `| class | recall |\n|---|---|\n| ${'('.repeat(19_000)} | 0.5 |`,
    `class,recall\n${'<'.repeat(19_000)},0.5`,
    `${'['.repeat(19_000)}1 2`,
    `<table>${'<tr><td>'.repeat(2_000)}`,
  ];
  for (const text of texts) {
    const start = performance.now();
    try {
      claimFromTable(text);
    } catch (error) {
      assert.match((error as Error).name, /FerlabError/);
    }
    assert.ok(performance.now() - start < 2000, `${text.slice(0, 20)}: ${performance.now() - start} ms`);
  }
});

test('a class may be named __proto__ or constructor', () => {
  const text = 'class,recall,support\n__proto__,0.5,10\nconstructor,0.6,10\n';
  const claim = claimFromTable(text);
  assert.deepEqual(claim.classes, ['__proto__', 'constructor']);
});
