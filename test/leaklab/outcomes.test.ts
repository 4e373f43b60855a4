import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildSample } from '../../src/dataset/sample';
import { loadLeakStudy } from '../../src/leaklab/definition';
import { loadLabOutcome, saveOutcome } from '../../src/leaklab/outcome';
import { computeLeakResults } from '../../src/leaklab/results';
import { type LabTask, runLeakStudy, tasksOf, triesOf } from '../../src/leaklab/run';
import { tableLeakCombinations, tableLeaks } from '../../src/leaklab/table';
import { randomStream } from '../../src/random';
import { formatCells } from '../../src/report/formats/cells';
import { saveJson } from '../../src/run/json-file';
import { openNetworkRun } from '../../src/run/open-run';
import { temporaryFolder } from '../temporary';

const CLASSES = ['a', 'b', 'c'];
const SETTINGS = {
  ...{ format: 'ferlab-leak-study-1', title: 'Small', images: 120, side: 16, imagesSeen: 260 },
  ...{ batchSize: 32, learningRate: 0.002, seeds: [4, 9], tries: 3, imagesSeenByTry: 70 },
};

function studyIn(folder: string) {
  process.env.FERLAB_RUNS = join(folder, 'runs');
  const file = join(folder, 'small.json');
  saveJson(file, SETTINGS);
  return loadLeakStudy(file);
}

/** Predictions of which `hits` of `count` are right, with probabilities of .5 for the guess. */
function predictions(count: number, hits: number) {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const probabilities = new Float32Array(3 * count).fill(0.25);
  for (const [i, label] of labels.entries()) probabilities[3 * i + ((label + (i < hits ? 0 : 1)) % 3)] = 0.5;
  return { labels, probabilities };
}

const COUNTS = { reported: 50, untouched: 40, training: 60 };
/** Another number of hits for each training and seed. */
const hitsOf = (at: number) => ({ reported: 5 + at, untouched: 3 + at, training: 30 + at });

function outcomeOf(at: number, isHonest: boolean) {
  const hits = hitsOf(at);
  return {
    reported: predictions(COUNTS.reported, hits.reported),
    untouched: predictions(COUNTS.untouched, hits.untouched),
    training: isHonest ? predictions(COUNTS.training, hits.training) : null,
    ...{ learnt: 84, epochs: 3, seconds: 10 + at, parameters: 93_000 },
    ...{ machine: at < 4 ? 'one' : 'two', datasetSha256: 'd' },
  };
}

/** Leaves an outcome where a training of the lab would. */
function leave(folder: string, outcome: ReturnType<typeof outcomeOf>): void {
  mkdirSync(folder, { recursive: true });
  saveOutcome(folder, outcome);
}

test('an outcome is read as it was written, with probabilities to five digits', (t) => {
  const folder = temporaryFolder(t);
  const outcome = outcomeOf(2, true);
  outcome.reported.probabilities[0] = 0.1234567;
  saveOutcome(folder, outcome);
  const wanted = structuredClone(outcome);
  wanted.reported.probabilities[0] = 0.12346;
  assert.deepEqual(loadLabOutcome(folder), wanted);
  saveOutcome(folder, { ...outcome, training: null });
  assert.equal(loadLabOutcome(folder).training, null);
});

test('the results take each claim from the training, part and seed that it is of', (t) => {
  const study = studyIn(temporaryFolder(t));
  const all = { classes: CLASSES, isSynthetic: true };
  assert.equal(computeLeakResults(study, all), null);
  const tasks = tasksOf(study);
  assert.equal(tasks.length, 2 * 8 + 2 * 3);
  for (const [at, { folder, training }] of tasks.entries())
    leave(folder, outcomeOf(at, training.name === 'honest'));
  const results = computeLeakResults(study, all)!;
  const seconds = tasks.reduce((sum, _, at) => sum + 10 + at, 0);
  assert.equal(results.minutes, Math.round(seconds / 6) / 10);
  assert.deepEqual(results.machines, ['one', 'two']);
  assert.deepEqual([results.trainings, results.untouchedImages, results.seeds], [22, 40, [4, 9]]);
  assert.match(
    results.protocol,
    /^light-cnn \(93,000 parameters, [\d.]+ M multiply-adds\), images of 16x16\. About 120 images .* sees 260 images in batches of 32, .* each of the 3 tries 70\./,
  );

  const claim = (training: string, seed: number) => {
    const own = results.results.filter((one) => one.training === training && one.seed === seed);
    assert.equal(own.length, 6, training);
    const plain = own.find(({ measure }) => measure === 'accuracy')!;
    return [plain.claimed, plain.claimedImages, plain.actual];
  };
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  for (const [at, { training, seed }] of tasks.slice(0, 16).entries()) {
    const { reported, untouched, training: learnt } = hitsOf(at);
    assert.deepEqual(claim(training.name, seed), [round(reported / 50), 50, round(untouched / 40)]);
    if (training.name === 'honest')
      assert.deepEqual(claim('learnt-images', seed), [round(learnt / 60), 60, round(untouched / 40)]);
  }
  // Later tries of a seed have more hits here: the last is the best.
  for (const [i, seed] of [4, 9].entries()) {
    const { reported, untouched } = hitsOf(16 + 3 * i + 2);
    assert.deepEqual(claim('twenty-tries', seed), [round(reported / 50), 50, round(untouched / 40)]);
  }

  const table = tableLeaks(results);
  const honest = [0, 8].map(hitsOf);
  const cells = formatCells(table)[0]!;
  const mean = (key: 'reported' | 'untouched', of: number) => (honest[0]![key] + honest[1]![key]) / 2 / of;
  const [claimed, actual] = [mean('reported', 50), mean('untouched', 40)];
  assert.deepEqual(cells.slice(1, 4), ['none: honest protocol', '2', (100 * claimed).toFixed(2)]);
  assert.match(cells[4]!, /^\D*10\.0\D+26\.0\D*$/);
  assert.equal(cells[5], (100 * actual).toFixed(2));
  assert.match(cells[6]!, new RegExp(`${Math.abs(100 * (claimed - actual)).toFixed(2)}$`));
  assert.match(table.title!, /^Small/);
  const combined = tableLeakCombinations(results);
  const claims = combined.rows.map((row) => row.claimed);
  assert.deepEqual(
    claims,
    [...claims].sort((a, b) => b - a),
  );
  const some = tableLeakCombinations(results, claims[3]!);
  assert.ok(some.rows.length >= 4 && some.rows.length < combined.rows.length);
  assert.ok(some.rows.every((row) => row.claimed >= claims[3]!));
});

test('no try is chosen before all tries of the seed are done', (t) => {
  const study = studyIn(temporaryFolder(t));
  for (const { folder } of triesOf(study, 4).slice(1)) leave(folder, outcomeOf(1, false));
  const results = computeLeakResults(study, { classes: CLASSES, isSynthetic: true })!;
  assert.deepEqual([results.trainings, results.results], [2, []]);
});

test('tries are drawn around the settings of the study', (t) => {
  const study = { ...studyIn(temporaryFolder(t)), tries: 200 };
  const tries = triesOf(study, 4);
  const rates = tries.map(({ set }) => Math.log2(set.learningRate! / study.learningRate));
  assert.ok(Math.min(...rates) >= -2 && Math.min(...rates) < -1.8);
  assert.ok(Math.max(...rates) <= 2 && Math.max(...rates) > 1.8);
  const shares = <T>(of: (task: LabTask) => T) => {
    const counts = new Map<T, number>();
    for (const task of tries) counts.set(of(task), (counts.get(of(task)) ?? 0) + 1 / tries.length);
    return counts;
  };
  const close = (counts: Map<unknown, number>, wanted: Record<string, number>) => {
    assert.deepEqual([...counts.keys()].map(String).sort(), Object.keys(wanted).sort());
    for (const [value, share] of counts)
      assert.ok(Math.abs(share - wanted[String(value)]!) < 0.1, String(value));
  };
  close(
    shares(({ set }) => set.labelSmoothing),
    { '0': 1 / 3, '0.1': 1 / 3, '0.2': 1 / 3 },
  );
  close(
    shares(({ set }) => set.classWeights),
    { balanced: 0.25, none: 0.75 },
  );
  close(
    shares(({ set }) => set.augmentation!.flip),
    { true: 0.5, false: 0.5 },
  );
  close(
    shares(({ set }) => set.augmentation!.shiftFraction),
    { '0': 1 / 3, '0.05': 1 / 3, '0.1': 1 / 3 },
  );
  assert.ok(tries.every((task) => task.imagesSeen === 70 && task.seed === 4 && task.training.reported === 2));
  const stream = randomStream(4, 'try', 1);
  assert.equal(tries[1]!.set.learningRate, 0.002 * 4 ** (2 * stream.uniform() - 1));
  assert.match(tries[1]!.folder, /small\/try2-seed4$/);
});

test('a training of the lab has the budget of the study, and its parts are predicted apart', async (t) => {
  const study = studyIn(temporaryFolder(t));
  const dataset = buildSample({ seed: 1 });
  const stop = new Error('enough');
  const told: [string, number, number][] = [];
  const onTask = ({ training }: LabTask, number: number, count: number) => {
    told.push([training.name, number, count]);
    if (number === 2) throw stop;
  };
  await assert.rejects(runLeakStudy(study, { dataset, onTask }), stop);
  assert.deepEqual(told, [
    ['honest', 1, 22],
    ['copies-across', 2, 22],
  ]);
  const { folder } = tasksOf(study)[0]!;
  const outcome = loadLabOutcome(folder);
  const { record } = openNetworkRun(folder);
  assert.deepEqual(outcome.training!.labels.length, outcome.learnt);
  assert.deepEqual(
    [record.counts.training, record.counts.test],
    [outcome.learnt, outcome.reported.labels.length],
  );
  assert.equal(outcome.epochs, Math.round(260 / outcome.learnt));
  assert.deepEqual(
    [record.config.epochs, record.config.batchSize, record.config.learningRate, record.config.seed],
    [outcome.epochs, 32, 0.002, 4],
  );
  assert.deepEqual([record.config.model, record.config.averageDecay], ['light-cnn', 0]);
  assert.deepEqual([outcome.seconds, outcome.parameters], [record.trainingSeconds, record.parameters]);
  assert.equal(outcome.datasetSha256, record.dataset.sha256);
  const again: number[] = [];
  const count = (_: LabTask, number: number, all: number) => {
    again.push(number, all);
    throw stop;
  };
  await assert.rejects(runLeakStudy(study, { dataset, onTask: count }), stop);
  assert.deepEqual(again, [1, 21]);
});
