import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crowdLabels } from '../../src/dataset/crowd-labels';
import { FERPLUS_CHOICES } from '../../src/dataset/ferplus';
import { FER2013 } from '../../src/dataset/specs/fer2013';

/** Votes for neutral, happiness, surprise, sadness, anger, disgust, fear, contempt, unknown, not a face; labels are 6, 3, 5, 4, 0. */
const VOTES = [
  [0, 7, 3, 0, 0, 0, 0, 0, 0, 0], // happiness leads: class 3, label 6
  [0, 0, 5, 0, 0, 0, 5, 0, 0, 0], // surprise and fear lead together: classes 5 and 2
  [1, 0, 0, 0, 0, 0, 0, 8, 1, 0], // contempt leads, which is no class; one vote for neutral, class 6
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 10], // nobody sees a face
  [0, 0, 0, 1, 4, 3, 0, 2, 0, 0], // anger leads: class 0, label 0
];
const crowd = {
  path: 'votes.csv',
  count: VOTES.length,
  votes: Uint8Array.from(VOTES.flat()),
  usages: new Uint8Array(VOTES.length),
};
const dataset = { spec: FER2013, labels: Uint8Array.of(6, 3, 5, 4, 0) };
const ROWS = Uint32Array.of(4, 3, 2, 1, 0);

test('the leading choice is the label of images on which one class leads', () => {
  const { rows, labels, shares } = crowdLabels(crowd, dataset, { kind: 'crowd-leader', rows: ROWS });
  assert.deepEqual([...rows], [4, 0]);
  assert.deepEqual([...labels], [3, 3, 5, 4, 0]);
  assert.equal(shares, null);
});

test('shares of votes are those of the classes, of all images with a vote for one', () => {
  const { rows, labels, shares } = crowdLabels(crowd, dataset, { kind: 'crowd-votes', rows: ROWS });
  assert.deepEqual([...rows], [4, 2, 1, 0]);
  assert.deepEqual([labels[4], labels[2], labels[1], labels[0]], [0, 6, 2, 3]);
  const expected = [
    [4 / 8, 3 / 8, 0, 0, 1 / 8, 0, 0],
    [0, 0, 0, 0, 0, 0, 1],
    [0, 0, 1 / 2, 0, 0, 1 / 2, 0],
    [0, 0, 0, 7 / 10, 0, 3 / 10, 0],
  ];
  assert.deepEqual([...shares!], expected.flat().map(Math.fround));
});

test('only the images that are asked about are labelled', () => {
  const { rows, labels } = crowdLabels(crowd, dataset, { kind: 'crowd-leader', rows: Uint32Array.of(4) });
  assert.deepEqual([...rows], [4]);
  assert.equal(labels[0], dataset.labels[0]);
  assert.equal(FERPLUS_CHOICES.length, VOTES[0]!.length);
});
