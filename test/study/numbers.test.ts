import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { saveHistory } from '../../src/run/history';
import { loadRunPredictions, openNetworkRun } from '../../src/run/open-run';
import { savePredictions } from '../../src/run/predictions-file';
import { saveRecord } from '../../src/run/record-file';
import { runFiles } from '../../src/run/run-folder';
import { loadStudy, type Study } from '../../src/study/definition';
import { loadStudyResults, type VariantResult } from '../../src/study/results';
import { runStudy, variantFolder } from '../../src/study/run';
import { temporaryFolder } from '../temporary';
import { tinyDataset } from '../train/tiny';

const STUDY = {
  title: 'What it is worth',
  protocol: 'One epoch.',
  profile: 'smoke',
  set: { epochs: 1, batchSize: 14, precision: 'float32' },
  variants: [
    { name: 'base', change: 'the base' },
    { name: 'changed', change: 'another network', set: { model: 'strong-cnn' } },
  ],
};
/** Validation images that each variant names wrongly, of 14. */
const WRONG = { base: [0, 1, 2, 3, 4], changed: [0, 1, 13] };

const epoch = (number: number, valAccuracy: number) => ({
  epoch: number,
  learningRate: 0.001,
  loss: 2,
  accuracy: 0.9,
  valLoss: 1,
  valAccuracy,
});

/** A trained study whose predictions, history and time are then replaced by numbers worked out by hand. */
async function trainedStudy(t: TestContext): Promise<Study> {
  const folder = temporaryFolder(t);
  process.env.FERLAB_RUNS = join(folder, 'runs');
  const file = join(folder, 'worth.json');
  writeFileSync(file, JSON.stringify(STUDY));
  const study = loadStudy(file);
  await runStudy(study, { dataset: tinyDataset() });
  for (const [i, wrong] of [WRONG.base, WRONG.changed].entries())
    rewrite(variantFolder(study, study.variants[i]!), wrong);
  return study;
}

const loadValidation = (folder: string) => loadRunPredictions(openNetworkRun(folder), 'validation');

function rewrite(folder: string, wrong: readonly number[]): void {
  const files = runFiles(folder);
  saveRecord(files.record, { ...openNetworkRun(folder).record, trainingSeconds: 754 });
  saveHistory(files.history, [epoch(1, 0.3), epoch(2, 0.6), epoch(3, 0.5)]);
  const before = loadValidation(folder);
  const probabilities = new Float32Array(before.labels.length * 7);
  for (const [i, label] of before.labels.entries())
    probabilities[7 * i + ((label + (wrong.includes(i) ? 1 : 0)) % 7)] = 1;
  savePredictions(files.predictions('validation'), { ...before, probabilities });
}

/** Wilson's interval holds the shares p with (found - p)^2 = z^2 p (1 - p) / n at its ends. */
function assertWilson({ correct, count, interval }: VariantResult): void {
  assert.ok(interval[0] < correct / count && correct / count < interval[1]);
  for (const p of interval) {
    const distance = (correct / count - p) ** 2 - (1.959964 ** 2 * p * (1 - p)) / count;
    assert.ok(Math.abs(distance) < 1e-6, `${p}`);
  }
}

test('a study tells hits, their difference, the best epoch and the cost of each variant', async (t) => {
  const study = await trainedStudy(t);
  for (const variant of study.variants)
    assert.deepEqual(openNetworkRun(variantFolder(study, variant)).record.config, variant.config);
  const [base, changed] = loadStudyResults(study)!.variants as [VariantResult, VariantResult];
  assert.deepEqual([base.correct, base.count, base.accuracy], [9, 14, 9 / 14]);
  assert.deepEqual([changed.correct, changed.count, changed.accuracy], [11, 14, 11 / 14]);
  assert.equal(base.difference, null);
  const { onlyFirst, onlySecond, difference, interval } = changed.difference!;
  assert.deepEqual([onlyFirst, onlySecond, difference], [1, 3, 2 / 14]);
  assert.ok(interval[0] < 2 / 14 && interval[1] > 2 / 14 && interval[0] + interval[1] > 0);
  for (const variant of [base, changed]) {
    assertWilson(variant);
    assert.equal(variant.singleViewAccuracy, 0.6);
    assert.equal(variant.imagesSeen, 3 * 42);
    assert.equal(variant.minutes, 12.6);
  }
  assert.ok(Math.abs(changed.multiplyAdds / 1e6 - 96) < 0.5, `${changed.multiplyAdds}`);
  assert.ok(Math.abs(changed.parameters / 1e6 - 1.17) < 0.005, `${changed.parameters}`);
  assert.notEqual(base.parameters, changed.parameters);

  const files = runFiles(variantFolder(study, study.variants[1]!));
  const predictions = loadValidation(variantFolder(study, study.variants[1]!));
  const rows = predictions.rows.map((row) => row + 1);
  savePredictions(files.predictions('validation'), { ...predictions, rows });
  assert.equal(loadStudyResults(study)!.variants[1]!.difference, null, 'as many other images');

  savePredictions(files.predictions('validation'), predictions);
  rmSync(variantFolder(study, study.variants[0]!), { recursive: true });
  const [alone] = loadStudyResults(study)!.variants;
  assert.deepEqual([alone!.name, alone!.difference], ['changed', null], 'the base is not trained');
});
