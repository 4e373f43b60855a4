import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { FerlabError } from '../../src/errors';
import type { RunConfig } from '../../src/run/config';
import { ENVIRONMENTS, startEnvironment } from '../../src/run/environment';
import { loadDocument } from '../../src/run/json-file';
import { openNetworkRun } from '../../src/run/open-run';
import { saveRecord } from '../../src/run/record-file';
import { runFiles } from '../../src/run/run-folder';
import { loadTensors, saveTensors } from '../../src/run/tensor-file';
import { trainRun } from '../../src/train/train';
import type { TrainOptions } from '../../src/train/training';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

// What was trained is not lost, and its record says where it was trained.

/** Of a checkpoint, how long the run has taken. */
const SECONDS = z.looseObject({ progression: z.looseObject({ seconds: z.number() }) });

const dataset = tinyDataset();
const CONFIG = tinyConfig({ epochs: 2 });

const train = (folder: string, options: Partial<TrainOptions> = {}, change: Partial<RunConfig> = {}) =>
  trainRun({ ...CONFIG, ...change }, { dataset, folder, ...options });

const contentsOf = (folder: string) =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]);

const isRefused = (message: RegExp, remedy: RegExp) => (error: unknown) =>
  error instanceof FerlabError &&
  error.exitStatus === 2 &&
  message.test(error.message) &&
  remedy.test(error.remedy ?? '');

/** Trains until the first epoch is finished. */
async function trainOneEpoch(folder: string, options: Partial<TrainOptions> = {}): Promise<void> {
  const stop = new AbortController();
  const onProgress: TrainOptions['onProgress'] = ({ isEpochEnd }) => isEpochEnd && stop.abort();
  await assert.rejects(train(folder, { signal: stop.signal, onProgress, ...options }), /stopped/);
}

test('a finished run is used again and said so, until it is discarded by name', async (t) => {
  const folder = join(temporaryFolder(t), 'run');
  const first = await train(folder);
  const before = contentsOf(folder);
  const notes: string[] = [];
  for (const resume of [undefined, false, true])
    assert.deepEqual(await train(folder, { resume, onNote: (note) => notes.push(note) }), first);
  assert.deepEqual(contentsOf(folder), before);
  assert.equal(notes.length, 3);
  assert.match(notes[0]!, /is finished and is used again; --anew discards it/);

  const otherData = train(folder, { dataset: tinyDataset(2) });
  await assert.rejects(otherData, isRefused(/trained on other data/, /--anew/));
  const otherSettings = train(folder, {}, { learningRate: 0.002 });
  await assert.rejects(otherSettings, isRefused(/other settings: learningRate \(0\.001 there/, /--anew/));
  assert.deepEqual(contentsOf(folder), before);

  const again = await train(folder, { anew: true }, { learningRate: 0.002 });
  assert.notEqual(again.record.weightsSha256, first.record.weightsSha256);
  assert.deepEqual(openNetworkRun(folder), again);
});

test('a run whose views were chosen afterwards is still the same training', async (t) => {
  const folder = temporaryFolder(t);
  const { record } = await train(folder);
  saveRecord(runFiles(folder).record, { ...record, config: { ...record.config, testTimeViews: 'mirror' } });
  assert.equal((await train(folder)).record.config.testTimeViews, 'mirror');
});

test('epochs of an unfinished run are not discarded without a word', async (t) => {
  const folder = temporaryFolder(t);
  await trainOneEpoch(folder);
  const before = contentsOf(folder);
  await assert.rejects(train(folder), isRefused(/started and is not finished/, /--resume.*--anew/));
  assert.deepEqual(contentsOf(folder), before);
  const { record } = await train(folder, { anew: true });
  assert.deepEqual(
    record.environments.map(({ event }) => event),
    ['start'],
  );
});

test('the record tells the environment of the start and of each resume, and an unfinished run does too', async (t) => {
  const folder = temporaryFolder(t);
  const seen: string[][] = [];
  const eventsNow = () => {
    const { environments } = loadDocument(runFiles(folder).environments, ENVIRONMENTS);
    return environments.map(({ event }) => event);
  };
  await trainOneEpoch(folder, { onProgress: undefined, signal: abortedAfter(() => seen.push(eventsNow())) });
  assert.deepEqual(eventsNow(), ['start']);
  const { record } = await train(folder, { resume: true, onProgress: () => seen.push(eventsNow()) });
  assert.deepEqual(seen[0], ['start'], 'it is known from the first step on');
  assert.deepEqual(seen.at(-1), ['start', 'resume']);
  const [start, resume] = record.environments;
  assert.deepEqual([record.environments.length, start!.event, resume!.event], [2, 'start', 'resume']);
  assert.deepEqual(startEnvironment(record.environments), start);
  assert.equal(start!.at, record.startedAt);
  assert.ok(start!.at < resume!.at && resume!.at < record.finishedAt);
  for (const { commit } of record.environments) assert.match(commit ?? '', /^[0-9a-f]{40}$/);
  assert.equal(existsSync(runFiles(folder).environments), false, 'the record holds them now');
});

test('the seconds of a run are those of all its parts', async (t) => {
  const folder = temporaryFolder(t);
  const { checkpoint } = runFiles(folder);
  const config = { epochs: 1 } as const;
  const stopped = { resume: true, signal: AbortSignal.abort() };
  await assert.rejects(train(folder, stopped, config), /after step 1/);
  const { meta, tensors } = loadTensors(checkpoint, SECONDS);
  saveTensors(checkpoint, {
    meta: { ...meta, progression: { ...meta.progression, seconds: 1000 } },
    tensors,
  });
  const isAfter = (seconds: number) => assert.ok(seconds > 1000 && seconds < 1500, String(seconds));
  await assert.rejects(train(folder, stopped, config), /after step 2/);
  isAfter(loadTensors(checkpoint, SECONDS).meta.progression.seconds);
  isAfter((await train(folder, { resume: true }, config)).record.trainingSeconds);
});

/** A signal that is set before the first step, after something was called. */
function abortedAfter(call: () => void): AbortSignal {
  return {
    get aborted() {
      call();
      return true;
    },
  } as AbortSignal;
}

test('a training that fails at once leaves no folder, and what was there before stays', async (t) => {
  const parent = temporaryFolder(t);
  const [fresh, old] = [join(parent, 'a', 'fresh'), join(parent, 'old')] as [string, string];
  mkdirSync(old);
  writeFileSync(join(old, 'notes.txt'), 'mine');
  const teacher = { model: 'nobody', share: 0.5 };
  const empty = { ...dataset, usages: dataset.usages.map(() => 0) };
  for (const folder of [fresh, old]) {
    await assert.rejects(train(folder, {}, { teacher }), /there is no published model "nobody"/);
    await assert.rejects(train(folder, { dataset: empty }), /has no images/);
  }
  assert.equal(existsSync(fresh), false);
  assert.deepEqual(
    readdirSync(old).filter((name) => name !== 'config.json' && name !== 'environments.json'),
    ['notes.txt'],
  );
});

test('a finished run is not discarded by a training that fails at once', async (t) => {
  const folder = temporaryFolder(t);
  await train(folder);
  const before = contentsOf(folder);
  const teacher = { model: 'nobody', share: 0.5 };
  await assert.rejects(train(folder, { anew: true }, { teacher }), /no published model/);
  assert.deepEqual(contentsOf(folder), before);
});

test('images of another size than the configuration ends with are refused', async (t) => {
  const half = tinyConfig({ imageSizes: [{ side: 48, share: 1 }] });
  const small = { ...dataset, spec: { ...dataset.spec, side: 32 } };
  await assert.rejects(
    trainRun(half, { dataset: small, folder: temporaryFolder(t) }),
    /ends with 48 pixels, but .* have 32/,
  );
});
