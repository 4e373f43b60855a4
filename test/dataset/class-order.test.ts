import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alphabeticalOrder,
  findClassOrder,
  findOtherPart,
  type OrderFinding,
  officialOrder,
  parseClassOrder,
} from '../../src/dataset/class-order';
import { ClassScores } from '../../src/dataset/class-scores';
import { loadDataset } from '../../src/dataset/load';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { randomStream } from '../../src/random';
import { drawEvidentRows } from '../fuzz/truth';
import { findFer2013 } from '../real-data';
import { csvLines, pixelText, scratchFolder, writeCsv } from './files';

const ALPHABETICAL = alphabeticalOrder(FER2013);

/** Number of each class where the classes are numbered by `order`. */
const numbersBy = (order: readonly number[]) => order.map((_, label) => order.indexOf(label));

/** Rows of some classes and parts without pixels. */
function blank(counts: readonly (readonly number[])[], order: readonly number[]) {
  const numbers = numbersBy(order);
  const rows = counts.flatMap((ofClass, label) =>
    ofClass.flatMap((count, part) => new Array<[number, number]>(count).fill([numbers[label]!, part])),
  );
  const [labels, usages] = [0, 1].map((i) => Uint8Array.from(rows, (row) => row[i]!)) as [
    Uint8Array,
    Uint8Array,
  ];
  return { spec: FER2013, count: rows.length, labels, usages, scores: new ClassScores(FER2013) };
}

const COUNTS = FER2013.officialCounts;
const changed = (label: number, factor: number) =>
  COUNTS.map((row, k) => row.map((count) => (k === label ? Math.round(factor * count) : count)));

for (const [name, counts] of [
  ['the official counts', COUNTS],
  ['Disgust copied eightfold', changed(1, 8)],
  ...FER2013.classes.map((name, label) => [`without ${name}`, changed(label, 0)] as const),
  ['a tenth of all', COUNTS.map((row) => row.map((count) => Math.round(count / 10)))],
] as const) {
  test(`${name}: the counts alone tell the official from the alphabetical order`, () => {
    assert.equal(findClassOrder(blank(counts, officialOrder(FER2013))).order, 'official');
    assert.equal(findClassOrder(blank(counts, ALPHABETICAL)).order, 'alphabetical');
  });
}

test('balanced counts without pixels show nothing', () => {
  assert.equal(
    findClassOrder(
      blank(
        COUNTS.map(() => [400, 50, 50]),
        ALPHABETICAL,
      ),
    ).order,
    'unknown',
  );
});

const { path, skip } = findFer2013();

test('pixels tell the order where counts do not: balanced, 1,000 random rows, a left-out class', {
  skip,
}, async () => {
  const dataset = await loadDataset({ path });
  const all = [...dataset.labels.keys()];
  const some = [...all];
  randomStream(3, 'rows').shuffle(some);
  const perClass = FER2013.classes.flatMap((_, label) =>
    all.filter((row) => dataset.labels[row] === label).slice(0, 400),
  );
  const find = (rows: readonly number[], order: readonly number[]): OrderFinding => {
    const numbers = numbersBy(order);
    const labels = Uint8Array.from(rows, (row) => numbers[dataset.labels[row]!]!);
    const usages = Uint8Array.from(rows, (row) => dataset.usages[row]!);
    const scores = new ClassScores(FER2013);
    for (const [i, row] of rows.entries())
      scores.add(dataset.images, row * 2304, { label: labels[i]!, part: usages[i]! });
    return findClassOrder({ spec: FER2013, count: rows.length, labels, usages, scores });
  };
  const withoutSurprise = some.slice(0, 3000).filter((row) => dataset.labels[row] !== 5);
  for (const rows of [perClass, some.slice(0, 1000), withoutSurprise, all]) {
    assert.equal(find(rows, officialOrder(FER2013)).order, 'official');
    assert.equal(find(rows, ALPHABETICAL).order, 'alphabetical');
  }
  // neutral, happiness, surprise, sadness, anger, disgust, fear: the order of FER+.
  const ferplus = [6, 3, 5, 4, 0, 1, 2];
  assert.deepEqual(find(some.slice(0, 2000), ferplus), {
    order: 'other',
    evidence: 'by their pixels',
    found: ferplus,
  });
});

test('an alphabetical CSV is refused for that reason, and read when the order is stated', {
  skip,
}, async (t) => {
  const dataset = await loadDataset({ path });
  const numbers = numbersBy(ALPHABETICAL);
  const line = (row: number, label: number) =>
    `${label},${[...dataset.images.subarray(row * 2304, (row + 1) * 2304)].join(' ')},Training`;
  const rows = Array.from({ length: 1000 }, (_, i) => 28 * i);
  const lines = rows.map((row) => line(row, numbers[dataset.labels[row]!]!));
  const file = writeCsv(scratchFolder(t), ['emotion,pixels,Usage', ...lines]);
  await assert.rejects(loadDataset({ path: file }), /alphabetical order/);
  const read = await loadDataset({ path: file, classes: 'alphabetical' });
  assert.deepEqual(
    [...read.labels],
    rows.map((row) => dataset.labels[row]),
  );
  assert.equal(read.reading?.classes, 'as stated');
  // Training in the official order, PublicTest in the alphabetical one.
  const official = rows.map((row) => line(row, dataset.labels[row]!));
  const publicTest = lines.map((text) => text.replace('Training', 'PublicTest'));
  const mixed = writeCsv(scratchFolder(t), ['emotion,pixels,Usage', ...official, ...publicTest]);
  await assert.rejects(
    loadDataset({ path: mixed }),
    /Training are numbered in official order, those of PublicTest in alphabetical/,
  );
});

test('an order that nothing shows is said aloud, with the assumption and how to state it', async (t) => {
  const file = writeCsv(scratchFolder(t), csvLines());
  for (const time of ['decoded', 'from the cache']) {
    const notes: string[] = [];
    const { reading } = await loadDataset({ path: file, onNote: (note) => notes.push(note) });
    assert.equal(reading?.isOrderAssumed, true);
    assert.match(notes.join(), /assumed to be those of the published file.*--classes/, time);
  }
  const notes: string[] = [];
  const names = 'neutral,sad,happy,fear,disgust,angry,surprise';
  const stated = await loadDataset({ path: file, classes: names, onNote: (note) => notes.push(note) });
  assert.deepEqual([...stated.labels.subarray(0, 7)], [6, 4, 3, 2, 1, 0, 5]);
  assert.deepEqual(notes, []);
});

test('classes may be names; a mixture of names and numbers is refused', async (t) => {
  const folder = scratchFolder(t);
  const rows = ['happy', 'Anger', 'SAD'].map((name, i) => `${name},${pixelText(i)},Training`);
  const named = writeCsv(folder, ['emotion,pixels,Usage', ...rows], 'named.csv');
  const dataset = await loadDataset({ path: named });
  assert.deepEqual([...dataset.labels], [3, 0, 4]);
  assert.equal(dataset.reading?.classes, 'by their names');
  const mixed = writeCsv(
    folder,
    ['emotion,pixels,Usage', ...rows, `3,${pixelText(9)},Training`],
    'mixed.csv',
  );
  await assert.rejects(loadDataset({ path: mixed }), /row 4\): emotion "3" is not a class/);
});

test('a stated order has to name every class once', () => {
  assert.deepEqual(
    parseClassOrder(FER2013, 'Neutral,sad,happy,fear,disgust,angry,surprise'),
    [6, 4, 3, 2, 1, 0, 5],
  );
  for (const wrong of ['', 'sorted', 'angry,disgust', 'angry,angry,fear,happy,sad,surprise,neutral']) {
    assert.throws(() => parseClassOrder(FER2013, wrong), /is not an order of the classes/);
  }
});

test('parts of different orders are found without their images: sets larger than memory have none left', () => {
  const rows = drawEvidentRows(randomStream(4, 'parts'), 700);
  const scores = new ClassScores(FER2013);
  const numbers = numbersBy(ALPHABETICAL);
  const parts = rows.map((_, i) => (i < 350 ? 0 : 2));
  const labels = rows.map(({ label }, i) => (parts[i] === 0 ? label : numbers[label]!));
  for (const [i, { pixels }] of rows.entries()) scores.add(pixels, 0, { label: labels[i]!, part: parts[i]! });
  const scored = {
    spec: FER2013,
    count: 700,
    labels: Uint8Array.from(labels),
    usages: Uint8Array.from(parts),
    scores,
  };
  assert.deepEqual(
    findOtherPart(scored)?.map(({ name, order }) => [name, order]),
    [
      ['Training', 'official'],
      ['PrivateTest', 'alphabetical'],
    ],
  );
  const alike = { ...scored, usages: new Uint8Array(700) };
  assert.equal(findOtherPart({ ...alike, scores: new ClassScores(FER2013) }), null);
});
