import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { loadResults } from '../../src/evaluate/results';
import { loadReport, resultsDocument, resultsJsonSchema } from '../../src/report/document/document';
import { runFiles } from '../../src/run/run-folder';
import { EDGE_CASES, fakeResults, writeFakeRun } from '../report/fake-run';
import { temporaryFolder } from '../temporary';

const refuses = (load: () => unknown, message: RegExp) =>
  assert.throws(load, (error) => {
    assert.ok(error instanceof FerlabError, String(error));
    assert.match(error.message, message);
    assert.ok(error.remedy);
    return true;
  });

test('results come from the saved files alone', () => {
  const folder = writeFakeRun(temporaryFolder());
  const results = loadResults(folder);
  assert.equal(results.classifier.name, 'fake-official-seed1');
  assert.equal(results.test.count, 3589);
  assert.equal(results.training!.history.length, 24);
  assert.deepEqual(loadResults(folder), results, 'the same files give the same numbers');
});

for (const [what, file, message] of [
  ['record', 'record', /no run in this folder/],
  ['history', 'history', /history\.json: there is no such file/],
  ['final evaluation', 'test', /no predictions for its test part/],
  ['validation predictions', 'validation', /no predictions for its validation part/],
] as const) {
  test(`a run without ${what} is refused`, () => {
    const folder = writeFakeRun(temporaryFolder());
    const files = runFiles(folder);
    rmSync(file === 'test' || file === 'validation' ? files.predictions(file) : files[file]);
    refuses(() => loadResults(folder), message);
  });
}

test('a folder that is not there is refused', () => {
  refuses(() => loadResults(join(temporaryFolder(), 'none')), /no such folder/);
});

test('predictions that are not all there are refused', () => {
  const folder = writeFakeRun(temporaryFolder());
  const path = runFiles(folder).predictions('test');
  writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(0, 100).join('\n'));
  refuses(() => loadResults(folder), /98 predictions, but the run has 3589 test images/);
});

test('every edge case fits the schema, and survives writing and reading', () => {
  for (const [name, run] of Object.entries(EDGE_CASES)) {
    const document = resultsDocument([fakeResults(temporaryFolder(), run)], ['results.json']);
    const path = join(temporaryFolder(), 'results.json');
    writeFileSync(path, JSON.stringify(document));
    assert.deepEqual(JSON.parse(JSON.stringify(document)), loadReport(path), name);
  }
});

test('a document that does not fit is refused with the field', () => {
  const document = resultsDocument([fakeResults(temporaryFolder())], []);
  const path = join(temporaryFolder(), 'results.json');
  const damaged = (change: (value: { runs: { test: { metrics: { accuracy: unknown } } }[] }) => void) => {
    const value = JSON.parse(JSON.stringify(document));
    change(value);
    writeFileSync(path, JSON.stringify(value));
    return () => loadReport(path);
  };
  refuses(
    damaged((value) => {
      value.runs[0]!.test.metrics.accuracy = 1.2;
    }),
    /runs\.0\.test\.metrics\.accuracy/,
  );
  refuses(
    damaged((value) => {
      value.runs.length = 0;
    }),
    /runs/,
  );
  writeFileSync(path, '{');
  refuses(() => loadReport(path), /results\.json/);
  refuses(() => loadReport(join(path, 'none')), /none/);
});

test('the published schema names every part of the document', () => {
  const schema = resultsJsonSchema() as { $schema: string; required: string[]; properties: object };
  const document = resultsDocument([fakeResults(temporaryFolder())], []);
  assert.deepEqual(Object.keys(schema.properties).sort(), Object.keys(document).sort());
  assert.deepEqual([...schema.required].sort(), Object.keys(document).sort());
  assert.match(schema.$schema, /2020-12/);
});
