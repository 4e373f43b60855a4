import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadDataset } from '../../src/dataset/load';
import { placeOf, roleOfName } from '../../src/dataset/readers/tree-names';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { greyPng, scratchFolder } from './files';

/** A folder with a picture at each path, the i-th of grey level 10 i. */
async function folderOf(t: TestContext, paths: readonly string[]): Promise<string> {
  const root = join(scratchFolder(t), 'data');
  for (const [i, path] of paths.entries()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), await greyPng(10 * i));
  }
  return root;
}

/** Label and part by grey level. */
async function placesIn(root: string): Promise<Record<number, [number, number]>> {
  const { count, images, labels, usages } = await loadDataset({ path: root });
  return Object.fromEntries(
    Array.from({ length: count }, (_, row) => [images[row * 2304]! / 10, [labels[row]!, usages[row]!]]),
  );
}

for (const [name, paths] of [
  ['parts above classes', ['train/happy/a.png', 'validation/sad/b.png', 'test/fear/c.png']],
  ['classes above parts', ['happy/train/a.png', 'sad/val/b.png', 'fear/test/c.png']],
  ['doubled folders', ['train/train/happy/a.png', 'valid/valid/sad/b.png', 'test/test/fear/c.png']],
  ['pictures one level deeper', ['train/happy/batch1/a.png', 'val/sad/x/y/b.png', 'test/fear/1/c.png']],
  ['the names of FER+', ['FER2013Train/happy/a.png', 'FER2013Valid/sad/b.png', 'FER2013Test/fear/c.png']],
  [
    'a folder in a folder',
    ['fer2013/images/train/happy/a.png', 'fer2013/images/val/sad/b.png', 'fer2013/images/test/fear/c.png'],
  ],
  ['file names alone', ['happy/Training_1.png', 'sad/PublicTest_2.png', 'fear/PrivateTest_3.png']],
  ['other names', ['Training/Happiness/a.png', 'PublicTest/SADNESS/b.png', 'PrivateTest/Fearful/c.jpg.png']],
] as const) {
  test(`${name}: classes and parts are known`, async (t) => {
    assert.deepEqual(await placesIn(await folderOf(t, paths)), { 0: [3, 0], 1: [4, 1], 2: [2, 2] });
  });
}

test("a user's own folders win over the names of the files", async (t) => {
  const paths = [
    'train/happy/Training_1.png',
    'validation/happy/Training_5.png',
    'test/sad/PublicTest_7.png',
  ];
  assert.deepEqual(await placesIn(await folderOf(t, paths)), { 0: [3, 0], 1: [3, 1], 2: [4, 2] });
});

test('a folder of all test images without one for validation is divided by the names', async (t) => {
  const paths = ['train/happy/Training_1.png', 'test/happy/PublicTest_5.png', 'test/sad/PrivateTest_7.png'];
  assert.deepEqual(await placesIn(await folderOf(t, paths)), { 0: [3, 0], 1: [3, 1], 2: [4, 2] });
});

test('misspelt and other names of a class are known', async (t) => {
  const paths = ['train/suprise/a.png', 'train/neutrality/b.png'];
  assert.deepEqual(await placesIn(await folderOf(t, paths)), { 0: [5, 0], 1: [6, 0] });
});

test('a class that lies in a folder of another name does not vanish', async (t) => {
  const named = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise'].map((name) => `train/${name}/a.png`);
  const root = await folderOf(t, [...named, 'train/Calm/a.png', 'train/Calm/b.png']);
  await assert.rejects(loadDataset({ path: root }), /no picture of Neutral.*2 files \(train\/Calm/);
});

test('every picture is used, or counted and named with the reason', async (t) => {
  const named = FER2013.classes.map((name) => `train/${name}/a.png`);
  const root = await folderOf(t, [...named, 'train/contempt/a.png', 'train/contempt/b.png', 'angry/c.png']);
  writeFileSync(join(root, 'train/Angry/notes'), 'x');
  writeFileSync(join(root, 'train/readme.txt'), 'x');
  symlinkSync('/nowhere/at/all.png', join(root, 'train/Angry/gone.png'));
  const { count, reading } = await loadDataset({ path: root });
  assert.equal(count, 7);
  const notes = reading!.notes.join('\n');
  assert.match(notes, /in no folder of a class: 2 files \(train\/contempt\/a\.png/);
  assert.match(notes, /neither folders nor name say which part.*: 1 file \(angry\/c\.png\)/);
  assert.match(notes, /not pictures, by their names: 1 file \(train\/Angry\/notes\)/);
  assert.match(notes, /links that lead nowhere: 1 file \(train\/Angry\/gone\.png\)/);
});

test('links to folders and files are followed, circles are not', async (t) => {
  const root = await folderOf(t, ['train/happy/a.png']);
  const other = await folderOf(t, ['sad/b.png', 'sad/c.png']);
  symlinkSync(join(other, 'sad'), join(root, 'train', 'sad'));
  symlinkSync(root, join(root, 'train', 'again'));
  const { labels } = await loadDataset({ path: root });
  assert.deepEqual([...labels].sort(), [3, 4, 4]);
});

test('folders that name two parts or two classes are not guessed', async (t) => {
  const named = FER2013.classes.map((name) => `train/${name}/a.png`);
  const root = await folderOf(t, [...named, 'train/test/happy/b.png', 'train/happy/sad/c.png']);
  const notes = (await loadDataset({ path: root })).reading!.notes.join('\n');
  assert.match(notes, /name two parts: 1 file/);
  assert.match(notes, /name two classes: 1 file/);
});

test('roles and places by name', () => {
  const roles = [
    'train',
    'Training_set',
    'FER2013Valid',
    'public-test',
    'test_data',
    'fer2013',
    'trainer',
    'latest',
    'evaluation',
  ];
  assert.deepEqual(roles.map(roleOfName), [
    'training',
    'training',
    'validation',
    'validation',
    'test',
    null,
    null,
    null,
    null,
  ]);
  assert.equal(placeOf(['fer2013', 'test', '4'], FER2013).label, 4);
  assert.equal(placeOf(['fer2013', 'test', '4'], FER2013).isNamed, false);
  assert.equal(placeOf(['fer2013', 'test', '7'], FER2013).label, -1);
});
