import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { countByClass } from '../../src/dataset/counts';
import { countCrowdLabels, summarizeVotes } from '../../src/dataset/crowd';
import type { ImageDataset } from '../../src/dataset/dataset';
import { findDuplicateGroups, summarizeDuplicates } from '../../src/dataset/duplicates';
import { findVotes, loadVotes } from '../../src/dataset/ferplus';
import { loadDataset } from '../../src/dataset/load';
import { declareFinal } from '../../src/dataset/sealed-test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { splitDataset } from '../../src/dataset/split';
import { tableMarkdown } from '../../src/report/formats/markdown';
import type { ReportTable } from '../../src/report/table';
import { tableNearPairs } from '../../src/report/tables/near-pairs';
import { findFer2013 } from '../real-data';

describe('the real FER-2013', { skip: findFer2013().skip }, () => {
  let dataset: ImageDataset;
  before(async () => {
    dataset = await loadDataset({ path: findFer2013().path });
  });

  test('has the official counts', () => {
    assert.equal(dataset.count, 35_887);
    assert.deepEqual(countByClass(dataset), FER2013.officialCounts);
  });

  test('has the exact copies that were counted by others', () => {
    assert.deepEqual(summarizeDuplicates(dataset, findDuplicateGroups(dataset)), {
      images: 35_887,
      distinct: 34_034,
      removable: 1853,
      groups: 1516,
      conflicting: 57,
      inTraining: { PublicTest: 280, PrivateTest: 288 },
    });
  });

  test('has the pairs of near copies that the data sheet prints', () => {
    const sheet = readFileSync(join(__dirname, '../../docs/data-sheet.md'), 'utf8');
    assert.ok(sheet.includes(tableMarkdown(tableNearPairs(dataset) as ReportTable<unknown>)));
  });

  test('has 12 images of one grey level, and another that is nearly of one', () => {
    let exact = 0;
    let nearly = 0;
    for (let row = 0; row < dataset.count; row++) {
      const pixels = dataset.images.subarray(row * 2304, (row + 1) * 2304);
      const range = pixels.reduce((a, b) => Math.max(a, b)) - pixels.reduce((a, b) => Math.min(a, b));
      if (range === 0) exact++;
      if (range <= 8) nearly++;
    }
    assert.equal(nearly, 13);
    assert.equal(exact, 12);
  });

  test('a random 70/15/15 split leaves about 7.1 % of its test images with a copy in training', () => {
    const groups = findDuplicateGroups(dataset);
    const leaked = (protocol: 'paper' | 'paper-deduplicated') => {
      const split = splitDataset(dataset, { protocol, seed: 0 });
      const inTraining = new Set(Array.from(split.training, (row) => groups[row]!));
      const test = split.test.open(declareFinal('test'));
      return test.filter((row) => inTraining.has(groups[row]!)).length / test.length;
    };
    assert.ok(Math.abs(leaked('paper') - 0.071) < 0.01, String(leaked('paper')));
    assert.equal(leaked('paper-deduplicated'), 0);
  });

  test('has the label noise that the votes of FER+ show', (t) => {
    if (findVotes(dataset) === null) return t.skip('no FER+ votes beside the data');
    const votes = loadVotes(dataset)!;
    const summary = summarizeVotes(votes);
    assert.equal(summary.notFaces, 177);
    assert.equal(summary.taggerAgreement.toFixed(3), '0.702');
    assert.equal(summary.taggerAgreementOnEmotions.toFixed(3), '0.738');
    assert.equal(summary.bestSingleAnswer.toFixed(3), '0.775');
    const training = countCrowdLabels(votes, dataset, 'Training');
    const saidBy = (choice: number) => training.reduce((sum, row) => sum + row[choice]!, 0);
    assert.deepEqual([saidBy(5), saidBy(6)], [175, 648], 'disgust and fear by majority');
  });
});
