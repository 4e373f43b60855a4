import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { loadReport } from '../../src/report/document/document';
import { replaceFiles } from '../../src/report/document/replace-files';
import { saveReport } from '../../src/report/save';
import { temporaryFolder } from '../temporary';
import { fakeResults } from './fake-run';

const TABLES = [
  'table-1-accuracy',
  'table-2-precision',
  'table-3-recall',
  'table-4-f1',
  'summary',
  'paper-figures',
  'confusion-matrix-table',
  'by-class',
];
const FIGURES = [
  'figure-2-accuracy-by-caption',
  'figure-2-precision-by-text',
  'figure-3-recall',
  'figure-4-f1',
  'figure-5-accuracy',
  'by-class',
  'confusion-matrix',
  'training-curves',
  'class-distribution',
  'reliability',
];
const contents = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'base64')]);

test('a report: all files, then a second one over it, then one that fails', async () => {
  const parent = temporaryFolder();
  const folder = join(parent, 'new', 'figures');
  const [first, second] = [fakeResults(parent, { seed: 1 }), fakeResults(parent, { seed: 2 })];

  const names = await saveReport([first, second], folder);
  const singles = [
    ...TABLES.flatMap((name) => ['md', 'tex', 'csv', 'json'].map((ending) => `${name}.${ending}`)),
    ...FIGURES.flatMap((name) => ['svg', 'png', 'plotly.json'].map((ending) => `${name}.${ending}`)),
    'results.json',
    'results.schema.json',
  ];
  for (const name of [...singles, 'table-3-recall-seeds.md']) assert.ok(names.includes(name), name);
  assert.deepEqual(readdirSync(folder).sort(), names);
  const document = loadReport(join(folder, 'results.json'));
  assert.deepEqual(document.files, names);
  assert.deepEqual(
    document.runs.map(({ classifier }) => classifier.name),
    [first.classifier.name, second.classifier.name],
  );
  const { width, height } = await sharp(join(folder, 'figure-4-f1.png')).metadata();
  assert.deepEqual([width, height], [1140, 660]);

  // One run: the tables over seeds go; what others put there stays, even if results.json was made to name it.
  const strangers = ['notes.txt', '../README.md', 'sub/summary.md', join(parent, 'outside.md')];
  mkdirSync(join(folder, 'sub'));
  for (const name of strangers) writeFileSync(resolve(folder, name), 'mine');
  writeFileSync(
    join(folder, 'results.json'),
    JSON.stringify({ ...document, files: [...names, ...strangers] }),
  );
  assert.deepEqual(await saveReport(first, folder), singles.sort());
  assert.deepEqual(readdirSync(folder).sort(), [...singles, 'notes.txt', 'sub'].sort());
  for (const name of strangers) assert.equal(readFileSync(resolve(folder, name), 'utf8'), 'mine', name);
  rmSync(join(folder, 'sub'), { recursive: true });

  // Numbers that break the schema are found when all figures are drawn: nothing changes, nothing is left lying about.
  const before = contents(folder);
  const broken = { ...second, test: { ...second.test, count: -1 } };
  await assert.rejects(saveReport(broken, folder), /test\.count/);
  assert.deepEqual(contents(folder), before);
  assert.deepEqual(readdirSync(join(parent, 'new')), ['README.md', 'figures']);
});

test('a move that fails takes the earlier ones back', () => {
  const parent = temporaryFolder();
  const [made, target, aside] = ['made', 'target', 'aside'].map((name) => join(parent, name)) as [
    string,
    string,
    string,
  ];
  for (const [path, name, text] of [
    [made, 'a', 'new a'],
    [made, 'b', 'new b'],
    [target, 'a', 'old a'],
    [target, 'z', 'old z'],
  ] as const) {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, name), text);
  }
  const before = contents(target);
  assert.throws(() => replaceFiles({ made, target, aside }, ['a', 'missing', 'b'], ['a', 'z']), /ENOENT/);
  assert.deepEqual(contents(target), before);
  replaceFiles({ made, target, aside: join(parent, 'aside2') }, ['a', 'b'], ['a', 'z', 'never there']);
  assert.deepEqual(readdirSync(target).sort(), ['a', 'b']);
  assert.equal(readFileSync(join(target, 'a'), 'utf8'), 'new a');
});

test('what no report wrote is not overwritten', async () => {
  const parent = temporaryFolder();
  const results = fakeResults(parent);
  for (const make of [(path: string) => writeFileSync(path, 'mine'), (path: string) => mkdirSync(path)]) {
    const folder = join(parent, `figures-${readdirSync(parent).length}`);
    mkdirSync(folder);
    make(join(folder, 'summary.md'));
    await assert.rejects(saveReport(results, folder), /summary\.md: a report would overwrite this file/);
    assert.deepEqual(readdirSync(folder), ['summary.md']);
  }
});
