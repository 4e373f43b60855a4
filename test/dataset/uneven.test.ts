import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { findDuplicateGroups, summarizeDuplicates } from '../../src/dataset/duplicates';
import { declareFinal } from '../../src/dataset/sealed-test';
import { type Protocol, splitDataset } from '../../src/dataset/split';
import { randomStream } from '../../src/random';
import { tinyDataset } from '../train/tiny';

const PIXELS = 48 * 48;
/** Images of each class, and how many of them 70 and 85 % are to the nearest whole number. */
const CLASSES = [
  [11, 8, 9],
  [13, 9, 11],
  [5, 4, 4],
  [7, 5, 6],
  [12, 8, 10],
  [9, 6, 8],
  [6, 4, 5],
] as const;

/** Classes of different sizes, dealt around; `copiesOf` says of which row an image is a copy. */
function uneven(copyOf: (row: number, label: number) => number = (row) => row): ImageDataset {
  const left = CLASSES.map(([count]) => count as number);
  const labels: number[] = [];
  while (left.some((count) => count > 0))
    for (const [label, count] of left.entries()) if (count > 0 && left[label]--) labels.push(label);
  const images = new Uint8Array(labels.length * PIXELS);
  for (const [row, label] of labels.entries())
    images.fill(copyOf(row, label) + 1, row * PIXELS, (row + 1) * PIXELS);
  const usages = new Uint8Array(labels.length);
  return { ...tinyDataset(), count: labels.length, labels: Uint8Array.from(labels), images, usages };
}

function partsOf(dataset: ImageDataset, protocol: Protocol, seed: number): number[][] {
  const { training, validation, test } = splitDataset(dataset, { protocol, seed });
  return [training, validation, test.open(declareFinal('test'))].map((rows) => [...rows]);
}

const ascending = (rows: readonly number[]) => [...rows].sort((a, b) => a - b);

test('classes of any size are divided to the nearest image, each by a stream of its own', () => {
  const dataset = uneven();
  const expected: number[][] = [[], [], []];
  for (const [label, [count, training, validation]] of CLASSES.entries()) {
    const rows = [...dataset.labels.keys()].filter((row) => dataset.labels[row] === label);
    assert.equal(rows.length, count);
    randomStream(4, 'split', label).shuffle(rows);
    expected[0]!.push(...rows.slice(0, training));
    expected[1]!.push(...rows.slice(training, validation));
    expected[2]!.push(...rows.slice(validation));
  }
  assert.deepEqual(partsOf(dataset, 'paper', 4), expected.map(ascending));
});

test('copies count as many images as they are when a part is filled', () => {
  const dataset = uneven((row, label) => (label === 1 && row > 40 ? 200 : row));
  const rows = [...dataset.labels.keys()].filter((row) => dataset.labels[row] === 1);
  const copies = rows.filter((row) => row > 40);
  assert.ok(copies.length >= 4 && new Set(rows.filter((row) => row <= 40)).size >= 5);
  for (let seed = 0; seed < 5; seed++) {
    const units = [...rows.filter((row) => row <= 40).map((row) => [row]), copies];
    randomStream(seed, 'split', 1).shuffle(units);
    const expected: number[][] = [[], [], []];
    let dealt = 0;
    for (const unit of units) {
      expected[dealt < 9 ? 0 : dealt < 11 ? 1 : 2]!.push(...unit);
      dealt += unit.length;
    }
    const parts = partsOf(dataset, 'paper-deduplicated', seed);
    const ofClass = parts.map((part) => part.filter((row) => dataset.labels[row] === 1));
    assert.deepEqual(ofClass, expected.map(ascending), `seed ${seed}`);
  }
});

test('a copy in another part of the same kind is no leak from training', () => {
  const dataset = {
    ...uneven(() => 0),
    usages: Uint8Array.from({ length: 63 }, (_, row) => (row < 3 ? 1 : 2)),
  };
  const summary = summarizeDuplicates(dataset, findDuplicateGroups(dataset));
  assert.deepEqual(summary.inTraining, { PublicTest: 0, PrivateTest: 0 });
  const pairs = uneven((row) => row - (row % 2));
  const twins = summarizeDuplicates(pairs, findDuplicateGroups(pairs));
  assert.deepEqual([twins.distinct, twins.groups, twins.removable], [32, 31, 31]);
});
