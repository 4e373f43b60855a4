import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { auditClaim, claimFromTable } from '../../src/audit/audit';

// Of 10, 20 and 30 items 8, 15 and 27 are right, of 9, 18 and 33 answers.
const rows = ['angry | 0.889 | 0.800 | 10', 'fear | 0.833 | 0.750 | 20', 'happy | 0.818 | 0.900 | 30'];
const macro = '0.847 | 0.817 | 60';
const weighted = '0.835 | 0.833 | 60';
const table = (lines: readonly string[], title = 'Emotion') =>
  [
    `| ${title} | Precision | Recall | Support |`,
    '|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
const read = (name: string, figures: string): Claim =>
  claimFromTable(table([...rows, `${name} | ${figures}`]));

test('a row of means is known by the words of its name, in several languages', () => {
  const names: Record<string, readonly string[]> = {
    macro: ['Average (macro)', 'Macro Avg.', 'UAR / macro', 'Unweighted mean', 'media macro'],
    weighted: ['W. avg', 'Weighted Average', 'gewichteter Mittelwert', 'moyenne pondérée', 'Mean (weighted)'],
    unspecified: ['Ø', 'μ', 'Σ', 'All classes', 'Mean score', 'Overall mean', 'total images'],
  };
  for (const [kind, list] of Object.entries(names)) {
    for (const name of list) {
      const { classes, means, n } = read(name, kind === 'weighted' ? weighted : macro);
      assert.deepEqual([classes.length, Object.keys(means ?? {}), n], [3, [kind], 60], name);
    }
  }
  for (const name of ['Highest', 'lowest', 'Best class', 'σ'])
    assert.equal(read(name, '0.889 | 0.900 |').classes.length, 3, name);
  // Words that name classes as well are none by themselves.
  for (const name of ['Class W', 'w', 'score', 'images', 'weighty'])
    assert.equal(read(name, '0.900 | 0.800 | 5').classes.length, 4, name);
});

test('a row called best or worst is no class where its figures are the extremes of the others', () => {
  const extremes = ['Best | 0.889 | 0.900 |', 'Worst | 0.818 | 0.750 |'];
  assert.deepEqual(claimFromTable(table([...rows, ...extremes])).classes, ['angry', 'fear', 'happy']);
  assert.deepEqual(claimFromTable(table([...extremes, ...rows, `macro avg | ${macro}`])).classes.length, 3);
  // A class of ratings has figures of its own.
  const ratings = ['worst | 0.889 | 0.800 | 10', 'fair | 0.833 | 0.750 | 20', 'best | 0.818 | 0.900 | 30'];
  assert.deepEqual(claimFromTable(table(ratings)).classes, ['worst', 'fair', 'best']);
});

test('a row with another name is a mean where it has the items of all and their mean figures, and nothing else', async () => {
  for (const figures of [macro, weighted]) {
    const claim = read('Together', figures);
    assert.deepEqual(Object.keys(claim.means!), ['unspecified']);
    assert.notEqual((await auditClaim(claim, { timeLimitSeconds: 2 })).verdict, 'impossible');
  }
  assert.deepEqual(Object.keys(read('Together', '0.847 | 0.817 |').means!), ['unspecified']);
  assert.throws(() => read('Together', '0.700 | 0.600 | 60'), /may be a class or a mean/);
  // A class may have the items of two others.
  const two = rows.slice(0, 2);
  assert.equal(claimFromTable(table([...two, 'happy | 0.818 | 0.900 | 30'])).classes.length, 3);
  // Beside a mean that is named, and of classes without items, a class with mean figures stays one.
  const named = claimFromTable(table([...rows, 'surprise | 0.847 | 0.817 | 60', `macro avg | ${macro}`]));
  assert.equal(named.classes.length, 4);
  const plain = ['a | 0.80 | 0.70', 'b | 0.90 | 0.80', 'c | 0.85 | 0.75'].map((line) => `| ${line} |`);
  const bare = ['| Class | Precision | Recall |', '|---|---|---|', ...plain].join('\n');
  assert.equal(claimFromTable(bare).classes.length, 3);
});

test('equal micro means in place of an accuracy may be of classes that are left out', async () => {
  // As seqeval prints entities: half of the answers of LOC are none of these classes.
  const text = `              precision    recall  f1-score   support

         LOC       0.50      0.25      0.33        40
         PER       1.00      1.00      1.00        40
         ORG       0.50      0.75      0.60        40

   micro avg       0.67      0.67      0.67       120
   macro avg       0.67      0.67      0.64       120
weighted avg       0.67      0.67      0.64       120
`;
  const claim = claimFromTable(text);
  assert.notEqual((await auditClaim(claim, { timeLimitSeconds: 2 })).verdict, 'impossible');
  const { means, ...rest } = claim;
  const accurate = { ...rest, means: { macro: means!.macro! }, accuracy: '0.75' };
  assert.equal((await auditClaim(accurate, { timeLimitSeconds: 2 })).verdict, 'impossible');
});

test('marks of change and words for nothing stand for no figures', () => {
  const lines = [
    'angry | 0.889 ↑ | 0.800 (+0.02) | 10',
    'fear | n.r. | 0.750 ▼ | 20',
    'happy | not reported | n.d. | 30',
  ];
  const { perClass } = claimFromTable(table(lines));
  assert.deepEqual(perClass, { precision: { angry: '0.889' }, recall: { angry: '0.800', fear: '0.750' } });
});
