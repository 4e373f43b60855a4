import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { JSDOM } from 'jsdom';
import { pairedInterval } from '../../src/evaluate/paired-interval';
import { accuracyTable, agreementTable, settingsTable } from '../../src/site/client/compare-tables';
import type { Judged } from '../../src/site/client/images';

before(() => {
  globalThis.document = new JSDOM().window.document;
});

const judged = (row: number, truth: number, predicted: number): Judged => ({
  ...{ row, truth, predicted, confidence: 0.9, hasCopy: null },
  probabilities: [0.9, 0.1],
});

/** Eight images: true class, and what the first and the second model say. */
const SAID = ['000', '000', '001', '010', '011', '110', '111', '101'];
const pairs = SAID.map((digits, row) => {
  const [truth, first, second] = [...digits].map(Number) as [number, number, number];
  return { first: judged(row, truth, first), second: judged(row, truth, second) };
});
const names = ['one', 'other'] as const;

const cellsOf = (shown: HTMLElement) =>
  [...shown.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));

test('accuracy of both models, and recall by true class, with the difference of the second less the first', () => {
  const rows = cellsOf(accuracyTable(pairs, { classes: ['calm', 'sad'], names }));
  // Right: the first 000 000 001 110 111, the second 000 000 010 111 101; of class 0 three of five each.
  assert.deepEqual(
    rows.map((row) => row.map((text) => text!.replace(/ \(.*\)/, '')).slice(0, 5)),
    [
      ['All', '8', '62.50', '62.50', '0.00'],
      ['calm', '5', '60.00', '60.00', '0.00'],
      ['sad', '3', '66.67', '66.67', '0.00'],
    ],
  );
  const sure = pairs.map(({ first, second }, i) => ({ first, second: i === 2 ? judged(2, 0, 0) : second }));
  const [all, calm, sad] = cellsOf(accuracyTable(sure, { classes: ['calm', 'sad'], names }));
  assert.deepEqual(
    [all![2], all![3]].map((text) => text!.slice(0, 5)),
    ['62.50', '75.00'],
  );
  assert.deepEqual([all![4], calm![4], sad![4]], ['+12.50', '+20.00', '0.00']);
  const [low, high] = pairedInterval({ images: 5, onlyFirst: 0, onlySecond: 1 });
  assert.equal(calm![5], `−${(-100 * low).toFixed(2)} to +${(100 * high).toFixed(2)}`);
});

test('images that both, one or none of the models recognise', () => {
  // Both: 000 000 111. Only the first: 001 110. Only the second: 010 101. None: 011.
  assert.deepEqual(cellsOf(agreementTable(pairs, names)), [
    ['one right', '3', '2'],
    ['one wrong', '2', '1'],
  ]);
  assert.deepEqual(cellsOf(agreementTable([...pairs.slice(0, 4), pairs[5]!, pairs[5]!], names)), [
    ['one right', '2', '3'],
    ['one wrong', '1', '0'],
  ]);
});

test('settings that differ, those of one model alone too', () => {
  const shown = settingsTable(
    [
      { epochs: '90', seed: '1' },
      { epochs: '24', seed: '1', mixup: '0.4' },
    ],
    names,
  );
  assert.deepEqual(cellsOf(shown), [
    ['epochs', '90', '24'],
    ['mixup', '–', '0.4'],
  ]);
  assert.deepEqual(cellsOf(settingsTable([{}, {}], names)), [['none', '', '']]);
});
