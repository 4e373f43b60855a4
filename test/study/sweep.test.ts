import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { configHash } from '../../src/run/config';
import { loadStudy } from '../../src/study/definition';
import { only, planOf } from '../../src/study/plan';
import { publishedStudy } from '../../src/study/published';
import type { VariantResult } from '../../src/study/results';
import { summarizeSettings } from '../../src/study/settings';
import { temporaryFolder } from '../temporary';

const BASE = { title: 'A sweep', protocol: 'Two epochs.', profile: 'smoke', set: { epochs: 2 } };

function load(t: TestContext, sweep: object, more: object = {}) {
  const file = join(temporaryFolder(t), 'sweep.json');
  writeFileSync(file, JSON.stringify({ ...BASE, ...more, sweep }));
  return loadStudy(file).variants;
}

test('a grid is every combination of its values, each with every seed', (t) => {
  const grid = {
    learningRate: [0.1, 0.01],
    'optimizer.weightDecay': [0, 0.0005],
    'augmentation.flip': [false],
  };
  const variants = load(t, { grid, seeds: [1, 2] });
  assert.deepEqual(
    variants.map(({ config }) => [config.learningRate, config.optimizer.weightDecay, config.seed]),
    [
      [0.1, 0, 1],
      [0.1, 0, 2],
      [0.1, 0.0005, 1],
      [0.1, 0.0005, 2],
      [0.01, 0, 1],
      [0.01, 0, 2],
      [0.01, 0.0005, 1],
      [0.01, 0.0005, 2],
    ],
  );
  assert.ok(variants.every(({ config }) => config.epochs === 2 && !config.augmentation.flip));
  const [first, second] = variants;
  assert.equal(first!.change, 'learningRate 0.1, optimizer.weightDecay 0, augmentation.flip false, seed 1');
  assert.equal(first!.name, `${configHash({ ...first!.config, seed: 0 })}-seed1`);
  assert.equal(first!.name.split('-')[0], second!.name.split('-')[0], 'seeds of a setting share its hash');
  const study = { name: 's', title: 't', protocol: 'p', variants };
  const plan = planOf(study);
  assert.equal(plan.length, 8);
  for (const { number, name } of plan) {
    assert.deepEqual(only(study, [String(number)]).variants, [variants[number]]);
    assert.deepEqual(only(study, [name]).variants, [variants[number]]);
  }
  assert.throws(() => only(study, ['8']), /no run "8"/);
});

test('two fields of one group are both set', (t) => {
  const grid = { 'augmentation.flip': [false], 'augmentation.cutoutPixels': [9] };
  const [only] = load(t, { grid });
  assert.deepEqual([only!.config.augmentation.flip, only!.config.augmentation.cutoutPixels], [false, 9]);
});

test('a value that is added to a grid leaves the names of the other runs', (t) => {
  const names = (values: number[]) =>
    load(t, { grid: { learningRate: values }, seeds: [3] }).map(({ name }) => name);
  const [before, after] = [names([0.1, 0.01]), names([0.3, 0.1, 0.01])];
  assert.deepEqual(after.slice(1), before);
});

test('random settings are different, lie in their ranges and depend on the seed of the sweep alone', (t) => {
  const values = {
    learningRate: { from: 0.001, to: 0.3, scale: 'log' },
    epochs: { from: 2, to: 9, scale: 'linear', whole: true },
    'augmentation.cutoutPixels': [0, 12],
  };
  const draw = (seed: number) =>
    load(t, { random: { count: 200, seed, values } }).map(({ config }) => config);
  const configs = draw(1);
  assert.equal(new Set(configs.map(configHash)).size, 200);
  for (const { learningRate, epochs } of configs) {
    assert.ok(learningRate >= 0.001 && learningRate <= 0.3);
    assert.ok(Number.isInteger(epochs) && epochs >= 2 && epochs <= 9);
  }
  const drawn = new Set(configs.map(({ epochs }) => epochs));
  assert.deepEqual([...drawn].sort(), [2, 3, 4, 5, 6, 7, 8, 9], 'both ends of a range are drawn');
  // Half of a log-uniform draw lies below the geometric mean of the ends, 0.0173.
  const low = configs.filter(({ learningRate }) => learningRate < Math.sqrt(0.001 * 0.3)).length;
  assert.ok(low > 75 && low < 125, String(low));
  assert.deepEqual(new Set(configs.map(({ augmentation }) => augmentation.cutoutPixels)), new Set([0, 12]));
  assert.deepEqual(draw(1), configs);
  assert.notDeepEqual(draw(2), configs);
});

for (const [what, sweep, message] of [
  ['a field that does not exist', { grid: { learningRat: [1] } }, /learningRat/],
  ['a field too deep', { grid: { 'optimizer.a.b': [1] } }, /optimizer\.a\.b/],
  ['a value out of range', { grid: { epochs: [0] } }, /epochs/],
  ['no values', { grid: { epochs: [] } }, /epochs/],
  ['neither a grid nor anything else', { seeds: [1] }, /one of "grid", "random" and "search"/],
  [
    'a grid beside a search',
    { grid: { epochs: [1] }, search: { values: { epochs: [1] } } },
    /one of "grid", "random" and "search"/,
  ],
  [
    'a range that falls',
    { random: { count: 1, seed: 1, values: { epochs: { from: 3, to: 2, scale: 'linear' } } } },
    /from/,
  ],
  [
    'a log scale from nothing',
    { random: { count: 1, seed: 1, values: { epochs: { from: 0, to: 2, scale: 'log' } } } },
    /log scale/,
  ],
  [
    'more settings than there are',
    { random: { count: 3, seed: 1, values: { epochs: [1, 2] } } },
    /only 2 different/,
  ],
  ['seeds as a field', { grid: { seed: [1, 2] } }, /seeds/],
  ['a value twice', { grid: { epochs: [1, 1] } }, /two variants/],
] as const) {
  test(`${what} is named`, (t) => {
    assert.throws(() => load(t, sweep), message);
  });
}

test('a study with variants and a sweep is refused', (t) => {
  const variants = [{ name: 'recipe', change: 'the recipe' }];
  assert.throws(() => load(t, { grid: { epochs: [1] } }, { variants }), /either "variants" or "sweep"/);
});

test('settings stand over their seeds, the best mean first, named by what differs', () => {
  const [one] = publishedStudy('strong-cnn-ablations').variants;
  const result = (learningRate: number, seed: number, accuracy: number): VariantResult => ({
    ...one!,
    config: { ...one!.config, learningRate, seed },
    accuracy,
  });
  const variants = [result(0.1, 1, 0.5), result(0.2, 1, 0.61), result(0.1, 2, 0.7), result(0.2, 2, 0.63)];
  const rows = summarizeSettings(variants).map(({ setting, seeds, accuracy }) => [
    setting,
    seeds,
    accuracy.mean.toFixed(3),
    accuracy.standardDeviation!.toFixed(4),
    accuracy.smallest,
  ]);
  assert.deepEqual(rows, [
    ['learningRate 0.2', [1, 2], '0.620', '0.0141', 0.61],
    ['learningRate 0.1', [1, 2], '0.600', '0.1414', 0.5],
  ]);
});
