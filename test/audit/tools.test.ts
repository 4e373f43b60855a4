import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { claimFromTable, readTable, readTables } from '../../src/audit/audit';

// One matrix, as the tools print it: rows are the true classes.
const NAMES = ['angry', 'happy', 'sad'];
const MATRIX = [
  [45, 3, 2],
  [4, 80, 6],
  [5, 7, 48],
];

function countsOf({ classes, confusion }: Claim) {
  assert.equal(confusion?.normalised, 'counts');
  return { classes, rows: classes.map((name) => confusion!.rows[name]) };
}

const FORMS: Readonly<Record<string, string>> = {
  'H2O in R': `Confusion Matrix: Row labels: Actual class; Column labels: Predicted class
       angry happy sad  Error        Rate
angry     45     3   2 0.1000 =    5 / 50
happy      4    80   6 0.1111 =   10 / 90
sad        5     7  48 0.2000 =   12 / 60
Totals    54    90  56 0.1350 =  27 / 200`,
  'H2O in Python, without names of the rows': `Confusion Matrix: Row labels: Actual class; Column labels: Predicted class
angry    happy    sad    Error     Rate
-------  -------  -----  --------  --------
45       3        2      0.1       5 / 50
4        80       6      0.111111  10 / 90
5        7        48     0.2       12 / 60
54       90       56     0.135     27 / 200`,
  'SPSS, percent correct': `Classification
                    Predicted
Observed            angry  happy  sad    Percent Correct
angry               45     3      2      90.0%
happy               4      80     6      88.9%
sad                 5      7      48     80.0%
Overall Percentage  27.0%  45.0%  28.0%  86.5%`,
  'SPSS, crosstabulation': `actual * predicted Crosstabulation
Count
                 predicted
                 angry  happy  sad  Total
actual  angry    45     3      2    50
        happy    4      80     6    90
        sad      5      7      48   60
Total            54     90     56   200`,
  'SPSS, crosstabulation copied with tabs':
    'actual * predicted Crosstabulation\nCount\n\t\tpredicted\t\t\tTotal\n\t\tangry\thappy\tsad\t\n' +
    'actual\tangry\t45\t3\t2\t50\n\thappy\t4\t80\t6\t90\n\tsad\t5\t7\t48\t60\nTotal\t\t54\t90\t56\t200',
  'RapidMiner, columns are the true classes':
    'PerformanceVector:\naccuracy: 86.50%\nConfusionMatrix:\nTrue:\tangry\thappy\tsad\n' +
    'angry:\t45\t4\t5\nhappy:\t3\t80\t7\nsad:\t2\t6\t48',
  'RapidMiner, with class precision and recall':
    'accuracy: 86.50%\n\ttrue angry\ttrue happy\ttrue sad\tclass precision\npred. angry\t45\t4\t5\t83.33%\n' +
    'pred. happy\t3\t80\t7\t88.89%\npred. sad\t2\t6\t48\t85.71%\nclass recall\t90.00%\t88.89%\t80.00%\t',
  Orange:
    '\t\tPredicted\t\t\t\n\t\tangry\thappy\tsad\t∑\nActual\tangry\t45\t3\t2\t50\n\thappy\t4\t80\t6\t90\n' +
    '\tsad\t5\t7\t48\t60\n\t∑\t54\t90\t56\t200',
  mlr3: `            truth
response     angry happy sad
  angry         45     4   5
  happy          3    80   7
  sad            2     6  48`,
  mlr: `        predicted
true     angry happy sad -err.-
  angry     45     3   2      5
  happy      4    80   6     10
  sad        5     7  48     12
  -err.-     9    10   8     27`,
  randomForest: `        OOB estimate of  error rate: 13.5%
Confusion matrix:
      angry happy sad class.error
angry    45     3   2   0.1000000
happy     4    80   6   0.1111111
sad       5     7  48   0.2000000`,
  Stata: `           |            predicted
    actual |     angry      happy        sad |     Total
-----------+---------------------------------+----------
     angry |        45          3          2 |        50
     happy |         4         80          6 |        90
       sad |         5          7         48 |        60
-----------+---------------------------------+----------
     Total |        54         90         56 |       200`,
  'PyCM, a blank line between rows': `Predict     angry       happy       sad
Actual
angry       45          3           2

happy       4           80          6

sad         5           7           48`,
};

for (const [tool, text] of Object.entries(FORMS)) {
  test(`a matrix is read as printed: ${tool}`, () => {
    assert.deepEqual(countsOf(claimFromTable(text)), { classes: NAMES, rows: MATRIX });
  });
}

test('what stands beside a matrix is read with it', () => {
  const h2o = claimFromTable(FORMS['H2O in R']!);
  assert.deepEqual(h2o.rates, { fnr: { angry: '0.1000', happy: '0.1111', sad: '0.2000' } });
  assert.equal(h2o.errorRate, '0.1350');
  const spss = claimFromTable(FORMS['SPSS, percent correct']!);
  assert.deepEqual(spss.perClass, { recall: { angry: '90.0%', happy: '88.9%', sad: '80.0%' } });
  assert.equal(spss.accuracy, '86.5%');
  const miner = claimFromTable(FORMS['RapidMiner, with class precision and recall']!);
  assert.deepEqual(miner.perClass, {
    recall: { angry: '90.00%', happy: '88.89%', sad: '80.00%' },
    precision: { angry: '83.33%', happy: '88.89%', sad: '85.71%' },
  });
  assert.equal(claimFromTable(FORMS.randomForest!).errorRate, '13.5%');
  assert.deepEqual(claimFromTable(FORMS.Stata!).supports, { angry: 50, happy: 90, sad: 60 });
});

test('two classes of H2O and of Stata are read', () => {
  const h2o = `Confusion Matrix (Act/Pred) for max f1 @ threshold = 0.35714
       0     1    Error    Rate
-----  ----  ---  -------  -------------
0      214   53   0.1985   (53.0/267.0)
1      36    77   0.3186   (36.0/113.0)
Total  250   130  0.2342   (89.0/380.0)`;
  assert.deepEqual(claimFromTable(h2o).confusion?.rows, { '0': [214, 53], '1': [36, 77] });
  const stata = `              -------- True --------
Classified |         D            ~D  |      Total
-----------+--------------------------+-----------
     +     |        16             4  |         20
     -     |         6            48  |         54
-----------+--------------------------+-----------
   Total   |        22            52  |         74`;
  assert.deepEqual(claimFromTable(stata).confusion?.rows, { D: [16, 6], 'not D': [4, 48] });
});

test('matrices without names are numbered: MATLAB and Spark', () => {
  const rows = { '1': [45, 3, 2], '2': [4, 80, 6], '3': [5, 7, 48] };
  const matlab = 'C = 3×3\n\n    45     3     2\n     4    80     6\n     5     7    48\n';
  assert.deepEqual(claimFromTable(matlab).confusion?.rows, rows);
  assert.deepEqual(
    claimFromTable('45.0  3.0   2.0\n4.0   80.0  6.0\n5.0   7.0   48.0').confusion?.rows,
    rows,
  );
});

test('a frame of polars is read, and the types below its titles are none of its rows', () => {
  const text = `shape: (2, 3)
┌───────┬───────────┬────────┐
│ class ┆ precision ┆ recall │
│ ---   ┆ ---       ┆ ---    │
│ str   ┆ f64       ┆ f64    │
╞═══════╪═══════════╪════════╡
│ cat   ┆ 0.91      ┆ 0.88   │
│ dog   ┆ 0.89      ┆ 0.92   │
└───────┴───────────┴────────┘`;
  const { classes, perClass } = claimFromTable(text);
  assert.deepEqual(classes, ['cat', 'dog']);
  assert.deepEqual(perClass, {
    precision: { cat: '0.91', dog: '0.89' },
    recall: { cat: '0.88', dog: '0.92' },
  });
});

test('a row of spreads below folds is no claim, and is told', () => {
  const folds = `        Accuracy  Recall  Prec.      F1
Fold
0         0.8148  0.6842  0.7647  0.7222
1         0.7778  0.5789  0.7333  0.6471
Mean      0.7963  0.6316  0.7490  0.6847
Std       0.0185  0.0527  0.0157  0.0376`;
  const tables = readTables(folds);
  assert.deepEqual(
    tables.map(({ claim }) => claim.title),
    ['0', '1', 'Mean'],
  );
  assert.ok(tables[0]!.notes.some(({ text, reason }) => text === 'Std' && reason === 'a spread'));
});

test('a line says which side of a matrix is predicted', () => {
  const rows = NAMES.map((name, j) => `| ${name} | ${MATRIX.map((row) => row[j]).join(' | ')} |`).join('\n');
  const table = `| | ${NAMES.join(' | ')} |\n|---|---|---|---|\n${rows}`;
  for (const line of [
    'Rows are predicted, columns are true labels.',
    'Columns: actual classes',
    '(row = prediction)',
  ])
    assert.deepEqual(countsOf(claimFromTable(`${line}\n\n${table}`)).rows, MATRIX, line);
  for (const line of ['Rows: actual, columns: predicted', 'rows = true, cols = predicted labels'])
    assert.notDeepEqual(countsOf(claimFromTable(`${line}\n\n${table}`)).rows, MATRIX, line);
});

test('the whole test set of the tutorial of PyTorch is no class, and its cut figure is told', () => {
  const lines = NAMES.map((name, i) => `Accuracy for class: ${name.padEnd(5)} is ${80 + i}.4 %`).join('\n');
  const { claim, notes } = readTable(`Accuracy of the network on the 10000 test images: 81 %\n${lines}`);
  assert.deepEqual(claim.classes, NAMES);
  assert.equal(claim.accuracy, undefined);
  assert.ok(notes.some(({ reason }) => /cuts its decimals off/.test(reason)));
});

test('the classes of one model, named in a column of its own, are one claim', () => {
  const table = String.raw`\begin{tabular}{llrr}
Model & Class & Precision & Recall \\ \hline
\multirow{2}{*}{Ours} & cat & 0.92 & 0.88 \\
& dog & 0.96 & 0.97 \\
\end{tabular}`;
  const tables = readTables(table);
  assert.equal(tables.length, 1);
  assert.deepEqual(tables[0]!.claim.classes, ['cat', 'dog']);
  assert.deepEqual(tables[0]!.claim.perClass!.recall, { cat: '0.88', dog: '0.97' });
});

test('marks of a log before every line are taken off', () => {
  const report = `[INFO]               precision    recall  f1-score   support
[INFO]
[INFO]          cat       0.91      0.88      0.89        50
[INFO]          dog       0.88      0.91      0.90        50`;
  assert.deepEqual(claimFromTable(report).supports, { cat: 50, dog: 50 });
});
