import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationOf } from '../../src/evaluate/calibration';
import { evaluatePredictions } from '../../src/evaluate/evaluation';
import { loadResults, withoutCopies } from '../../src/evaluate/results';
import { applyTemperature, fitTemperature } from '../../src/predict/temperature';
import { loadRunPredictions, openRun } from '../../src/run/open-run';
import { writeFakeRun } from '../report/fake-run';
import { temporaryFolder } from '../temporary';

test('the temperature is fitted on validation, applied to the test part, and neither part stands for the other', () => {
  const folder = writeFakeRun(temporaryFolder(), { seed: 6, copies: 300 });
  const run = openRun(folder);
  const [validation, part] = (['validation', 'test'] as const).map((name) => loadRunPredictions(run, name));
  const results = loadResults(folder);
  const temperature = fitTemperature(validation!);
  assert.notEqual(temperature, fitTemperature(part!));
  assert.equal(results.tempered.temperature, temperature);
  const probabilities = applyTemperature(part!.probabilities, temperature, 7);
  assert.deepEqual(results.tempered.test, calibrationOf({ labels: part!.labels, probabilities }));
  assert.notDeepEqual(results.tempered.test, results.test.calibration);
  const copies = new Set(part!.copies);
  const kept = [...part!.rows.keys()].filter((i) => !copies.has(part!.rows[i]!));
  assert.equal(kept.length, part!.rows.length - 300);
  const rest = {
    labels: Uint8Array.from(kept, (i) => part!.labels[i]!),
    probabilities: Float32Array.from(kept.flatMap((i) => [...probabilities.subarray(i * 7, (i + 1) * 7)])),
  };
  assert.deepEqual(results.tempered.withoutCopies, calibrationOf(rest));
  assert.equal(withoutCopies(results)!.test.count, kept.length);
  const twin = { ...results.test.withoutCopies!, count: results.test.count };
  assert.equal(withoutCopies({ ...results, test: { ...results.test, withoutCopies: twin } }), null);
  for (const [own, predictions] of [
    [results.validation, validation!],
    [results.test, part!],
  ] as const) {
    const { metrics, confusion } = evaluatePredictions(predictions);
    assert.deepEqual([own.metrics, own.confusion], [metrics, confusion]);
  }
  assert.notEqual(results.validation.metrics.accuracy, results.test.metrics.accuracy);
});
