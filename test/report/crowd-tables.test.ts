import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findVotes, loadVotes } from '../../src/dataset/ferplus';
import { loadDataset } from '../../src/dataset/load';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { columnNames, formatCells } from '../../src/report/formats/cells';
import { tableMarkdown } from '../../src/report/formats/markdown';
import { cellsOf } from '../../src/report/table';
import { tableCrowd } from '../../src/report/tables/crowd';
import { tableCrowdLabels } from '../../src/report/tables/crowd-labels';
import { findFer2013 } from '../real-data';

const EMOTION_VOTES = {
  happy: [0, 7, 3, 0, 0, 0, 0, 0, 0, 0],
  sad: [1, 0, 0, 9, 0, 0, 0, 0, 0, 0],
  contempt: [0, 0, 0, 0, 2, 0, 0, 8, 0, 0],
  noFace: [0, 0, 0, 0, 0, 0, 0, 0, 0, 10],
  tie: [0, 0, 5, 0, 0, 0, 5, 0, 0, 0],
};

const votesOf = (rows: readonly (readonly number[])[]) => ({
  path: 'votes.csv',
  count: rows.length,
  votes: Uint8Array.from(rows.flat()),
  usages: new Uint8Array(rows.length),
});

const data = (labels: readonly number[]) => ({
  labels: Uint8Array.from(labels),
  spec: FER2013,
  source: { path: 'fer2013.csv', format: '', sha256: '' },
});

test('leaders are compared with the labels as by hand', () => {
  const { happy, sad, contempt, noFace, tie } = EMOTION_VOTES;
  const votes = votesOf([happy, happy, sad, contempt, noFace, tie]);
  // Labels: Happy, Sad, Sad, Angry, Fear, Fear. Two of three leaders among the seven are the label.
  const dataset = data([3, 4, 4, 0, 2, 2]);
  const rows = cellsOf(tableCrowd(dataset, votes)).map(([, among, of, count]) => [among, of, count]);
  assert.deepEqual(rows.slice(0, 6), [
    ['images whose leader is one of the seven emotions', 3, 2],
    ['images whose leader is one of the seven emotions or contempt', 4, 2],
    ['all images', 6, 2],
    ['all images', 6, 1],
    ['all images', 6, 0],
    ['all images', 6, 1],
  ]);
  const labels = tableCrowdLabels(dataset, votes);
  const cell = (row: number, name: string) => cellsOf(labels)[row]![columnNames(labels).indexOf(name)];
  assert.deepEqual([cell(3, 'happiness'), cell(4, 'happiness'), cell(4, 'sadness')], [1, 1, 1]);
  assert.deepEqual([cell(0, 'contempt'), cell(2, 'NF'), cell(2, 'fear')], [1, 1, 0]);
  assert.deepEqual([cell(4, 'leader is label'), cell(3, 'leader is label')], [0.5, 1]);
});

test('without votes both tables are empty, and say where votes come from', () => {
  for (const table of [tableCrowd(data([1]), null), tableCrowdLabels(data([1]), null)]) {
    assert.equal(table.rows.length, 0);
    assert.match(table.notes!.join(), /No FER\+ votes.*fer2013new\.csv.*\$FERPLUS/);
    assert.match(tableMarkdown(table), /No FER\+ votes were found/);
  }
});

test('on FER-2013 the leader is the label for two thirds of the images', { skip: realVotes() }, async () => {
  const dataset = await loadDataset({ path: findFer2013().path });
  const rows = formatCells(tableCrowd(dataset, loadVotes(dataset)));
  // Counted once with the standard library of Python on the same two files.
  assert.deepEqual(rows[0]!.slice(2, 5), ['33,500', '22,013', '0.657']);
  assert.deepEqual(rows[1]!.slice(2, 5), ['33,712', '22,013', '0.653']);
  assert.deepEqual(rows[5]!.slice(2, 4), ['35,887', '177']);
});

function realVotes(): false | string {
  const { path, skip } = findFer2013();
  const isThere = !skip && findVotes({ spec: FER2013, source: { ...data([]).source, path } }) !== null;
  return isThere ? false : skip || 'no FER+ votes beside FER-2013';
}
