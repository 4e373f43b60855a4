import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { modelFolder } from '../../src/run/published-models';
import { temporaryFolder } from '../temporary';

const MAIN = join(__dirname, '..', '..', 'src', 'cli', 'main.ts');
const TRAIN = ['train', '--profile', 'smoke', '--epochs', '1', '--precision', 'float32'];

/** Runs the command line with runs in `folder`; an interrupt comes when the output matches. */
async function ferlab(folder: string, words: readonly string[], interruptAt?: RegExp) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...words], {
    env: { ...process.env, FERLAB_RUNS: folder, FER2013: '' },
  });
  let stdout = '';
  let stderr = '';
  let isInterrupted = false;
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
    if (isInterrupted || !interruptAt?.test(stderr)) return;
    isInterrupted = true;
    child.kill('SIGINT');
  });
  const [status] = await once(child, 'close');
  return { status, stdout, stderr };
}

test('train is interrupted, guarded, resumed, evaluated once, and predicts pictures', async (t) => {
  const folder = temporaryFolder(t);
  const stopped = await ferlab(folder, TRAIN, /epoch 1\/1, step \d+/);
  assert.equal(stopped.status, 130, stopped.stderr);
  assert.match(
    stopped.stderr,
    /error: stopped in epoch 1 of 1, after step \d+ of 22\n {2}remedy: .*`ferlab train` with --resume/,
  );
  const [run] = readdirSync(folder);
  assert.deepEqual(readdirSync(join(folder, run!)).sort(), [
    'checkpoint.bin',
    'config.json',
    'environments.json',
  ]);

  const changed = await ferlab(folder, [...TRAIN, '--resume', '--batch-size', '32']);
  assert.equal(changed.status, 2);
  assert.match(changed.stderr, /started with other settings: batchSize \(64 there, 32 here\)/);

  const early = await ferlab(folder, ['evaluate']);
  assert.equal(early.status, 2);
  assert.match(early.stderr, /no finished run/);

  const resumed = await ferlab(folder, [...TRAIN, '--resume', '--json']);
  assert.equal(resumed.status, 0, resumed.stderr);
  const record = JSON.parse(resumed.stdout);
  assert.equal(record.folder, join(folder, run!));
  assert.match(record.weightsSha256, /^[0-9a-f]{64}$/);
  assert.match(resumed.stderr, /epoch 1\/1: loss \d\.\d{3}, .* images\/s/);

  const repeated = await ferlab(folder, [...TRAIN, '--json']);
  assert.equal(repeated.status, 0, repeated.stderr);
  assert.match(repeated.stderr, /note: .* is finished and is used again; --anew discards it/);
  assert.deepEqual(JSON.parse(repeated.stdout), record);

  const views = await ferlab(folder, ['views', '--keep', 'mirror']);
  assert.equal(views.status, 0, views.stderr);
  assert.match(views.stdout, /now predicts with the views mirror: validation accuracy .* %, before .* %/);

  const final = await ferlab(folder, ['evaluate', '--final', '--json']);
  assert.equal(final.status, 0, final.stderr);
  assert.equal(JSON.parse(final.stdout).count, 315);

  const picture = join(folder, 'face.png');
  await sharp({ create: { width: 90, height: 120, channels: 3, background: '#a08070' } })
    .png()
    .toFile(picture);
  const predicted = await ferlab(folder, [
    ...['predict', '--json', '--detector', 'none'],
    ...['--run', join(folder, run!), picture],
  ]);
  assert.equal(predicted.status, 0, predicted.stderr);
  const [{ image, faces }] = JSON.parse(predicted.stdout).pictures;
  const [{ emotion, probabilities }] = faces;
  assert.equal(image, picture);
  const values = Object.values(probabilities) as number[];
  assert.equal(probabilities[emotion], Math.max(...values));
  assert.ok(Math.abs(values.reduce((sum, value) => sum + value) - 1) < 1e-5);
});

test('bad flags, fields and pictures end with status 2 and leave no run behind', async (t) => {
  const folder = temporaryFolder(t);
  const fields = join(folder, 'fields.json');
  writeFileSync(fields, '{"learnRate": 1}');
  const runs = join(folder, 'runs');
  const published = join(modelFolder('paper-cnn-plain-seed1'), 'config.json');
  const cases: [string[], RegExp][] = [
    [['train', '--epochs', 'many'], /whole number/],
    [['train', '--profile', 'smoke', '--epochs', '0'], /epochs: /],
    [['train', '--profile', 'smoke', '--config', fields], /learnRate/],
    [['train', '--profile', 'tiny'], /Allowed choices are smoke, quick, paper/],
    [['train', '--data', join(folder, 'none.csv')], /no such file/],
    [['train', '--resume', '--anew'], /--resume and --anew were both given/],
    [
      ['train', '--profile', 'quick', '--epochs', '1'],
      /the profile quick needs FER-2013, and no copy was found/,
    ],
    [['train', '--config', published], /the profile paper needs FER-2013, and no copy was found/],
    [['predict', '--run', join(runs, 'none'), fields], /there is no such folder/],
    [['predict', '--model', 'none', fields], /there is no published model "none"/],
    [['predict', fields], /fields\.json: this is not a picture/],
  ];
  for (const [words, message] of cases) {
    const { status, stderr } = await ferlab(runs, words);
    assert.equal(status, 2, `${words.join(' ')}: ${stderr}`);
    assert.match(stderr, message);
  }
  assert.equal(existsSync(runs), false);
  assert.match(readFileSync(fields, 'utf8'), /learnRate/);
});
