import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimFromTable } from '../../src/audit/paste';

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

test('percentages are recognised, uncertainties are left out', () => {
  const claim = claimFromTable('| class | acc. |\n|---|---|\n| a | 71.3 ± 0.2 |\n| b | 80.0 |');
  assert.equal(claim.scale, 'percent');
  assert.deepEqual(claim.perClass, { accuracy: { a: '71.3', b: '80.0' } });
});

test('what is no table gets an error with a remedy', () => {
  assert.throws(() => claimFromTable('hello'), /can't read the table/);
  assert.throws(() => claimFromTable('| a | b |\n| 1 | 2 |\n| 3 | 4 |'), /no column title is known/);
  assert.throws(() => claimFromTable('class,recall\na,x\nb,0.5\n'), /perClass\.recall\.a: 'x' is no figure/);
});
