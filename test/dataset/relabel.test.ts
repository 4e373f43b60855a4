import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { describeCopy } from '../../src/dataset/describe';
import { loadDataset } from '../../src/dataset/load';
import { FERPLUS } from '../../src/dataset/specs/ferplus';
import { pixelText, scratchFolder, writeCsv } from './files';

const HEADER = 'Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF';
/** Ten votes each, of three images that have a leading class and four that have none. */
const VOTES = [
  'Training,a,0,0,0,0,0,0,0,6,4,0', // contempt
  'Training,b,5,5,0,0,0,0,0,0,0,0', // two choices lead
  'PublicTest,c,1,0,0,0,0,4,2,0,3,0', // disgust
  'PublicTest,d,2,0,0,0,0,0,0,0,8,0', // most could not tell
  'PrivateTest,e,0,0,0,0,0,0,0,0,0,10', // no face
  'PrivateTest,f,0,0,0,0,0,0,0,4,4,2', // a class and "unknown" lead
  'PrivateTest,g,7,0,0,3,0,0,0,0,0,0', // neutral
];

/** A table of FER-2013 whose labels say something else. @returns its path */
function writeImages(t: TestContext): string {
  const rows = VOTES.map((line, i) => `3,${pixelText(i)},${line.split(',')[0]}`);
  return writeCsv(scratchFolder(t), ['emotion,pixels,Usage', ...rows], 'fer2013.csv');
}

test('FER+ holds the images of FER-2013 whose votes have one leading class, under its label', async (t) => {
  const path = writeImages(t);
  writeFileSync(join(path, '..', 'fer2013new.csv'), [HEADER, ...VOTES].join('\n'));
  const options = { path, classes: 'official' };
  const [dataset, base] = [await loadDataset({ ...options, spec: FERPLUS }), await loadDataset(options)];
  const { labels, usages, images, source } = dataset;
  assert.deepEqual(
    [...labels].map((label) => FERPLUS.classes[label]),
    ['Contempt', 'Disgust', 'Neutral'],
  );
  assert.deepEqual([...usages], [0, 1, 2]);
  const size = 48 * 48;
  for (const [row, from] of [0, 2, 6].entries())
    assert.deepEqual(
      images.subarray(row * size, (row + 1) * size),
      base.images.subarray(from * size, (from + 1) * size),
    );
  assert.notEqual(source.sha256, base.source.sha256);
  const { notes, classEvidence } = describeCopy(dataset);
  assert.match(notes.join(), /2 images on which two choices lead, and 2 on which most saw no face/);
  assert.equal(classEvidence, 'the choice of most people in fer2013new.csv');
});

test('without votes FER+ is refused, with the names of the file', async (t) => {
  const options = { path: writeImages(t), classes: 'official', spec: FERPLUS };
  await assert.rejects(loadDataset(options), (error: Error & { remedy?: string }) => {
    assert.match(error.message, /there are no votes/);
    assert.match(error.remedy!, /fer2013new\.csv.*\$FERPLUS/);
    return true;
  });
});
