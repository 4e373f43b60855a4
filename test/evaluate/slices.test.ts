import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { FERPLUS_CHOICES } from '../../src/dataset/ferplus';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { wilsonInterval } from '../../src/evaluate/intervals';
import { quarters, sliceAccuracies, slicingsOf } from '../../src/evaluate/slices';
import { tableSlices } from '../../src/report/tables/slices';
import type { Predictions } from '../../src/run/predictions';

const { side, classes } = FER2013;

/** Eight images: image i is flat with level 20 i, but for a bright column in every odd one. */
function dataset(): ImageDataset {
  const images = new Uint8Array(8 * side * side);
  for (let i = 0; i < images.length; i++) {
    const row = Math.floor(i / (side * side));
    images[i] = row % 2 === 1 && i % side === 10 ? 255 : 20 * row;
  }
  const labels = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 0);
  const source = { path: '', format: 'made', sha256: 'made' };
  return { spec: FER2013, count: 8, images, labels, usages: new Uint8Array(8), source };
}

/** Ten votes for each image: how many go to which choice. */
function votesOf(...images: readonly Partial<Record<(typeof FERPLUS_CHOICES)[number], number>>[]) {
  const votes = Uint8Array.from(images.flatMap((image) => FERPLUS_CHOICES.map((name) => image[name] ?? 0)));
  return { path: '', count: images.length, votes, usages: new Uint8Array(images.length) };
}

/** Hits the images of rows 1, 2, 4 and 7 among rows 1 to 7. */
function predictions(copies?: readonly number[]): Predictions {
  const rows = Uint32Array.of(1, 2, 3, 4, 5, 6, 7);
  const labels = rows.map((row) => dataset().labels[row]!);
  const probabilities = new Float32Array(rows.length * classes.length);
  for (const [i, row] of rows.entries()) {
    const isHit = [1, 2, 4, 7].includes(row);
    probabilities[i * classes.length + ((labels[i]! + Number(!isHit)) % classes.length)] = 1;
  }
  const origin = { part: 'test', classes, weightsSha256: 'w', datasetSha256: 'made' } as const;
  return { ...origin, rows, labels: Uint8Array.from(labels), probabilities, ...(copies ? { copies } : {}) };
}

test('quarters hold as many values each, and equal values stay together', () => {
  const places = (...values: number[]) => {
    const slicing = quarters('size', Float32Array.from(values));
    return { ...slicing, places: values.map((_, row) => slicing.sliceOf(row)) };
  };
  // Quartiles of 1 to 8, interpolated as numpy does: 2.75, 4.5 and 6.25.
  const { places: eight, slices } = places(8, 1, 2, 3, 4, 5, 6, 7);
  assert.deepEqual(eight, [3, 0, 0, 1, 1, 2, 2, 3]);
  assert.deepEqual(slices, ['below 2.8', '2.8 to 4.5', '4.5 to 6.3', '6.3 or more']);
  assert.deepEqual(places(7, 7, 7, 7).places, [3, 3, 3, 3]);
});

test('accuracy is counted in each slice, with intervals', () => {
  const [all, ...rest] = sliceAccuracies(predictions([4, 5]), slicingsOf(dataset(), null));
  assert.deepEqual([all!.property, all!.images, all!.hits], [null, 7, 4]);
  assert.equal(all!.accuracy, 4 / 7);
  assert.deepEqual(all!.interval, wilsonInterval(4, 7));
  const of = (property: RegExp) =>
    rest.filter((slice) => property.test(slice.property!)).map(({ images, hits }) => [hits, images]);
  // By brightness, image i is brighter than image i - 1: rows 0 and 1, 2 and 3, 4 and 5, 6 and 7; row 0 was not predicted.
  assert.deepEqual(of(/brightness/), [
    [1, 1],
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  // Flat images have no contrast and no edges; a column of 255 stands out the more the darker the rest is: 1, 3, 5, 7.
  for (const property of [/contrast/, /sharpness/])
    assert.deepEqual(of(property), [
      [0, 0],
      [2, 3],
      [1, 2],
      [1, 2],
    ]);
  assert.deepEqual(of(/copy/), [
    [3, 5],
    [1, 2],
  ]);
  assert.deepEqual(of(/FER/), []);
});

test('images are divided by how many raters agree, and on what', () => {
  const votes = votesOf(
    { anger: 10 },
    { disgust: 9, fear: 1 }, // the label
    { anger: 8, fear: 2 }, // another emotion
    { contempt: 7, happiness: 3 }, // none of the seven
    { sadness: 6, fear: 4 }, // the label
    { surprise: 5, fear: 5 }, // several lead
    { NF: 4, neutral: 3, fear: 3 }, // none of the seven
    { anger: 3, fear: 2, sadness: 2, neutral: 2, happiness: 1 }, // the label
  );
  const all = sliceAccuracies(predictions(), slicingsOf(dataset(), votes));
  const of = (property: RegExp) =>
    all
      .filter((slice) => property.test(slice.property ?? ''))
      .map(({ slice, images, hits }) => [slice, hits, images]);
  assert.deepEqual(of(/votes/), [
    ['up to 4 of 10', 1, 2],
    ['5 or 6', 1, 2],
    ['7 or 8', 1, 2],
    ['9 or 10', 1, 1],
  ]);
  assert.deepEqual(of(/leads/), [
    ['is the label', 3, 3],
    ['is another emotion of the seven', 1, 1],
    ['is none of the seven', 0, 2],
    ['several lead', 0, 1],
  ]);
  assert.deepEqual(of(/copy/), []); // nobody looked
});

test('the table names each model, and says where votes are missing', () => {
  const slices = sliceAccuracies(predictions(), slicingsOf(dataset(), null));
  const models = ['a', 'b'].map((model) => ({ model, slices }));
  const { title, rows, notes } = tableSlices(models, { part: 'test', isSynthetic: true, hasVotes: false });
  assert.equal(title, 'Accuracy on slices of the test part (synthetic sample)');
  assert.deepEqual([rows.length, rows[0]!.model, rows.at(-1)!.model], [26, 'a', 'b']);
  assert.match(notes!.at(-1)!, /No FER\+ votes were found/);
});
