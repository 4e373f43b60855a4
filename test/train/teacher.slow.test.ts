import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { splitDataset } from '../../src/dataset/split';
import { FerlabError } from '../../src/errors';
import { predictRows } from '../../src/predict/infer';
import { publishEnsemble } from '../../src/publish/ensemble';
import { publishRun } from '../../src/publish/publish';
import type { RunConfig } from '../../src/run/config';
import { loadNetwork, openNetworkRun, openRun } from '../../src/run/open-run';
import { runFiles } from '../../src/run/run-folder';
import { saveTensors } from '../../src/run/tensor-file';
import { askTeacher, openTeacher, Teacher } from '../../src/train/teacher';
import { trainRun } from '../../src/train/train';
import type { TrainOptions } from '../../src/train/training';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

const dataset = tinyDataset();
const TAUGHT = tinyConfig({ epochs: 2, seed: 7, teacher: { model: 'pair', share: 0.75 } });

const root = mkdtempSync(join(tmpdir(), 'ferlab-teachers-'));
const models = join(root, 'models');
const NAMES = ['seed1', 'seed2'];

async function publish(name: string, change: Partial<RunConfig>): Promise<void> {
  const folder = join(root, name);
  await trainRun(tinyConfig({ epochs: 1, ...change }), { dataset, folder });
  publishRun(folder, { name, dataset, models });
}

before(async () => {
  for (const [i, name] of NAMES.entries()) await publish(name, { seed: i + 1 });
  publishEnsemble({ name: 'pair', members: NAMES, dataset, models });
  process.env.FERLAB_MODELS = models;
});

after(() => {
  delete process.env.FERLAB_MODELS;
  rmSync(root, { recursive: true });
});

const train = (folder: string, options: Partial<TrainOptions> = {}, config = TAUGHT) =>
  trainRun(config, { dataset, folder, ...options });

function teacherOf(folder: string): Promise<Teacher> {
  const training = { config: TAUGHT, folder, options: { dataset }, split: splitDataset(dataset, TAUGHT) };
  return askTeacher(openTeacher(training)!, training);
}

test('a teacher is asked by row number, whatever the order of the training images', () => {
  const said = Float32Array.from({ length: 21 }, (_, i) => i);
  const answer = { rows: Uint32Array.of(5, 9, 2), probabilities: said, share: 0.5 };
  const { probabilities } = new Teacher(answer).teach(Uint32Array.of(2, 5));
  assert.deepEqual([...probabilities], [14, 15, 16, 17, 18, 19, 20, 0, 1, 2, 3, 4, 5, 6]);
});

test('a teacher says of each training image what its members say on average of it and its mirror image', async (t) => {
  const rows = Uint32Array.of(5, 0, 17);
  const said = NAMES.map((name) => {
    const network = loadNetwork(openNetworkRun(join(models, name)));
    const probabilities = predictRows(network, dataset, rows, 'mirror');
    network.dispose();
    return probabilities;
  });
  const teacher = await teacherOf(temporaryFolder(t));
  const { probabilities, share } = teacher.teach(rows);
  assert.equal(share, 0.75);
  for (const [i, probability] of probabilities.entries())
    assert.ok(Math.abs(probability - (said[0]![i]! + said[1]![i]!) / 2) < 1e-6, `${i}: ${probability}`);
  assert.ok(Math.abs(probabilities[0]! - probabilities[7]!) > 1e-4, 'two images are told apart');
});

test('a taught run learns something else, names its teacher, and resumes to the same bits', async (t) => {
  const whole = await train(temporaryFolder(t));
  const { teacher: _, ...untaught } = TAUGHT;
  const alone = await train(temporaryFolder(t), {}, untaught);
  assert.notEqual(whole.record.weightsSha256, alone.record.weightsSha256);
  assert.equal(whole.record.teacherSha256, openRun(join(models, 'pair')).record.weightsSha256);
  assert.equal(alone.record.teacherSha256, undefined);
  const folder = temporaryFolder(t);
  const stop = new AbortController();
  await assert.rejects(
    train(folder, { signal: stop.signal, onProgress: () => stop.abort() }),
    /stopped in epoch 1/,
  );
  assert.ok(existsSync(runFiles(folder).teacher));
  const resumed = await train(folder, { resume: true });
  assert.equal(resumed.record.weightsSha256, whole.record.weightsSha256);
  assert.equal(existsSync(runFiles(folder).teacher), false);
});

test('a run that is stopped before its first step says so', async (t) => {
  await assert.rejects(
    train(temporaryFolder(t), { signal: AbortSignal.abort() }),
    (error: unknown) =>
      error instanceof FerlabError && error.exitStatus === 130 && /its teacher/.test(error.message),
  );
});

test('a teacher that is not there, was trained on other images, or has changed is refused', async (t) => {
  const folder = temporaryFolder(t);
  saveTensors(runFiles(folder).teacher, { meta: { weightsSha256: 'of other weights' }, tensors: [] });
  await assert.rejects(teacherOf(folder), /other weights of its teacher/);
  const taughtBy = (model: string) =>
    train(temporaryFolder(t), {}, { ...TAUGHT, teacher: { model, share: 0.5 } });
  await assert.rejects(taughtBy('nobody'), /there is no published model "nobody"/);
  await publish('other-parts', { protocol: 'paper' });
  await assert.rejects(taughtBy('other-parts'), /the teacher was trained on other images/);
});
