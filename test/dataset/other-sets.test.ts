import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import type { ImageDataset } from '../../src/dataset/dataset';
import { describeCopy } from '../../src/dataset/describe';
import { loadDataset } from '../../src/dataset/load';
import { AFFECTNET } from '../../src/dataset/specs/affectnet';
import { CK_PLUS } from '../../src/dataset/specs/ck-plus';
import { JAFFE } from '../../src/dataset/specs/jaffe';
import { RAF_DB } from '../../src/dataset/specs/raf-db';
import { splitDataset } from '../../src/dataset/split';
import { projectRoot } from '../../src/paths';
import { pixelText, scratchFolder, writeCsv } from './files';

/** Files of given content in a folder; a number is a picture of that grey level. */
async function folderOf(t: TestContext, files: Readonly<Record<string, string | number>>): Promise<string> {
  const root = join(scratchFolder(t), 'data');
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === 'string') writeFileSync(path, content);
    else await picture(content).toFile(path);
  }
  return root;
}

const picture = (grey: number) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: { r: grey, g: grey, b: grey } } });

/** Class names and parts by grey level. */
const placesOf = ({ spec, images, labels, usages, count }: ImageDataset): Record<number, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, row) => [
      images[row * spec.side ** 2]!,
      [spec.classes[labels[row]!], spec.parts[usages[row]!]?.name].filter(Boolean).join(' '),
    ]),
  );

test('CK+ as a table: eight classes by their codes, without official parts, which is said', async (t) => {
  const counts = [45, 59, 25, 69, 28, 83, 593, 18];
  const lines = counts.flatMap((count, label) =>
    Array.from({ length: count }, (_, i) => `${label},Training,${pixelText(100 * label + i)}`),
  );
  const path = writeCsv(scratchFolder(t), ['emotion,Usage,pixels', ...lines], 'ckextended.csv');
  const dataset = await loadDataset({ path, spec: CK_PLUS });
  const { counts: found, differences, notes, classEvidence } = describeCopy(dataset);
  assert.deepEqual(found.flat(), counts);
  assert.equal(differences, null);
  assert.deepEqual(notes, ['not used: the column of the parts, for CK+ has no official ones']);
  assert.match(classEvidence, /numbers in official order, by counts/);
  assert.throws(
    () => splitDataset(dataset, { protocol: 'by-subject', seed: 0 }),
    /nothing in this copy tells who is seen/,
  );
  assert.equal(splitDataset(dataset, { protocol: 'paper', seed: 1 }).validation.length, 138);
});

test('CK+ as a table in alphabetical order is refused', async (t) => {
  const alphabetical = [45, 18, 59, 25, 69, 593, 28, 83];
  const lines = alphabetical.flatMap((count, label) =>
    Array.from({ length: count }, (_, i) => `${label},${pixelText(100 * label + i)}`),
  );
  const path = writeCsv(scratchFolder(t), ['emotion,pixels', ...lines], 'ck.csv');
  await assert.rejects(loadDataset({ path, spec: CK_PLUS }), /in alphabetical order/);
});

test('CK+ as folders: contempt is a class, the names tell the people, and no fold shares one', async (t) => {
  const people = ['S010', 'S011', 'S014', 'S022', 'S026'];
  const files = people.flatMap((person, i) =>
    ['anger', 'contempt', 'happy'].map((name, k) => [
      `${name}/${person}_00${k}_00000017.png`,
      20 * i + 3 * k,
    ]),
  );
  const dataset = await loadDataset({ path: await folderOf(t, Object.fromEntries(files)), spec: CK_PLUS });
  assert.deepEqual(new Set(Object.values(placesOf(dataset))), new Set(['Anger', 'Contempt', 'Happiness']));
  assert.equal(new Set(dataset.subjects).size, 5);
  assert.match(describeCopy(dataset).differences!, /the copy has 15 images, not 920/);
  const { training, validation } = splitDataset(dataset, { protocol: 'by-subject', seed: 2 });
  const peopleOf = (rows: Uint32Array) => new Set(Array.from(rows, (row) => dataset.subjects![row]));
  assert.deepEqual([training.length, validation.length, peopleOf(validation).size], [9, 3, 1]);
  assert.ok([...peopleOf(validation)].every((person) => !peopleOf(training).has(person)));
});

test('a picture of CK+ whose name does not tell the person is refused', async (t) => {
  const path = await folderOf(t, { 'anger/1.png': 10, 'happy/S010_001_00000017.png': 20 });
  await assert.rejects(
    loadDataset({ path, spec: CK_PLUS }),
    /anger\/1\.png: its name does not identify the person/,
  );
});

test('JAFFE: classes and people are those of the names, in one folder or in folders of classes', async (t) => {
  const files = {
    'KA.AN1.39.tiff': 10,
    'KA.NE3.28.tiff': 20,
    'YM.SU2.60.tiff': 30,
    'fear/TM.FE2.183.tiff': 40,
    README: 'x',
  };
  const dataset = await loadDataset({ path: await folderOf(t, files), spec: JAFFE });
  assert.deepEqual(placesOf(dataset), { 10: 'Anger', 20: 'Neutral', 30: 'Surprise', 40: 'Fear' });
  assert.equal(new Set(dataset.subjects).size, 3);
});

test('a TIFF of JAFFE with a palette has the grey levels of its colours', async (t) => {
  const root = await folderOf(t, { 'KA.AN1.39.tiff': 10 });
  const path = join(root, 'KL.HA1.158.tiff');
  const script = `
from PIL import Image
image = Image.new("P", (48, 48))
image.putpalette([255 - level for level in range(256) for _ in "rgb"])
image.putdata([place % 256 for place in range(48 * 48)])
image.save(${JSON.stringify(path)})
assert Image.open(${JSON.stringify(path)}).mode == "P"`;
  const { status, stderr } = spawnSync(join(projectRoot(), '.venv/bin/python'), ['-c', script]);
  assert.equal(status, 0, String(stderr));
  const { images, labels } = await loadDataset({ path: root, spec: JAFFE });
  const row = labels.indexOf(JAFFE.classes.indexOf('Happiness'));
  const read = images.subarray(row * 2304, (row + 1) * 2304);
  assert.deepEqual(
    [...read],
    Array.from({ length: 2304 }, (_, place) => 255 - (place % 256)),
  );
});

test('a picture of JAFFE in the folder of another class, or without a class in its name, is told', async (t) => {
  const files = { 'happy/KA.AN1.39.tiff': 10, 'KA.HA1.29.tiff': 20, 'portrait.tiff': 30 };
  const { notes } = describeCopy(await loadDataset({ path: await folderOf(t, files), spec: JAFFE }));
  assert.deepEqual(notes, [
    'not used, its folder and its name or the list tell different classes: 1 file (happy/KA.AN1.39.tiff)',
    'not used, the name tells no class: 1 file (portrait.tiff)',
  ]);
});

test('folders of parts and classes are enough where names of files say nothing', async (t) => {
  const files = { 'train/fear/a.png': 10, 'test/anger/b.png': 20 };
  const dataset = await loadDataset({ path: await folderOf(t, files), spec: RAF_DB });
  assert.deepEqual(placesOf(dataset), { 10: 'Fear train', 20: 'Anger test' });
});

const LIST = 'train_00001.jpg 5\ntrain_00002.jpg 1\ntest_0001.jpg 7\n';

test('RAF-DB: the list tells the classes from 1, the names tell the parts', async (t) => {
  const files = {
    'EmoLabel/list_patition_label.txt': LIST,
    'Image/aligned/train_00001_aligned.jpg': 10,
    'Image/aligned/train_00002_aligned.jpg': 30,
    'Image/aligned/test_0001_aligned.jpg': 50,
    'Image/aligned/test_0002_aligned.jpg': 70,
  };
  const dataset = await loadDataset({ path: await folderOf(t, files), spec: RAF_DB });
  assert.deepEqual(placesOf(dataset), { 10: 'Sadness train', 30: 'Surprise train', 50: 'Neutral test' });
  const { notes } = describeCopy(dataset);
  assert.deepEqual(notes, [
    'not used, not in EmoLabel/list_patition_label.txt: 1 file (Image/aligned/test_0002_aligned.jpg)',
  ]);
});

test('RAF-DB as folders numbered from 1 is read with the order that its counts show, or refused', async (t) => {
  const files = { 'DATASET/train/1/train_00002_aligned.jpg': 10, 'DATASET/test/7/test_0001_aligned.jpg': 20 };
  const path = await folderOf(t, files);
  await assert.rejects(loadDataset({ path, spec: RAF_DB }), /nothing shows their order/);
  const dataset = await loadDataset({ path, spec: RAF_DB, classes: 'official' });
  assert.deepEqual(placesOf(dataset), { 10: 'Surprise train', 20: 'Neutral test' });
});

for (const [what, list, message] of [
  [
    'a class that does not exist',
    'train_00001.jpg 8\n',
    /label\.txt, line 1: "train_00001\.jpg 8" is not a file and a number from 1 to 7/,
  ],
  ['a line that is no entry', `${LIST}<html>\n`, /line 4: "<html>" is not a file/],
  ['an entry twice', `${LIST}train_00001.jpg 4\n`, /line 4: train_00001\.jpg stands twice/],
] as const) {
  test(`a list of RAF-DB with ${what} is refused`, async (t) => {
    const path = await folderOf(t, { 'list_patition_label.txt': list, 'train_00001_aligned.jpg': 10 });
    await assert.rejects(loadDataset({ path, spec: RAF_DB }), message);
  });
}

test('originals and crops of RAF-DB together are refused: nobody would see that images count twice', async (t) => {
  const files = {
    'list_patition_label.txt': LIST,
    'aligned/train_00001_aligned.jpg': 10,
    'original/train_00001.jpg': 10,
  };
  await assert.rejects(
    loadDataset({ path: await folderOf(t, files), spec: RAF_DB }),
    /are the same entry of the list/,
  );
});

test('where no official part is for validation, 15 % of the training part are, by class and copies together', async (t) => {
  const files: Record<string, number> = {};
  for (let i = 0; i < 40; i++) files[`train/${1 + (i % 2)}/train_${i}.png`] = 5 * (i >> 2);
  for (let i = 0; i < 4; i++) files[`test/${1 + (i % 2)}/test_${i}.png`] = 201 + i;
  const dataset = await loadDataset({ path: await folderOf(t, files), spec: RAF_DB, classes: 'official' });
  const { training, validation, test: sealed } = splitDataset(dataset, { protocol: 'official', seed: 1 });
  assert.deepEqual([training.length + validation.length, sealed.count], [40, 4]);
  // Two classes of 20 images in groups of two: 17 of each would be trained on, so 18.
  assert.equal(validation.length, 4);
  const grey = (row: number) => dataset.images[row * 2304]!;
  const trained = new Set(Array.from(training, grey));
  assert.ok(
    Array.from(validation, grey).every((level) => !trained.has(level)),
    'copies stay together',
  );
});

test('AffectNet as folders: by name, or by numbers in the order that is stated; its validation part is the test part', async (t) => {
  const named = { 'AffectNet/train/contempt/a.jpg': 10, 'AffectNet/val/happy/b.jpg': 20 };
  const dataset = await loadDataset({ path: await folderOf(t, named), spec: AFFECTNET });
  assert.deepEqual(placesOf(dataset), { 10: 'Contempt train', 20: 'Happy val' });
  assert.deepEqual(
    AFFECTNET.parts.map(({ role }) => role),
    ['training', 'test'],
  );
  const numbered = { 'train/7/a.jpg': 10, 'train/0/c.jpg': 30, 'val/1/b.jpg': 20 };
  const path = await folderOf(t, numbered);
  await assert.rejects(loadDataset({ path, spec: AFFECTNET }), /nothing shows their order/);
  const counted = await loadDataset({ path, spec: AFFECTNET, classes: 'official' });
  assert.deepEqual(placesOf(counted), { 10: 'Contempt train', 20: 'Happy val', 30: 'Neutral train' });
});
