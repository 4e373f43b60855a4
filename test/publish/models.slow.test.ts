import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadResults } from '../../src/evaluate/results';
import { findPython } from '../../src/notebook/python';
import { checkWeights } from '../../src/predict/predict-run';
import { modelCard } from '../../src/publish/card/card';
import { listNumbers, type NamedNumber } from '../../src/publish/numbers';
import { loadNumbers } from '../../src/publish/numbers-file';
import { loadMarks } from '../../src/run/final-marks';
import { openRun } from '../../src/run/open-run';
import { modelFiles, modelFolder, modelNames } from '../../src/run/published-models';
import { runFiles } from '../../src/run/run-folder';

const LARGEST_WEIGHTS = 4_000_000;
const SCIKIT_LEARN = join(__dirname, 'scikit_learn.py');

test('there are published models', () => {
  assert.ok(modelNames().length > 0);
});

for (const name of modelNames()) {
  describe(`the published model ${name}`, () => {
    const folder = modelFolder(name);
    const results = loadResults(folder);

    test('has numbers and a card that follow from its predictions', () => {
      const { validation, test: final, tempered } = results;
      assertSameNumbers(loadNumbers(modelFiles(folder).results), { validation, test: final, tempered });
      assert.equal(readFileSync(modelFiles(folder).card, 'utf8'), modelCard(openRun(folder), results));
    });

    test('has small weights, those that were evaluated, once', () => {
      const run = openRun(folder);
      checkWeights(run);
      if (run.kind === 'network') assert.ok(statSync(runFiles(folder).weights).size < LARGEST_WEIGHTS);
      const marks = loadMarks(folder);
      assert.deepEqual([...new Set(marks.map((mark) => mark.weightsSha256))], [run.record.weightsSha256]);
      // The test part was opened again for a correction alone, which record and card state too.
      const { correction } = run.record;
      assert.deepEqual(
        marks.map((mark) => mark.correction?.reason),
        correction ? [undefined, correction.reason] : [undefined],
      );
      if (correction) assert.ok(readFileSync(modelFiles(folder).card, 'utf8').includes(correction.reason));
      assert.equal(results.isSynthetic, false);
    });

    for (const part of ['validation', 'test'] as const) {
      test(`has the metrics of scikit-learn on its ${part} predictions`, () => {
        const path = runFiles(folder).predictions(part);
        const reference = JSON.parse(execFileSync(findPython(), [SCIKIT_LEARN, path], { encoding: 'utf8' }));
        const { confusion, metrics, calibration } = results[part];
        const by = (key: 'precision' | 'recall' | 'f1' | 'support') => metrics.perClass.map((of) => of[key]);
        assertSameNumbers(
          {
            accuracy: metrics.accuracy,
            confusion,
            precision: by('precision'),
            recall: by('recall'),
            f1: by('f1'),
            support: by('support'),
            macroF1: metrics.macro.f1,
            weightedF1: metrics.weighted.f1,
            logLoss: calibration.negativeLogLikelihood,
          },
          reference,
          1e-6,
        );
      });
    }
  });
}

function assertSameNumbers(actual: unknown, expected: unknown, tolerance = 1e-12): void {
  const [own, other] = [listNumbers(actual), listNumbers(expected)];
  const names = (numbers: readonly NamedNumber[]) => numbers.map(({ name }) => name);
  assert.deepEqual(names(own), names(other));
  for (const [i, { name, value }] of own.entries())
    assert.ok(Math.abs(value - other[i]!.value) <= tolerance, `${name}: ${value} is not ${other[i]!.value}`);
}
