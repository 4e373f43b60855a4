import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimFromTable, readTable, readTables } from '../../src/audit/audit';

/** Beats of an electrocardiogram: a class is called N, a word for the number of items too. */
const rows = { N: [261, 31, 18], S: [76, 822, 97], V: [86, 79, 651] };
const body = Object.entries(rows).map(([name, cells]) => [name, ...cells]);
const confusion = { normalised: 'counts', rows };

test('a class whose name is a word for totals is a class where both sides of a matrix name it', () => {
  const csv = [',N,S,V', ...body.map((cells) => cells.join(','))].join('\n');
  const { title: _, ...claim } = claimFromTable(csv);
  assert.deepEqual(claim, { classes: ['N', 'S', 'V'], confusion });
  const shares = 'True,ALL,AML\nALL,0.91,0.09\nAML,0.2,0.8';
  assert.deepEqual(claimFromTable(shares).classes, ['ALL', 'AML']);
});

test('margins of that name that are sums are totals', () => {
  const margins =
    'Predicted  S   V   All\nActual\nS        822  97   919\nV         79 651   730\nAll      901 748  1649';
  const { classes, supports, n } = claimFromTable(margins);
  assert.deepEqual({ classes, supports, n }, { classes: ['S', 'V'], supports: { S: 919, V: 730 }, n: 1649 });
});

test('cells of HTML that span rows keep the columns below in place', () => {
  const cell = (tag: string) => (value: unknown) => `<${tag}>${value}</${tag}>`;
  const titles = Object.keys(rows).map(cell('th')).join('');
  const html = `<table><tr><th rowspan="2">Actual</th><th colspan="3">Predicted</th></tr><tr>${titles}</tr>
    ${body.map(([name, ...cells]) => `<tr>${cell('th')(name)}${cells.map(cell('td')).join('')}</tr>`).join('')}</table>`;
  assert.deepEqual(claimFromTable(html).confusion, confusion);
  const side = body.map(
    ([name, ...cells], i) =>
      `<tr>${i === 0 ? '<th rowspan=3>Predicted</th>' : ''}${[name, ...cells].map(cell('td')).join('')}</tr>`,
  );
  const turned = claimFromTable(`<table><tr><th></th><th></th>${titles}</tr>${side.join('')}</table>`);
  assert.deepEqual(turned.confusion?.rows.N, [261, 76, 86]);
});

test('a LaTeX matrix whose side is named in a column of its own is read', () => {
  const line = (cells: readonly unknown[], i: number) =>
    `${i === 0 ? String.raw`\multirow{3}{*}{\rotatebox{90}{Actual}}` : ''} & ${cells.join(' & ')} \\\\`;
  const text = String.raw`\begin{tabular}{ll|rrr}
 & & \multicolumn{3}{c}{Predicted} \\
 & & N & S & V \\ \hline
${body.map(line).join('\n')}
\end{tabular}`;
  assert.deepEqual(claimFromTable(text).confusion, confusion);
});

test('counts with their shares, and measures at the margins of a matrix, are read', () => {
  const text = `
| True \\ Predicted | N | S | V | Recall (%) |
|---|---|---|---|---|
| N | 261 (84.2%) | 31 (10.0%) | 18 (5.8%) | 84.2 |
| S | 76 (7.6%) | 822 (82.6%) | 97 (9.7%) | 82.6 |
| V | 86 (10.5%) | 79 (9.7%) | 651 (79.8%) | 79.8 |
| Precision | 61.7% | 88.2% | 85.0% | |`;
  const { claim, notes } = readTable(text);
  assert.deepEqual(claim.confusion, confusion);
  assert.deepEqual(
    notes.map(({ reason }) => reason),
    ['of each cell the count alone is used'],
  );
  assert.deepEqual(claim.perClass, {
    recall: { N: '84.2%', S: '82.6%', V: '79.8%' },
    precision: { N: '61.7%', S: '88.2%', V: '85.0%' },
  });
});

const figures = [
  ['no tumor', '0.91', '0.88', '105'],
  ['glioma', '0.85', '0.80', '100'],
  ['pituitary', '0.79', '0.86', '95'],
];
const markdown = (lines: readonly (readonly string[])[]) =>
  [lines[0]!, lines[0]!.map(() => '---'), ...lines.slice(1)].map((cells) => `| ${cells.join(' | ')} |`);

test('numbers of the rows are not the names of the classes', () => {
  for (const title of ['No.', '#', '', 'ID']) {
    const lines = [
      [title, 'Class', 'Precision', 'Recall', 'Support'],
      ...figures.map((cells, i) => [String(i + 1), ...cells]),
      ['macro avg', '', '0.85', '0.85', '300'],
    ];
    const { classes, means } = claimFromTable(markdown(lines).join('\n'));
    assert.deepEqual(classes, ['no tumor', 'glioma', 'pituitary'], title);
    assert.deepEqual(means, { macro: { precision: '0.85', recall: '0.85' } });
  }
  const frame = `        Class  Precision  Recall  Support
0    no tumor       0.91    0.88      105
1      glioma       0.85    0.80      100
2   pituitary       0.79    0.86       95`;
  assert.deepEqual(claimFromTable(frame).classes, ['no tumor', 'glioma', 'pituitary']);
});

test('rows that numbers name below an unknown title are no classes', () => {
  for (const title of ['k', 'Threshold', 'Units', 'Depth']) {
    const lines = [[title, 'Precision', 'Recall'], ...['1', '3', '5'].map((k) => [k, '0.7', '0.6'])];
    assert.throws(() => claimFromTable(markdown(lines).join('\n')), /systems/, title);
  }
});

test('titles between two bars are titles of one column each', () => {
  const text = '||Class||Precision||Recall||\n|a|0.91|0.88|\n|b|0.85|0.80|';
  assert.deepEqual(claimFromTable(text).perClass, {
    precision: { a: '0.91', b: '0.85' },
    recall: { a: '0.88', b: '0.80' },
  });
});

test('a word for the accuracy that may mean the precision is asked about, or told by its brackets', () => {
  const table = (title: string) => `Klasse;${title};Trefferquote\na;0,91;0,88\nb;0,85;0,80`;
  assert.throws(
    () => claimFromTable(table('Genauigkeit')),
    /'Genauigkeit' may be the accuracy or the precision/,
  );
  const { perClass } = claimFromTable(table('Genauigkeit (Precision)'));
  assert.deepEqual(Object.keys(perClass!), ['precision', 'recall']);
});

test('counts of other parts of the data beside the names are no reason to refuse', () => {
  const lines = [
    ['Class', 'Training images', 'Test images', 'Recall'],
    ['a', '700', '50', '0.88'],
    ['b', '800', '60', '0.80'],
  ];
  assert.deepEqual(claimFromTable(markdown(lines).join('\n')).supports, { a: 50, b: 60 });
});

test('the items of a class are read where its recall stands beside its fraction', () => {
  for (const cells of [
    ['90.0% (45/50)', '80.0% (48/60)'],
    ['45/50 (90.0%)', '48/60 (80.0%)'],
  ]) {
    const lines = [['Class', 'Sensitivity'], ...cells.map((cell, i) => ['ab'[i]!, cell])];
    const { claim, notes } = readTable(markdown(lines).join('\n'));
    const { supports, perClass } = claim;
    assert.deepEqual(notes, []);
    assert.deepEqual(supports, { a: 50, b: 60 });
    assert.deepEqual(perClass, { recall: { a: '90.0%', b: '80.0%' } });
  }
});

test('copies with a line for each cell are read row by row and column by column', () => {
  const titles = ['Tumour type', 'Precision', 'Recall', 'Support'];
  const across = [titles, ...figures];
  const down = titles.map((_, j) => across.map((cells) => cells[j]!));
  const expected = claimFromTable(markdown(across).join('\n'));
  for (const cells of [across, down]) {
    assert.deepEqual(claimFromTable(`Table 3. Results\n${cells.flat().join('\n')}\nThe end.`), expected);
  }
  const systems = [
    ['Method', 'Accuracy', 'F1'],
    ['SVM', '71.2', '70.1'],
    ['Ours', '80.2', '79.9'],
  ];
  assert.equal(readTables(systems.flat().join('\n')).length, 2);
});

test('parts of the data with a number of items each are no classes', () => {
  const titles = (first: string) => [first, 'n', 'Accuracy (%)', 'Sensitivity (%)', 'Specificity (%)'];
  const parts = {
    '': ['Training set', 'Validation set'],
    Cohort: ['A', 'B'],
    'Age group': ['18-40', '41-60'],
    Sex: ['Men', 'Women'],
    Reader: ['Reader 1', 'AI'],
  };
  for (const [title, names] of Object.entries(parts)) {
    const lines = [titles(title), ...names.map((name, i) => [name, '120', `8${i}.0`, `7${i}.0`, `9${i}.0`])];
    assert.throws(() => claimFromTable(markdown(lines).join('\n')), /systems/, title);
  }
});

test('items are told by the correct answers beside them', () => {
  const lines = [
    ['Activity', 'Correct', 'Total', 'Accuracy (%)'],
    ['Walking', '45', '50', '90.0'],
    ['Sitting', '48', '60', '80.0'],
  ];
  assert.deepEqual(claimFromTable(markdown(lines).join('\n')).supports, { Walking: 50, Sitting: 60 });
});

test('a matrix whose cells say which they are, and one in a dictionary, are read', () => {
  const matrix = { Positive: [157, 9], Negative: [14, 120] };
  const lines = [
    ['', 'Predicted Positive', 'Predicted Negative'],
    ['Actual Positive', 'TP = 157', 'FN: 9'],
    ['Actual Negative', '14 (FP)', '(TN) 120'],
  ];
  assert.deepEqual(claimFromTable(markdown(lines).join('\n')).confusion?.rows, matrix);
  const claim = claimFromTable("{'confusion_matrix': [[157, 9], [14, 120]], 'accuracy': 0.9233}");
  assert.deepEqual(claim.confusion?.rows, { 1: [157, 9], 2: [14, 120] });
  assert.equal(claim.accuracy, '0.9233');
});

test('a line for each class is read', () => {
  const [one, two] = [
    'Accuracy of plane : 55 %\nAccuracy of   car : 66 %',
    'Accuracy for class: plane is 55.1 %\nAccuracy for class: car   is 66.2 %',
  ].map((text) => claimFromTable(text).perClass);
  assert.deepEqual(one, { accuracy: { plane: '55%', car: '66%' } });
  assert.deepEqual(two, { accuracy: { plane: '55.1%', car: '66.2%' } });
  const both = claimFromTable('- Sad: precision=0.71, recall=0.70\n- Happy: precision=0.91, recall=0.80');
  assert.deepEqual(both.perClass, {
    precision: { Sad: '0.71', Happy: '0.91' },
    recall: { Sad: '0.70', Happy: '0.80' },
  });
});

test('the report of imbalanced-learn is read', () => {
  // As classification_report_imbalanced of imbalanced-learn 0.14.2 prints it.
  const text = `                   pre       rec       spe        f1       geo       iba       sup

   Negative       0.50      1.00      0.75      0.67      0.87      0.77         1
    Neutral       0.00      0.00      0.75      0.00      0.00      0.00         1
   Positive       1.00      0.67      1.00      0.80      0.82      0.64         3

avg / total       0.70      0.60      0.90      0.61      0.66      0.54         5`;
  const { classes, perClass, supports, rates } = claimFromTable(text);
  assert.deepEqual(classes, ['Negative', 'Neutral', 'Positive']);
  assert.deepEqual(perClass?.precision, { Negative: '0.50', Neutral: '0.00', Positive: '1.00' });
  assert.deepEqual(rates?.specificity, { Negative: '0.75', Neutral: '0.75', Positive: '1.00' });
  assert.deepEqual(supports, { Negative: 1, Neutral: 1, Positive: 3 });
});
