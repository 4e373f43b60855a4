import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimFromTable } from '../../src/audit/audit';

const expected = {
  classes: ['Happy', 'Sad'],
  n: 11065,
  supports: { Happy: 6215, Sad: 4850 },
  perClass: { precision: { Happy: '0.87', Sad: '0.70' }, recall: { Happy: '0.85', Sad: '0.71' } },
  means: { macro: { precision: '0.79', recall: '0.78' } },
};

const markdown = `
| Emotion | Precision | Recall | Samples |
|---|:-:|---|---|
| **Happy** | 0.87 | 0.85 | 6,215 |
| Sad | 0.70 | 0.71 | 4,850 |
| Macro avg | 0.79 | 0.78 | 11,065 |`;

const latex = String.raw`
\begin{tabular}{lrrr}
\toprule
Class & Precision & Recall & Support \\
\midrule
Happy & \textbf{0.87} & 0.85 & 6215 \\ \hline
Sad & 0.70 & 0.71 & 4850 \\
\midrule
macro avg & $0.79$ & 0.78 & 11065 \\
\bottomrule
\end{tabular}`;

const csv =
  'class,precision,recall,support\r\nHappy,0.87,0.85,"6,215"\r\nSad,0.70,0.71,4850\r\nmacro avg,0.79,0.78,11065\r\n';

const report = `
              precision    recall  f1-score   support

       Happy       0.87      0.85      0.86      6215
         Sad       0.70      0.71      0.71      4850

    accuracy                           0.79     11065
   macro avg       0.79      0.78      0.78     11065
weighted avg       0.80      0.79      0.79     11065
`;

test('one table, pasted as Markdown, LaTeX and CSV, gives one claim, decimals kept', () => {
  for (const text of [markdown, latex, csv, csv.replaceAll(',', '\t').replace('"6\t215"', '6215')]) {
    const { title: _, ...claim } = claimFromTable(text);
    assert.deepEqual(claim, expected);
  }
});

test('the classification report of scikit-learn is read with its accuracy', () => {
  const claim = claimFromTable(report, { title: 'report', rounding: 'nearest' });
  assert.equal(claim.title, 'report');
  assert.equal(claim.accuracy, '0.79');
  assert.deepEqual(claim.perClass!.f1, { Happy: '0.86', Sad: '0.71' });
  assert.deepEqual(claim.means!.weighted, { precision: '0.80', recall: '0.79', f1: '0.79' });
});

const messyLatex = String.raw`
\begin{table}[ht]
\centering
\caption{Results \& counts}
\begin{tabular}{l|ccc|r@{}}
\hline
 & \multicolumn{3}{c|}{Test set} & \\ \cline{2-4}
\textbf{Emotion} & \textbf{Precision (\%)} & \textbf{Recall (\%)} & \textbf{F$_1$} & \# images \\ \hline\hline
Happy & \textbf{87.1} & 85.0 & 86.0 & 6{,}215 \\
Sad & 70.2 & \multicolumn{1}{c}{\textbf{71.3}} & 70.7$^\dagger$ & 4\,850 \\ \hline % a comment & more
\textbf{Macro average} & 78.7 & 78.2 & 78.4 & 11065 \\
\multicolumn{4}{l}{Accuracy: 79.0} & \\
\end{tabular}
\end{table}`;

const inPercent = {
  classes: ['Happy', 'Sad'],
  supports: { Happy: 6215, Sad: 4850 },
  accuracy: '79.0%',
  perClass: {
    precision: { Happy: '87.1%', Sad: '70.2%' },
    recall: { Happy: '85.0%', Sad: '71.3%' },
    f1: { Happy: '86.0%', Sad: '70.7%' },
  },
};

test('LaTeX with spanning cells, bold figures, rules, footnote marks and a comment is read', () => {
  const { title: _, ...claim } = claimFromTable(messyLatex);
  const means = { macro: { precision: '78.7%', recall: '78.2%', f1: '78.4%' } };
  assert.deepEqual(claim, { ...inPercent, n: 11065, means });
});

test('Markdown with bold figures and percent signs is read, with bars around it or not', () => {
  const around = `
| Class | Prec. | Recall | F1-score | Support |
|:--|--:|--:|--:|--:|
| **Happy** | **87.1%**<sup>1</sup> | 85.0% | __86.0%__ | 6 215 |
| Sad | 70.2% | <b>71.3%</b> | 70.7% | 4,850 |
| _Accuracy_ | | | **79.0%** | |`;
  const between = around.replace(/^\| | \|$/gm, '');
  for (const text of [around, between]) {
    const { title: _, ...claim } = claimFromTable(text);
    assert.deepEqual(claim, inPercent);
  }
});

test('semicolons with decimal commas are read; commas for both are refused', () => {
  const text =
    'class;precision;recall;support\nHappy;0,87;0,85;6.215\nSad;0,70;0,71;4850\nmacro avg;0,79;0,78;11065\n';
  const { title: _, ...claim } = claimFromTable(text);
  assert.deepEqual(claim, expected);
  assert.throws(
    () => claimFromTable('class,precision,recall\na,0,87,0,85\nb,0,70,0,71\n'),
    /the row of 'a' has 5 cells for 3 titles/,
  );
});

test('the report of scikit-learn is read when its blanks were lost, with names of several words, and old ones', () => {
  const lost = report.replaceAll('Happy', 'Very happy, 7').replace(/ +/g, ' ');
  const claim = claimFromTable(lost);
  assert.deepEqual(claim.classes, ['Very happy, 7', 'Sad']);
  assert.deepEqual(claim.supports, { 'Very happy, 7': 6215, Sad: 4850 });
  assert.equal(claim.accuracy, '0.79');
  const old = claimFromTable(
    report.replace('weighted avg', 'avg / total ').replace(/^.*(accuracy|macro).*$/gm, ''),
  );
  assert.deepEqual(old.means, { weighted: { precision: '0.80', recall: '0.79', f1: '0.79' } });
});

test('a table that names measures in its first column is turned; missing figures stay missing', () => {
  const turned = claimFromTable(
    '| | Happy | Sad |\n|---|---|---|\n| Recall | 0.87 | n/a |\n| F1 | 0.80 | - |',
  );
  assert.deepEqual(turned.classes, ['Happy', 'Sad']);
  assert.deepEqual(turned.perClass, { recall: { Happy: '0.87' }, f1: { Happy: '0.80' } });
});

test('percentages are recognised column by column', () => {
  const claim = claimFromTable(
    '| class | acc. | F1 |\n|---|---|---|\n| a | 71.3 | 0.71 |\n| b | 80.0 | 0.82 |',
  );
  assert.deepEqual(claim.perClass, { accuracy: { a: '71.3%', b: '80.0%' }, f1: { a: '0.71', b: '0.82' } });
});

test('uncertainties are left out, once it is said what the figures are means of', () => {
  const text =
    '| class | acc. |\n|---|---|\n| a | 71.3 ± 0.2 |\n| b | $80.0_{\\pm 0.1}$ |\n| c | 80.1 +/- 0.1% |\n| d | 7 (0.3) |';
  assert.throws(
    () => claimFromTable(text),
    /line 3: it is not clear over what the figures with a plus-minus sign .* are means/,
  );
  const claim = claimFromTable(text, { aggregation: { kind: 'runs', count: 3 } });
  assert.deepEqual(claim.perClass, { accuracy: { a: '71.3%', b: '80.0%', c: '80.1%', d: '7%' } });
  assert.deepEqual(claim.aggregation, { kind: 'runs', count: 3 });
});

test('what is no table gets an error with a remedy', () => {
  assert.throws(() => claimFromTable('hello'), /can't read the table/);
  assert.throws(() => claimFromTable(''), /can't read the table/);
  assert.throws(
    () => claimFromTable('| a | b |\n| 1 | 2 |\n| 3 | 4 |'),
    /line 1: none of the titles is a measure/,
  );
  assert.throws(() => claimFromTable('class,recall\na,x\nb,0.5\n'), /line 2: 'x' is not a figure/);
  assert.throws(
    () => claimFromTable('class,recall,recall\na,.4,.5\nb,.5,.5\n'),
    /line 1: two columns are recall/,
  );
  assert.throws(() => claimFromTable('class,recall\na,.4\na,.5\n'), /line 3: the class 'a' occurs twice/);
  assert.throws(
    () => claimFromTable('class,recall,n\na,.4,3.5\nb,.5,4\n'),
    /line 2: '3\.5' is not a number of items/,
  );
  assert.throws(() => claimFromTable('class,constructor\na,.4\nb,.5\n'), /none of the titles is a measure/);
});
