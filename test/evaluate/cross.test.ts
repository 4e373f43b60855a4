import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { loadDataset } from '../../src/dataset/load';
import { CK_PLUS } from '../../src/dataset/specs/ck-plus';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { RAF_DB } from '../../src/dataset/specs/raf-db';
import { evaluateAcross, intervalOverPeople } from '../../src/evaluate/cross/cross';
import { sharedClasses } from '../../src/evaluate/cross/shared-classes';
import { openRun } from '../../src/run/open-run';
import { modelFolder } from '../../src/run/published-models';
import { scratchFolder } from '../dataset/files';

test('classes are shared by their names, whatever their numbers and spelling', () => {
  const names = (shared: ReturnType<typeof sharedClasses>) =>
    shared.map(({ name, trained, tested }) => `${name} ${trained} ${tested}`);
  assert.deepEqual(names(sharedClasses(FER2013, RAF_DB)), [
    'Surprise 5 0',
    'Fear 2 1',
    'Disgust 1 2',
    'Happiness 3 3',
    'Sadness 4 4',
    'Anger 0 5',
    'Neutral 6 6',
  ]);
  assert.equal(sharedClasses(FER2013, CK_PLUS).length, 7, 'contempt is no class of FER-2013');
  const animals = { ...RAF_DB, title: 'Animals', classes: ['Cat', 'Dog'] };
  assert.throws(() => sharedClasses(FER2013, animals), /share 0 classes/);
});

test('one person, or people who are all alike, leave no doubt; two opposites leave all', () => {
  const interval = (hits: number[], people: number[]) =>
    intervalOverPeople(hits.map(Boolean), Uint16Array.from(people), 1);
  assert.deepEqual(interval([1, 0, 1, 1], [7, 7, 7, 7]), [0.75, 0.75]);
  assert.deepEqual(interval([1, 0, 0, 1], [1, 1, 2, 2]), [0.5, 0.5]);
  assert.deepEqual(interval([1, 1, 1, 0], [1, 1, 1, 2]), [0, 1]);
});

test('a majority guess is right on the images of its class, of which those of unknown classes are no part', async (t) => {
  const root = join(scratchFolder(t), 'ck');
  const names = [
    'happy/S001_006_00000017',
    'happy/S002_006_00000017',
    'anger/S001_001_00000017',
    'contempt/S002_009_00000017',
  ];
  for (const [i, name] of names.entries()) {
    const path = join(root, `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    const background = { r: 40 * i, g: 40 * i, b: 40 * i };
    await sharp({ create: { width: 48, height: 48, channels: 3, background } })
      .png()
      .toFile(path);
  }
  const dataset = await loadDataset({ path: root, spec: CK_PLUS });
  const majority = openRun(modelFolder('majority'));
  const { images, leftOut, people, accuracy, meanRecall, classes } = evaluateAcross(majority, dataset);
  assert.deepEqual([images, leftOut, people], [3, 1, 2]);
  assert.ok(Math.abs(accuracy - 2 / 3) < 1e-12);
  assert.equal(meanRecall, 0.5);
  assert.deepEqual(
    classes.filter(({ count }) => count > 0),
    [
      { name: 'Anger', count: 1, correct: 0 },
      { name: 'Happiness', count: 2, correct: 2 },
    ],
  );
  assert.throws(() => evaluateAcross(majority, { ...dataset, spec: FER2013 }), /trained on FER-2013 itself/);
  const large = { ...dataset, spec: { ...CK_PLUS, side: 64 } };
  assert.throws(() => evaluateAcross(majority, large), /images of 48 pixels, those of CK\+ have 64/);
});
