import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditClaim, claimFromTable, readTable } from '../../src/audit/audit';

const table = `
| Class | Precision | Recall | Images |
|---|---|---|---|
| a | 0.91 | 0.88 | 120 |
| b | 0.84 | 0.90 | 100 |
`;

test('rows that tell a spread are no classes, and are told', () => {
  const { claim, notes } = readTable(
    `${table}| Mean | 0.88 | 0.89 | |\n| Std | 0.05 | 0.01 | |\n| Min | 0.84 | 0.88 | |`,
  );
  assert.deepEqual(claim.classes, ['a', 'b']);
  assert.equal(notes.filter(({ reason }) => reason === 'no class, but a spread').length, 2);
});

test('a row of all images gives n', () => {
  for (const name of ['Total', 'Total images', 'Total samples']) {
    const { classes, n } = claimFromTable(`${table}| ${name} | | | 220 |`);
    assert.deepEqual({ classes, n }, { classes: ['a', 'b'], n: 220 });
  }
});

test('shares are of the side that adds up to 1 within rounding, not of one that nearly does', async () => {
  // Columns add up to 0.999, 1.000 and 1.000; rows to 0.981, 1.018 and 1.000.
  const text = `
| Predicted / Actual | a | b | c |
|---|---|---|---|
| a | 0.889 | 0.044 | 0.048 |
| b | 0.058 | 0.901 | 0.059 |
| c | 0.052 | 0.055 | 0.893 |`;
  const claim = claimFromTable(text);
  assert.equal(claim.confusion?.normalised, 'rows');
  assert.deepEqual(claim.confusion.rows.a, ['0.889', '0.058', '0.052']);
  assert.notEqual((await auditClaim(claim, { timeLimitSeconds: 1 })).verdict, 'impossible');
});

test('intervals in brackets make no array of a Markdown table', () => {
  const { perClass } = claimFromTable(`
| Class | Sensitivity (95% CI) | PPV (95% CI) |
|---|---|---|
| a | 0.88 (0.80-0.93) | 0.91 [0.84, 0.95] |
| b | 0.90 (0.82-0.95) | 0.84 [0.75, 0.91] |`);
  assert.deepEqual(perClass, { recall: { a: '0.88', b: '0.90' }, precision: { a: '0.91', b: '0.84' } });
});

test('the title of the names may stand in the row above the measures', () => {
  const { classes } = claimFromTable(String.raw`\begin{tabular}{lcc}
\multirow{2}{*}{Class} & \multicolumn{2}{c}{Proposed model} \\
 & Precision (\%) & Recall (\%) \\ \hline
Opacity & 91.0 & 88.0 \\
Pneumonia & 84.0 & 90.0 \\
\end{tabular}`);
  assert.deepEqual(classes, ['Opacity', 'Pneumonia']);
});

test('classes that a class is confused with are no classes of the report', () => {
  const entry = (other: string) => ({
    precision: 0.9,
    recall: 0.9,
    'f1-score': 0.9,
    support: 20,
    confused_with: { [other]: 2 },
  });
  const text = JSON.stringify({ greet: entry('bye'), bye: entry('greet'), accuracy: 0.9 }, null, 2);
  const { classes, supports, accuracy } = claimFromTable(text);
  assert.deepEqual(
    { classes, supports, accuracy },
    { classes: ['greet', 'bye'], supports: { greet: 20, bye: 20 }, accuracy: '0.9' },
  );
});
