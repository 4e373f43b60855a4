import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildSample } from '../../src/dataset/sample';
import { loadLeakStudy } from '../../src/leaklab/definition';
import { computeLeakResults, loadLeakResults } from '../../src/leaklab/results';
import { runLeakStudy, tasksOf } from '../../src/leaklab/run';
import { summarizeMistakes } from '../../src/leaklab/summary';
import { saveJson } from '../../src/run/json-file';
import { temporaryFolder } from '../temporary';

test('the leak lab trains what is open, resumes, and its results hold every measure of every seed', async (t) => {
  const folder = temporaryFolder(t);
  process.env.FERLAB_RUNS = join(folder, 'runs');
  const file = join(folder, 'small.json');
  const settings = {
    ...{
      format: 'ferlab-leak-study-1',
      title: 'Small',
      images: 300,
      side: 16,
      imagesSeen: 400,
      batchSize: 32,
    },
    ...{ learningRate: 0.002, seeds: [1, 2], tries: 2, imagesSeenByTry: 200 },
  };
  writeFileSync(file, JSON.stringify(settings));
  const study = loadLeakStudy(file);
  const dataset = buildSample({ seed: 1 });
  // The sample has no votes of FER+: the trainings before that one stay, and the error names the remedy.
  await assert.rejects(runLeakStudy(study, { dataset }), /no votes of FER\+/);
  const results = computeLeakResults(study, { classes: dataset.spec.classes, isSynthetic: true })!;
  assert.deepEqual(new Set(results.results.map(({ training }) => training)).has('learn-validation'), true);
  assert.equal(results.trainings, 7);
  for (const { claimed, actual, confusion, claimedImages } of results.results) {
    assert.ok(claimed >= 0 && claimed <= 1 && actual >= 0 && actual <= 1);
    assert.equal(
      confusion.flat().reduce((sum, count) => sum + count, 0),
      claimedImages,
    );
  }
  assert.deepEqual(summarizeMistakes(results), []); // one seed tells no interval
  const saved = join(folder, 'results.json');
  saveJson(saved, results);
  assert.deepEqual(loadLeakResults(saved), JSON.parse(JSON.stringify(results)));
  const redone: string[] = [];
  await assert.rejects(
    runLeakStudy(study, { dataset, onTask: ({ training }) => redone.push(training.name) }),
    /no votes of FER\+/,
  );
  assert.deepEqual(redone, ['crowd-labels']);
  assert.equal(tasksOf(study).length, 2 * 8 + 2 * 2);
});
