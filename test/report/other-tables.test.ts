import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import type { ViewsResult } from '../../src/evaluate/choose-views';
import type { CorrectedDifference } from '../../src/evaluate/paired';
import { MODELS } from '../../src/model/models';
import { plotRiskCoverage } from '../../src/report/figures/risk-coverage';
import { formatCells } from '../../src/report/formats/cells';
import { tableComparisons } from '../../src/report/tables/comparisons';
import { tableConfidentMistakes } from '../../src/report/tables/confident-mistakes';
import { type CrossRow, tableCross, tableCrossClasses } from '../../src/report/tables/cross';
import { tableModel } from '../../src/report/tables/model';
import { tableRiskCoverage } from '../../src/report/tables/risk-coverage';
import { tableViews } from '../../src/report/tables/views';
import type { LabelledProbabilities, Predictions } from '../../src/run/predictions';
import { temporaryFolder } from '../temporary';
import { fakeResults } from './fake-run';

// Every number of a row differs, so that a cell that shows another one is seen.
const difference: CorrectedDifference = {
  ...{ images: 3589, onlyFirst: 101, onlySecond: 158, difference: 0.01588, interval: [0.0071, 0.0247] },
  ...{ p: 0.00047, simultaneousInterval: [0.0049, 0.0269], correctedP: 0.0014 },
};
const negative: CorrectedDifference = {
  ...{ images: 3589, onlyFirst: 90, onlySecond: 80, difference: -0.00279, interval: [-0.0101, 0.0045] },
  ...{ p: 0.4912, simultaneousInterval: [-0.0118, 0.0062], correctedP: 0.9971 },
};

test('a comparison shows its difference, both intervals and both p', () => {
  const table = tableComparisons(
    [
      { name: 'one', reference: 'other', difference },
      { name: 'two', reference: 'third', difference: negative },
    ],
    { isSynthetic: false },
  );
  assert.deepEqual(formatCells(table), [
    ['one', 'other', '+1.59', '0.71 to 2.47', '0.00047', '0.49 to 2.69', '0.0014'],
    ['two', 'third', '−0.28', '−1.01 to 0.45', '0.49', '−1.18 to 0.62', '1'],
  ]);
  assert.match(table.notes![1]!, /for 2 comparisons/);
});

test('views show accuracy and difference from the first row', () => {
  const rows: ViewsResult[] = [
    {
      views: 'single',
      viewCount: 1,
      count: 3589,
      accuracy: 0.6811,
      interval: [0.6656, 0.6962],
      difference: null,
    },
    { views: 'mirror', viewCount: 2, count: 3589, accuracy: 0.697, interval: [0.6818, 0.7118], difference },
  ];
  const table = tableViews(rows, { isSynthetic: true });
  assert.deepEqual(formatCells(table), [
    ['single', '1', '68.11', '66.6 to 69.6', '–', '–'],
    ['mirror', '2', '69.70', '68.2 to 71.2', '+1.59', '0.7 to 2.5'],
  ]);
  assert.equal(table.title, 'Test-time views on the validation part (synthetic sample)');
  assert.match(table.notes![0]!, /^n = 3,589;/);
});

test('models on another data set show what they reach there, and each class', () => {
  const row = (model: string, people: number | null): CrossRow => ({
    ...{ model, trainedOn: 'A', testedOn: 'B', images: 1213, leftOut: 54, people, accuracy: 0.6125 },
    ...{ interval: [0.5821, 0.6434], meanRecall: 0.4375 },
    classes: [
      { name: 'Happy', count: 207, correct: 181 },
      { name: 'Calm', count: 0, correct: 0 },
    ],
  });
  const table = tableCross([row('m', 118)]);
  assert.deepEqual(formatCells(table), [['m', 'A', '1,213', '118', '61.25', '58.2 to 64.3', '43.75']]);
  assert.match(table.notes![0]!, /Happy 207, Calm 0\..* 54 images of other classes/);
  assert.match(table.notes![1]!, /percentiles of 118 people/);
  assert.match(tableCross([row('m', null)]).notes![1]!, /does not tell who is seen/);
  assert.deepEqual(formatCells(tableCrossClasses([row('m', 118), row('k', null)])), [
    ['m', 'Happy', '207', '87.44'],
    ['m', 'Calm', '0', '–'],
    ['k', 'Happy', '207', '87.44'],
    ['k', 'Calm', '0', '–'],
  ]);
});

test('the layers of a network add up to the whole', () => {
  const { rows, columns } = tableModel(MODELS['light-cnn'](FER2013));
  const whole = rows.at(-1)!;
  const sum = (key: 'parameters' | 'multiplyAdds') =>
    rows.slice(0, -1).reduce((total, row) => total + row[key], 0);
  assert.deepEqual([whole.parameters, whole.multiplyAdds], [sum('parameters'), sum('multiplyAdds')]);
  assert.equal(whole.parameters, 93_239);
  assert.deepEqual([rows[0]!.output, rows.at(-2)!.output], ['48 x 48 x 1', '7']);
  assert.deepEqual(columns.map((column) => column.cell(whole)).slice(2), [
    '93,239',
    whole.multiplyAdds.toLocaleString('en'),
  ]);
});

/** Confidence .99, .98, ... downwards; the images at some places are mistaken for the class after theirs. */
function ranked(count: number, wrong: readonly number[]): LabelledProbabilities {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 7);
  const probabilities = new Float32Array(count * 7);
  for (const [i, label] of labels.entries()) {
    const confidence = 0.99 - 0.4 * (i / count);
    probabilities.fill((1 - confidence) / 6, i * 7, (i + 1) * 7);
    probabilities[i * 7 + ((label + (wrong.includes(i) ? 1 : 0)) % 7)] = confidence;
  }
  return { labels, probabilities };
}

test('risk and coverage hold in tenths the errors among the most confident images', () => {
  const results = fakeResults(temporaryFolder(), { epochs: 2 });
  const predictions = ranked(50, [3, 21, 22, 49]);
  const errors = [1, 1, 1, 1, 3, 3, 3, 3, 3, 4];
  const rows = errors.map((count, i) => {
    const images = 5 * (i + 1);
    return [(images / 50).toFixed(3), String(images), String(count), (count / images).toFixed(3)];
  });
  const table = tableRiskCoverage(results, predictions);
  assert.deepEqual(formatCells(table), rows);
  let [mistakes, area] = [0, 0];
  for (let i = 0; i < 50; i++) {
    if ([3, 21, 22, 49].includes(i)) mistakes++;
    area += mistakes / (i + 1) / 50;
  }
  assert.ok(table.notes![0]!.includes(area.toFixed(4)));
  const { data } = plotRiskCoverage(results, predictions);
  const { x, y } = data[0] as unknown as { x: number[]; y: number[] };
  assert.equal(x.length, 50);
  assert.deepEqual([x[21], y[21], x[49], y[49]], [0.44, 2 / 22, 1, 4 / 50]);
  const many = plotRiskCoverage(results, ranked(401, [])).data[0] as unknown as { x: number[] };
  assert.deepEqual([many.x.length, many.x[0], many.x.at(-1)], [134, 3 / 401, 1]);
  assert.equal(tableRiskCoverage(results, ranked(3, [])).rows.length, 9);
});

test('the most confident mistakes stand with the true class, both probabilities and the copy', () => {
  const results = fakeResults(temporaryFolder(), { epochs: 2 });
  const { labels, probabilities } = ranked(40, [5, 12, 30]);
  const predictions = {
    ...{ labels, probabilities, classes: FER2013.classes, part: 'test', copies: Uint32Array.of(112) },
    rows: Uint32Array.from(labels, (_, i) => 100 + i),
  } as unknown as Predictions;
  const confidence = (i: number) => 0.99 - 0.4 * (i / 40);
  const row = (i: number, copy: string) => [
    ...[String(100 + i), FER2013.classes[i % 7], FER2013.classes[(i + 1) % 7]],
    ...[confidence(i).toFixed(3), ((1 - confidence(i)) / 6).toFixed(3), copy],
  ];
  const table = tableConfidentMistakes(results, predictions, 2);
  assert.deepEqual(formatCells(table), [row(5, 'no'), row(12, 'yes')]);
  assert.match(table.title!, /^The 2 most confident mistakes/);
  const unknown = tableConfidentMistakes(results, { ...predictions, copies: undefined }, 9);
  assert.deepEqual(formatCells(unknown), [row(5, '?'), row(12, '?'), row(30, '?')]);
});
