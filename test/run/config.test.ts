import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { checkConfig, configHash, type RunConfig, runName } from '../../src/run/config';
import { describeDifferences } from '../../src/run/differences';
import { buildConfig, PROFILE_NAMES } from '../../src/run/profiles';

const CONFIG = buildConfig('quick');

function problemOf(change: object): string {
  try {
    checkConfig({ ...CONFIG, ...change }, 'run.json');
  } catch (error) {
    assert.ok(error instanceof FerlabError);
    assert.equal(error.exitStatus, 2);
    return error.message;
  }
  return 'accepted';
}

test('each profile is valid and keeps its name', () => {
  assert.deepEqual(PROFILE_NAMES, ['smoke', 'quick', 'paper', 'strong']);
  for (const name of PROFILE_NAMES) assert.equal(buildConfig(name).profile, name);
  assert.equal(buildConfig('paper').protocol, 'paper');
  assert.throws(() => buildConfig('huge'), /unknown profile "huge"/);
});

test('errors name the field', () => {
  const wrong: [object, RegExp][] = [
    [{ epochs: 0 }, /run\.json: epochs: /],
    [{ epochs: 2.5 }, /epochs: /],
    [{ seed: 0.5 }, /seed: /],
    [{ learningRate: Number.NaN }, /learningRate: /],
    [{ learningRate: -1 }, /learningRate: /],
    [{ averageDecay: 1 }, /averageDecay: /],
    [{ protocol: 'half' }, /protocol: /],
    [{ model: 'vgg' }, /model: /],
    [{ batchSize: undefined }, /batchSize: /],
    [{ patienceEpochs: -1 }, /patienceEpochs: /],
    [{ optimizer: { kind: 'sgd', momentum: 2, nesterov: true, weightDecay: 0 } }, /optimizer\.momentum: /],
    [{ augmentation: { ...CONFIG.augmentation, rotationDegrees: 181 } }, /augmentation\.rotationDegrees: /],
    [{ augmentation: { ...CONFIG.augmentation, shear: 1 } }, /augmentation: .*shear/],
    [{ imageSizes: [] }, /imageSizes: /],
    [
      {
        imageSizes: [
          { side: 48, share: 0.5 },
          { side: 32, share: 0.5 },
        ],
      },
      /imageSizes: the last side must be the largest/,
    ],
    [{ imageSizes: [{ side: 48, share: 0.99 }] }, /imageSizes: the shares must add up to 1/],
    [{ imageSizes: buildConfig('strong').imageSizes }, /imageSizes: the model flattens/],
    [{ profile: '../../etc' }, /profile: /],
    [{ learnRate: 1 }, /learnRate/],
  ];
  for (const [change, message] of wrong) assert.match(problemOf(change), message);
  assert.match(problemOf({ epochs: 0, batchSize: 0 }), /epochs: .*; batchSize: /);
});

test('seed 0 and negative seeds are seeds', () => {
  for (const seed of [0, -3]) assert.equal(buildConfig('smoke', { seed }).seed, seed);
});

test('the hash changes with every field and not with their order', () => {
  const reversed = Object.fromEntries(Object.entries(CONFIG).reverse()) as unknown as RunConfig;
  assert.equal(configHash(reversed), configHash(CONFIG));
  const changes: Partial<RunConfig>[] = [
    { seed: 2 },
    { epochs: 7 },
    { precision: 'float32' },
    { augmentation: { ...CONFIG.augmentation, flip: false } },
    { testTimeViews: 'mirror-and-shifts' },
  ];
  const hashes = changes.map((change) => configHash({ ...CONFIG, ...change }));
  assert.equal(new Set([configHash(CONFIG), ...hashes]).size, changes.length + 1);
  assert.equal(runName(CONFIG), `quick-official-seed1-${configHash(CONFIG)}`);
});

test('overrides replace fields, and those left out change nothing', () => {
  assert.deepEqual(buildConfig('quick', { seed: undefined }), CONFIG);
  assert.equal(buildConfig('quick', { epochs: 1 }).epochs, 1);
});

test('differences are named with both values', () => {
  const other = { ...CONFIG, epochs: 9, augmentation: { ...CONFIG.augmentation, flip: false } };
  assert.deepEqual(describeDifferences(CONFIG, other), [
    `epochs (${CONFIG.epochs} there, 9 here)`,
    'augmentation.flip (true there, false here)',
  ]);
  assert.deepEqual(describeDifferences(CONFIG, { ...CONFIG }), []);
});
