import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { columnNames, formatCells } from '../../src/report/formats/cells';
import { openRun } from '../../src/run/open-run';
import { loadStudy } from '../../src/study/definition';
import { loadStudyResults } from '../../src/study/results';
import { runStudy, variantFolder } from '../../src/study/run';
import { tableStudy } from '../../src/study/table';
import { temporaryFolder } from '../temporary';
import { tinyDataset } from '../train/tiny';

const STUDY = {
  title: 'What it is worth',
  protocol: 'Two epochs.',
  profile: 'smoke',
  set: { epochs: 2, batchSize: 14, precision: 'float32', augmentation: { cutoutPixels: 4 } },
  variants: [
    { name: 'recipe', change: 'the recipe' },
    { name: 'no-cutout', change: 'no cutout', set: { augmentation: { cutoutPixels: 0 } } },
    { name: 'other-split', change: 'other split', set: { protocol: 'paper' } },
  ],
};

function studyFile(t: TestContext, study: object): string {
  const folder = temporaryFolder(t);
  const before = process.env.FERLAB_RUNS;
  process.env.FERLAB_RUNS = join(folder, 'runs');
  t.after(() => {
    if (before === undefined) delete process.env.FERLAB_RUNS;
    else process.env.FERLAB_RUNS = before;
  });
  const file = join(folder, 'worth.json');
  writeFileSync(file, JSON.stringify(study));
  return file;
}

test('a variant sets single fields, also of the augmentation, over those that all share', (t) => {
  const { name, variants } = loadStudy(studyFile(t, STUDY));
  assert.equal(name, 'worth');
  const [recipe, noCutout] = variants.map(({ config }) => config);
  assert.equal(recipe!.epochs, 2);
  assert.equal(recipe!.augmentation.cutoutPixels, 4);
  assert.deepEqual(noCutout!.augmentation, { ...recipe!.augmentation, cutoutPixels: 0 });
  assert.deepEqual({ ...noCutout, augmentation: null }, { ...recipe, augmentation: null });
});

test('another optimiser brings its own fields', (t) => {
  const optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.0005 };
  const study = { ...STUDY, variants: [{ name: 'sgd', change: 'SGD', set: { optimizer } }] };
  assert.deepEqual(loadStudy(studyFile(t, study)).variants[0]!.config.optimizer, optimizer);
});

for (const [what, change, message] of [
  ['a field that does not exist', { set: { learningRat: 1 } }, /learningRat/],
  [
    'two variants of one name',
    { variants: [STUDY.variants[0], STUDY.variants[0]] },
    /two variants have the name "recipe"/,
  ],
  ['a name that leaves the folder', { variants: [{ name: '../x', change: 'x' }] }, /variants\.0\.name/],
  ['no variants', { variants: [] }, /variants/],
  ['an augmentation that is switched off', { set: { augmentation: false } }, /set\.augmentation: /],
  ['an augmentation of nothing', { set: { augmentation: null } }, /set\.augmentation: /],
  ['a list for an optimiser', { set: { optimizer: ['sgd'] } }, /set\.optimizer: /],
  ['settings of nothing', { set: null }, /set: /],
  ['a field of nothing', { set: { epochs: null } }, /epochs: /],
  ['a newer form', { format: 'ferlab-study-2' }, /format: /],
  [
    'a variant whose augmentation is switched off',
    { variants: [{ name: 'x', change: 'x', set: { augmentation: false } }] },
    /variants\.0\.set\.augmentation: /,
  ],
] as const) {
  test(`${what} is named`, (t) => {
    const file = studyFile(t, { ...STUDY, ...change });
    assert.throws(() => loadStudy(file), message);
  });
}

test('trains each variant once, and compares on the same images only', async (t) => {
  const study = loadStudy(studyFile(t, STUDY));
  const options = { dataset: tinyDataset() };
  assert.equal(loadStudyResults(study), null);
  await runStudy(study, options);
  const finished = () =>
    study.variants.map((variant) => openRun(variantFolder(study, variant)).record.finishedAt);
  const first = finished();
  await runStudy(study, options);
  assert.deepEqual(finished(), first);
  const { variants } = loadStudyResults(study)!;
  const [recipe, noCutout, otherSplit] = variants;
  assert.equal(recipe!.difference, null);
  assert.equal(otherSplit!.difference, null, 'another split has other validation images');
  assert.ok(Math.abs(noCutout!.difference!.difference - (noCutout!.accuracy - recipe!.accuracy)) < 1e-12);
  assert.equal(recipe!.imagesSeen, 2 * 42);
  assert.equal(recipe!.accuracy, recipe!.correct / 14);
});

test('the table shows a dash where there is nothing to compare', async (t) => {
  const study = loadStudy(studyFile(t, { ...STUDY, variants: STUDY.variants.slice(0, 1) }));
  await runStudy(study, { dataset: tinyDataset() });
  const table = tableStudy(loadStudyResults(study)!);
  assert.match(table.title!, /synthetic sample/);
  assert.equal(formatCells(table)[0]![columnNames(table).indexOf('Difference, points')], '–');
});
