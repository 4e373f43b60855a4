import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FERPLUS_CHOICES } from '../../src/dataset/ferplus';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { FerlabError } from '../../src/errors';
import { checkConfig } from '../../src/run/config';
import { loadRunPredictions, loadWeights } from '../../src/run/open-run';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { rowsOf, trainByHand } from './by-hand';
import { tinyConfig, tinyDataset } from './tiny';

const DATASET = { ...tinyDataset(), spec: FER2013 };
const CHOICES = ['anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise', 'neutral'] as const;

/** Seven of ten see the class after the label, three the label; of every fifth image all see no face. */
const seesNoFace = (row: number) => row % 5 === 0;
const seen = (row: number) => (DATASET.labels[row]! + 1) % 7;

function votesOf(row: number): number[] {
  const votes = FERPLUS_CHOICES.map(() => 0);
  const add = (choice: string, count: number) => {
    votes[FERPLUS_CHOICES.indexOf(choice as (typeof FERPLUS_CHOICES)[number])]! += count;
  };
  if (seesNoFace(row)) add('NF', 10);
  else {
    add(CHOICES[seen(row)]!, 7);
    add(CHOICES[DATASET.labels[row]!]!, 3);
  }
  return votes;
}

function writeVotes(t: TestContext): void {
  const path = join(temporaryFolder(t), 'votes.csv');
  const parts = ['Training', 'PublicTest', 'PrivateTest'];
  const lines = [...DATASET.usages].map((usage, row) => [parts[usage], '', ...votesOf(row)].join(','));
  writeFileSync(path, [['Usage', 'Image name', ...FERPLUS_CHOICES].join(','), ...lines].join('\n'));
  process.env.FERPLUS = path;
  t.after(() => delete process.env.FERPLUS);
}

/** The images that are learnt, with these labels in the training part, as data of its own. */
const learnt = (labelOf: (row: number) => number) => ({
  ...DATASET,
  labels: DATASET.labels.map((label, row) => (DATASET.usages[row] === 0 ? labelOf(row) : label)),
  usages: DATASET.usages.map((usage, row) => (usage === 0 && seesNoFace(row) ? 3 : usage)),
});

const sameWeights = (a: ReturnType<typeof loadWeights>, b: typeof a) =>
  assert.deepEqual(
    a.map(({ name, values }) => [name, [...values]]),
    b.map(({ name, values }) => [name, [...values]]),
  );

test('the leading choices of FER+ are learnt, and validated with the labels of the data', async (t) => {
  writeVotes(t);
  const config = tinyConfig({
    labels: 'crowd-leader',
    labelSmoothing: 0.1,
    batchSize: 16,
    epochs: 1,
    seed: 3,
  });
  const run = await trainRun(config, { dataset: DATASET, folder: temporaryFolder(t) });
  const [epoch] = trainByHand(config, { dataset: learnt(seen), sides: [48] });
  sameWeights(loadWeights(run), [...epoch!.weights]);
  assert.equal(run.history[0]!.accuracy, epoch!.result.accuracy);
  assert.equal(run.history[0]!.valAccuracy, epoch!.result.valAccuracy);
  assert.equal(run.record.counts.training, rowsOf(DATASET, 0).filter((row) => !seesNoFace(row)).length);
  assert.match(run.record.crowdSha256!, /^[0-9a-f]{64}$/);
  const { rows, labels } = loadRunPredictions(run, 'validation');
  assert.deepEqual(
    [...labels],
    [...rows].map((row) => DATASET.labels[row]),
  );
});

test('shares of the votes of FER+ are the whole target, for the image that they are of', async (t) => {
  writeVotes(t);
  const config = tinyConfig({ model: 'light-cnn', labels: 'crowd-votes', batchSize: 16, epochs: 1, seed: 4 });
  const run = await trainRun(config, { dataset: DATASET, folder: temporaryFolder(t) });
  const teach = (rows: Uint32Array) => ({
    share: 1,
    probabilities: Float32Array.from(
      [...rows].flatMap((row) =>
        CHOICES.map((_, label) => (label === seen(row) ? 0.7 : label === DATASET.labels[row] ? 0.3 : 0)),
      ),
    ),
  });
  const [epoch] = trainByHand(config, { dataset: learnt(seen), sides: [48], teach });
  sameWeights(loadWeights(run), [...epoch!.weights]);
  assert.equal(run.history[0]!.accuracy, epoch!.result.accuracy);
});

test('without votes a training that needs them leaves nothing behind and says where they belong', async (t) => {
  const folder = join(temporaryFolder(t), 'run');
  const config = tinyConfig({ labels: 'crowd-votes' });
  await assert.rejects(trainRun(config, { dataset: DATASET, folder }), (error: FerlabError) => {
    assert.ok(error instanceof FerlabError);
    assert.match(error.message, /needs the votes of FER\+/);
    assert.match(error.remedy ?? '', /ferplus-votes\.csv or fer2013new\.csv/);
    return true;
  });
  assert.equal(existsSync(folder), false);
});

test('what does not go with labels of FER+ is refused', () => {
  const teacher = { model: 'wise', share: 0.5 };
  for (const other of [{ teacher }, { classWeights: 'balanced' }] as const)
    assert.throws(
      () => checkConfig({ ...tinyConfig(), labels: 'crowd-leader', ...other }, 'here'),
      /neither a teacher nor class weights/,
    );
  assert.throws(
    () => checkConfig({ ...tinyConfig(), labels: 'crowd-votes', labelSmoothing: 0.1 }, 'here'),
    /soft already/,
  );
  assert.throws(() => checkConfig({ ...tinyConfig(), labels: 'own' }, 'here'), /labels/);
});
