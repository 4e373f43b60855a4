import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { loadDataset } from '../../src/dataset/load';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { plotBrightness } from '../../src/report/figures/brightness';
import { plotClassCounts } from '../../src/report/figures/class-counts';
import { plotGreyLevels } from '../../src/report/figures/grey-levels';
import { columnNames, formatCells } from '../../src/report/formats/cells';
import { tableClassCounts } from '../../src/report/tables/class-counts';
import { tableDuplicates } from '../../src/report/tables/duplicates';
import { tableLabelNoise } from '../../src/report/tables/label-noise';
import { findFer2013 } from '../real-data';

/** Images of 2x2 pixels. */
function dataset(
  rows: readonly (readonly [label: number, part: number, pixels: readonly number[]])[],
  change: Partial<ImageDataset['spec']> = {},
): ImageDataset {
  return {
    spec: { ...FER2013, side: 2, ...change },
    count: rows.length,
    labels: Uint8Array.from(rows.map(([label]) => label)),
    usages: Uint8Array.from(rows.map(([, part]) => part)),
    images: Uint8Array.from(rows.flatMap(([, , pixels]) => pixels)),
    source: { path: '', format: 'test', sha256: '' },
  };
}

const A = [1, 2, 3, 4];
const B = [9, 9, 9, 8];
const BLANK = [7, 7, 7, 7];
const OTHER = [5, 6, 7, 8];
// A: in training twice and in both tests; B: in both tests alone; a blank image three times; one image alone.
const SMALL = dataset([
  [3, 0, A],
  [3, 0, A],
  [4, 1, A],
  [3, 2, A],
  [0, 1, B],
  [0, 2, B],
  [5, 0, BLANK],
  [5, 0, BLANK],
  [6, 2, BLANK],
  [1, 0, OTHER],
]);

test('copies are counted as by hand, each share of its own whole', () => {
  const cells = formatCells(tableDuplicates(SMALL)).map((row) => row.slice(0, 4));
  assert.deepEqual(cells, [
    ['images', '10', '–', ''],
    ['distinct images', '4', '40.00', 'all images'],
    ['images that are copies of an earlier one', '6', '60.00', 'all images'],
    ['images with a single grey level', '3', '30.00', 'all images'],
    ['groups of exact copies', '3', '–', ''],
    ['groups whose copies have different labels', '2', '66.67', 'groups of exact copies'],
    ['PublicTest images with an exact copy in Training', '1', '50.00', 'PublicTest'],
    ['PrivateTest images with an exact copy in Training', '2', '66.67', 'PrivateTest'],
  ]);
});

test('pairs of copies are counted as by hand, blank images apart', () => {
  const table = tableLabelNoise(SMALL);
  // A: 3 pairs Happy-Happy, 3 Happy-Sad. B: 1 Angry-Angry. Blank: 1 Surprise-Surprise, 2 Surprise-Neutral.
  assert.deepEqual(formatCells(table), [
    ['Angry', '1', '0', '0', '0', '0', '0', '0'],
    ['Disgust', '', '0', '0', '0', '0', '0', '0'],
    ['Fear', '', '', '0', '0', '0', '0', '0'],
    ['Happy', '', '', '', '3', '3', '0', '0'],
    ['Sad', '', '', '', '', '0', '0', '0'],
    ['Surprise', '', '', '', '', '', '1', '2'],
    ['Neutral', '', '', '', '', '', '', '0'],
  ]);
  assert.match(table.notes![0]!, /agree in 50\.0 % of 10 pairs/);
  assert.match(
    table.notes![1]!,
    /for 3 of the pairs and 2 of the 5 conflicts\. Without them 57\.1 % of 7 pairs agree/,
  );
  assert.deepEqual(tableLabelNoise(dataset([[0, 0, A]])).notes, ['There are no exact copies.']);
  const sharp = dataset([
    [0, 0, A],
    [0, 0, A],
  ]);
  assert.equal(
    tableLabelNoise(sharp).notes!.length,
    1,
    'nothing is said of blank images where there is none',
  );
});

test('images are counted by class and part, in the rows of the paper', () => {
  const table = tableClassCounts(SMALL);
  assert.deepEqual(columnNames(table).slice(1), [
    'Training',
    'PublicTest',
    'PrivateTest',
    'all parts',
    'official, all parts',
    'paper: samples',
  ]);
  assert.deepEqual(formatCells(table), [
    ['Happiness', '2', '0', '1', '3', '8,989', '6,215'],
    ['Sadness', '0', '1', '0', '1', '6,077', '4,850'],
    ['Anger', '0', '1', '1', '2', '4,953', '4,132'],
    ['Fear', '0', '0', '0', '0', '5,121', '3,847'],
    ['Disgust', '1', '0', '0', '1', '547', '2,500'],
    ['Surprise', '2', '0', '0', '2', '4,002', '5,056'],
    ['Neutral', '0', '0', '1', '1', '6,198', '6,500'],
    ['all', '5', '2', '3', '10', '35,887', '35,887'],
  ]);
});

test('other classes, without parts: the paper has no say', () => {
  const own = dataset(
    [
      [0, 0, A],
      [1, 0, B],
      [1, 0, B],
    ],
    { classes: ['no', 'yes'], parts: [], officialCounts: undefined },
  );
  const counts = tableClassCounts(own);
  assert.deepEqual(columnNames(counts), ['class', 'all parts']);
  assert.deepEqual(formatCells(counts), [
    ['no', '1'],
    ['yes', '2'],
    ['all', '3'],
  ]);
  assert.deepEqual(counts.notes, []);
  assert.deepEqual(formatCells(tableDuplicates(own)).at(-1)!.slice(0, 2), [
    'groups whose copies have different labels',
    '0',
  ]);
  const [bars, ...rest] = plotClassCounts(own).data as { x: string[]; y: number[] }[];
  assert.deepEqual([bars!.x, bars!.y, rest.length], [['no', 'yes'], [1, 2], 0]);
});

test('the figures of the data hold the values of the data', () => {
  type Trace = Record<string, unknown[]>;
  const counts = plotClassCounts(SMALL).data as unknown as Trace[];
  assert.deepEqual(
    counts.map(({ y }) => y),
    [
      [2, 0, 0, 0, 1, 2, 0],
      [0, 1, 1, 0, 0, 0, 0],
      [1, 0, 1, 0, 0, 0, 1],
      [6215, 4850, 4132, 3847, 2500, 5056, 6500],
    ],
  );
  const [grey] = plotGreyLevels(SMALL).data as unknown as Trace[];
  const shares = Object.fromEntries(grey!.y!.entries());
  assert.deepEqual(
    [1, 4, 5, 7, 8, 9, 255].map((level) => shares[level]),
    [4, 4, 1, 13, 3, 6, 0].map((count) => count / 40),
  );
  assert.equal(grey!.x![255], 1);
  // Five images of one class, whose brightness is 10 to 50: the quartiles are 20, 30 and 40.
  const five = dataset([1, 2, 3, 4, 5].map((level) => [2, 0, [level, level, level, level]] as const));
  const boxes = plotBrightness(five, [50, 10, 40, 20, 30]).data as unknown as Trace[];
  const { name, lowerfence, q1, median, q3, upperfence } = boxes[2]!;
  assert.deepEqual([name, lowerfence, q1, median, q3, upperfence], ['Fear', [10], [20], [30], [40], [50]]);
});

test('on FER-2013 twelve black images make a quarter of the conflicts', {
  skip: findFer2013().skip,
}, async () => {
  // Counted once with the standard library of Python on Kaggle's own file.
  const data = await loadDataset({ path: findFer2013().path });
  const [agreement, blank] = tableLabelNoise(data).notes!;
  assert.equal(agreement, 'The labels agree in 94.2 % of 2,418 pairs of exact copies.');
  assert.match(
    blank!,
    /66 of the pairs and 38 of the 141 conflicts\. Without them 95\.6 % of 2,352 pairs agree/,
  );
  assert.deepEqual(
    formatCells(tableDuplicates(data)).map(([, count, share]) => [count, share]),
    [
      ['35,887', '–'],
      ['34,034', '94.84'],
      ['1,853', '5.16'],
      ['12', '0.03'],
      ['1,516', '–'],
      ['57', '3.76'],
      ['280', '7.80'],
      ['288', '8.02'],
    ],
  );
});
