import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDuplicateGroups, summarizeDuplicates } from '../../src/dataset/duplicates';
import { buildSample } from '../../src/dataset/sample';
import { declareFinal } from '../../src/dataset/sealed-test';
import { RAF_DB } from '../../src/dataset/specs/raf-db';
import { type Protocol, type Split, splitDataset } from '../../src/dataset/split';

const sample = buildSample({ seed: 0 });
const open = (split: Split) => split.test.open(declareFinal('test'));
const parts = (split: Split) => [split.training, split.validation, open(split)];

test('each protocol puts every row into exactly one part, in ascending order', () => {
  for (const protocol of ['official', 'paper', 'paper-deduplicated'] as Protocol[]) {
    const all = parts(splitDataset(sample, { protocol, seed: 3 }));
    const rows = all.flatMap((part) => [...part]);
    assert.equal(rows.length, sample.count);
    assert.equal(new Set(rows).size, sample.count);
    for (const part of all)
      assert.deepEqual(
        [...part],
        [...part].sort((a, b) => a - b),
      );
  }
});

test('the paper protocol holds 70, 15 and 15 % of every class', () => {
  const split = splitDataset(sample, { protocol: 'paper', seed: 1 });
  for (const [part, share] of [
    [split.training, 0.7],
    [split.validation, 0.15],
    [open(split), 0.15],
  ] as const) {
    for (let label = 0; label < sample.spec.classes.length; label++) {
      assert.equal(part.filter((row) => sample.labels[row] === label).length, 300 * share);
    }
  }
});

test('shares of uneven classes are rounded to the nearest image', () => {
  // numpy: np.rint([0.7 * n, 0.85 * n]) for n = 5, 11, 13, 18, 23, 27, 31
  const sizes = [5, 11, 13, 18, 23, 27, 31];
  const ends = [
    [4, 4],
    [8, 9],
    [9, 11],
    [13, 15],
    [16, 20],
    [19, 23],
    [22, 26],
  ];
  const labels = Uint8Array.from(sizes.flatMap((size, label) => new Array<number>(size).fill(label)));
  const count = labels.length;
  const dataset = { ...sample, count, labels, images: sample.images.subarray(0, count * 2304) };
  for (const protocol of ['paper', 'paper-deduplicated'] as const) {
    const split = splitDataset(dataset, { protocol, seed: 2 });
    const sizeOf = (part: Uint32Array, label: number) => part.filter((row) => labels[row] === label).length;
    for (const [label, [training, validation]] of ends.entries()) {
      const found = parts(split).map((part) => sizeOf(part, label));
      assert.deepEqual(
        found,
        [training, validation! - training!, sizes[label]! - validation!],
        `class ${label}`,
      );
    }
  }
});

test('five seeds in a row test every person once, and no person is in two parts', () => {
  const subjects = Uint16Array.from({ length: sample.count }, (_, row) => (row * 7) % 23);
  const dataset = { ...sample, subjects };
  const people = (rows: Uint32Array) => new Set(Array.from(rows, (row) => subjects[row]!));
  const tested: number[] = [];
  let validated: ReadonlySet<number> | null = null;
  for (const seed of [3, 4, 5, 6, 7]) {
    const sets = parts(splitDataset(dataset, { protocol: 'by-subject', seed })).map(people);
    assert.equal(
      sets.reduce((sum, { size }) => sum + size, 0),
      23,
      'nobody is in two parts',
    );
    if (validated) assert.deepEqual(sets[2], validated, 'who is validated is tested by the next seed');
    validated = sets[1]!;
    tested.push(...sets[2]!);
  }
  assert.deepEqual(
    tested.sort((a, b) => a - b),
    [...Array(23).keys()],
  );
  assert.throws(
    () => splitDataset(sample, { protocol: 'by-subject', seed: 0 }),
    /nothing in this copy tells who is seen/,
  );
});

test('a validation part that is drawn takes all copies of an image or none, and nothing of the test part', () => {
  const [learnt, tested] = [RAF_DB.parts.findIndex(({ role }) => role === 'training'), 1];
  assert.deepEqual(
    RAF_DB.parts.map(({ role }) => role),
    ['training', 'test'],
  );
  const [count, size] = [400, RAF_DB.side ** 2];
  const labels = Uint8Array.from({ length: count }, (_, row) => row % 2);
  const usages = Uint8Array.from({ length: count }, (_, row) => (row < 300 ? learnt : tested));
  // Ten images a copy: rows 20 apart are equal, and of one label.
  const images = Uint8Array.from({ length: count * size }, (_, i) => Math.floor(i / size) % 20);
  const dataset = { spec: RAF_DB, count, labels, usages, images, source: sample.source };
  const split = splitDataset(dataset, { protocol: 'official', seed: 4 });
  assert.deepEqual(
    [...open(split)],
    [...Array(100).keys()].map((i) => 300 + i),
  );
  assert.deepEqual(
    [...split.training, ...split.validation].sort((a, b) => a - b),
    [...Array(300).keys()],
  );
  const kinds = (rows: Uint32Array) => new Set(Array.from(rows, (row) => row % 20));
  assert.equal(kinds(split.training).size + kinds(split.validation).size, 20);
  assert.ok(split.validation.length >= 30 && split.validation.length <= 75, String(split.validation.length));
});

test('every seed counts, zero too, and the same one gives the same split', () => {
  const training = (seed: number) => splitDataset(sample, { protocol: 'paper', seed }).training;
  assert.deepEqual(training(0), training(0));
  assert.notDeepEqual(training(0), training(1));
  assert.notDeepEqual(training(1), training(2));
});

test('copies stay in one part under paper-deduplicated, and are scattered under paper', () => {
  // 30 copies of every tenth image.
  const images = sample.images.slice();
  for (let row = 0; row < sample.count; row++) {
    if (row % 10 !== 0) continue;
    const from = (row % 70) * 2304;
    images.copyWithin(row * 2304, from, from + 2304);
  }
  const dataset = { ...sample, images };
  const groups = findDuplicateGroups(dataset);
  const straddling = (protocol: Protocol) => {
    const seen = new Map<number, Set<number>>();
    for (const [part, rows] of parts(splitDataset(dataset, { protocol, seed: 0 })).entries()) {
      for (const row of rows) seen.set(groups[row]!, (seen.get(groups[row]!) ?? new Set()).add(part));
    }
    return [...seen.values()].filter((set) => set.size > 1).length;
  };
  assert.equal(straddling('paper-deduplicated'), 0);
  assert.ok(straddling('paper') > 0);
});

test('duplicates are counted: two images of which one has three copies and two labels', () => {
  const images = new Uint8Array(4 * 2304);
  images.fill(9, 2304, 2 * 2304);
  const dataset = {
    ...sample,
    count: 4,
    images,
    labels: Uint8Array.of(1, 2, 3, 1),
    usages: Uint8Array.of(0, 0, 1, 2),
  };
  const groups = findDuplicateGroups(dataset);
  assert.deepEqual([...groups], [0, 1, 0, 0]);
  assert.deepEqual(summarizeDuplicates(dataset, groups), {
    images: 4,
    distinct: 2,
    removable: 2,
    groups: 1,
    conflicting: 1,
    inTraining: { PublicTest: 1, PrivateTest: 1 },
  });
});

test('the test rows are closed without the permission of the final step', () => {
  const { test: sealed } = splitDataset(sample, { protocol: 'official', seed: 0 });
  assert.equal(sealed.count, 315);
  assert.throws(() => sealed.open(undefined as never), /sealed until the final evaluation/);
  assert.throws(() => sealed.open({ weightsSha256: 'x' } as never), /sealed/);
});
