import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTables } from '../../src/audit/audit';

const table = (titles: string, rows: readonly string[]) =>
  [
    `| Emotion | ${titles} |`,
    `|---${'|---'.repeat(titles.split('|').length)}|`,
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
const rows = [
  'angry | 0.80 | 0.70 | 0.60 | 0.50',
  'fear | 0.70 | 0.60 | 0.50 | 0.40',
  'happy | 0.90 | 0.95 | 0.80 | 0.85',
];

test('systems whose names stand in the titles of classes are a claim each', () => {
  for (const titles of ['Ours P | Ours R | Base P | Base R', 'P (Ours) | R (Ours) | P (Base) | R (Base)']) {
    const claims = readTables(table(titles, rows)).map(({ claim }) => claim);
    assert.deepEqual(
      claims.map(({ title, classes, perClass }) => [
        title,
        classes.length,
        perClass?.precision?.angry,
        perClass?.recall?.happy,
      ]),
      [
        ['Ours', 3, '0.80', '0.95'],
        ['Base', 3, '0.60', '0.85'],
      ],
      titles,
    );
  }
  const parts = readTables(table('Val F1 | Test F1', ['angry | 0.8 | 0.7', 'fear | 0.6 | 0.5']));
  assert.deepEqual(
    parts.map(({ claim }) => [claim.title, claim.perClass?.f1]),
    [
      ['Val', { angry: '0.8', fear: '0.6' }],
      ['Test', { angry: '0.7', fear: '0.5' }],
    ],
  );
});

test('words for a measure are no systems', () => {
  const [only, ...others] = readTables(
    table('F1 score | Recall rate', ['angry | 0.8 | 0.7', 'fear | 0.6 | 0.5']),
  );
  assert.deepEqual([others.length, only!.claim.perClass?.f1?.angry], [0, '0.8']);
});
