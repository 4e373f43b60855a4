import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { SAMPLE } from '../../src/dataset/specs/sample';
import { FerlabError } from '../../src/errors';
import { startEnvironment } from '../../src/run/environment';
import { loadMarks, saveMarks } from '../../src/run/final-marks';
import { loadHistory, saveHistory } from '../../src/run/history';

import { dividedData, type EnsembleRecord, machinesOf, type NetworkRecord } from '../../src/run/record';
import { loadRecord, saveRecord } from '../../src/run/record-file';
import { runFiles } from '../../src/run/run-folder';
import { temporaryFolder } from '../temporary';

const fixture = (name: string) => join(__dirname, 'fixtures', `${name}.json`);
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const NETWORK = fixture('record-1-network');
const ENSEMBLE = fixture('record-1-ensemble');

/** Loads a changed copy of a document. */
function loadChanged(t: TestContext, path: string, change: (document: Record<string, unknown>) => void) {
  const document = readJson(path);
  change(document);
  const copy = join(temporaryFolder(t), 'record.json');
  writeFileSync(copy, JSON.stringify(document));
  return () => loadRecord(copy);
}

const isRefused = (message: RegExp) => (error: unknown) =>
  error instanceof FerlabError && message.test(error.message) && error.remedy !== undefined;

test('a record of the first form tells the same of a network, and when its environment was looked at', () => {
  const old = readJson(NETWORK);
  const record = loadRecord(NETWORK) as NetworkRecord;
  assert.equal(record.kind, 'network');
  for (const field of [
    'config',
    'precision',
    'parameters',
    'counts',
    'weightsSha256',
    'bestEpoch',
    'rounded',
  ] as const)
    assert.deepEqual(record[field], old[field]);
  const { name, classes, side } = FER2013;
  const { format, sha256, images } = old.dataset;
  assert.deepEqual(record.dataset, { spec: name, classes, side, format, sha256, images });
  assert.deepEqual(record.environments, [{ event: 'end', at: old.finishedAt, ...old.environment }]);
  assert.equal(startEnvironment(record.environments), null, 'nobody looked at the start');
  assert.deepEqual(machinesOf(record), [{ processor: 'AMD EPYC', cores: 2, precision: 'bfloat16' }]);
});

test("a record of the first form tells of an ensemble what is its own, and nothing of its first member's", () => {
  const old = readJson(ENSEMBLE);
  const record = loadRecord(ENSEMBLE) as EnsembleRecord;
  assert.equal(record.kind, 'ensemble');
  assert.deepEqual(record.members, old.members);
  assert.deepEqual(record.split, { protocol: 'official', seed: 1 });
  assert.deepEqual(machinesOf(record), []);
  for (const field of ['weightsSha256', 'parameters', 'trainingSeconds', 'startedAt', 'counts'] as const)
    assert.deepEqual(record[field], old[field]);
  for (const field of ['config', 'bestEpoch', 'environment', 'environments', 'precision', 'rounded'])
    assert.equal(field in record, false, field);
});

test('the first form knew the sample as synthetic', (t) => {
  const load = loadChanged(t, NETWORK, (document) => {
    (document.dataset as Record<string, unknown>).kind = 'synthetic';
  });
  assert.equal(load().dataset.spec, SAMPLE.name);
});

test('a random split of a corrected model is of the data that it was trained on; official parts are of the better copy', () => {
  const record = loadRecord(NETWORK) as NetworkRecord;
  const { dataset, counts, config } = record;
  const better = { ...dataset, sha256: 'better' };
  const correction = { at: record.finishedAt, reason: 'r', dataset: better, counts, leftOut: counts };
  const divided = (protocol: 'official' | 'paper') =>
    dividedData({ ...record, correction, config: { ...config, protocol } }).dataset.sha256;
  assert.deepEqual([divided('official'), divided('paper')], ['better', dataset.sha256]);
});

test('what was migrated and saved is read as it is', (t) => {
  for (const path of [NETWORK, ENSEMBLE]) {
    const record = loadRecord(path);
    const copy = join(temporaryFolder(t), 'record.json');
    saveRecord(copy, record);
    assert.deepEqual(loadRecord(copy), record);
    assert.equal(readJson(copy).format, 'ferlab-record-2');
  }
});

for (const [what, path, change, message] of [
  ['a missing field', NETWORK, { parameters: undefined }, /parameters: /],
  ['an unknown field', NETWORK, { colour: 'blue' }, /colour/],
  [
    'an unknown network',
    NETWORK,
    { config: { ...readJson(NETWORK).config, model: 'vgg' } },
    /config\.model: /,
  ],
  ['a number for a text', NETWORK, { weightsSha256: 7 }, /weightsSha256: /],
  ['a text for a time', NETWORK, { startedAt: 'yesterday' }, /startedAt: /],
  ['no environment', NETWORK, { environment: undefined }, /environment: /],
  [
    'a path for a member',
    ENSEMBLE,
    { members: ['../strong-cnn-seed1', 'b'] },
    /members\.0: a plain name is needed/,
  ],
  ['a single member', ENSEMBLE, { members: ['a'] }, /members: /],
  [
    'a newer form',
    NETWORK,
    { format: 'ferlab-record-3' },
    /"ferlab-record-3" where "ferlab-record-2" is needed/,
  ],
] as const) {
  test(`a record with ${what} is refused`, (t) => {
    assert.throws(
      loadChanged(t, path, (document) => Object.assign(document, change)),
      isRefused(message),
    );
  });
}

const EPOCH = { epoch: 1, learningRate: 0.1, loss: 2, accuracy: 0.2, valLoss: 1.5, valAccuracy: 0.4 };

test('a history is read in both forms, and refused when it is no history', (t) => {
  const path = join(temporaryFolder(t), 'history.json');
  const history = [EPOCH, { ...EPOCH, epoch: 2 }];
  saveHistory(path, history);
  assert.deepEqual(loadHistory(path), history);
  writeFileSync(path, JSON.stringify(history));
  assert.deepEqual(loadHistory(path), history);
  for (const [broken, message] of [
    [[EPOCH, EPOCH], /numbered from 1/],
    [[{ ...EPOCH, valAccuracy: 40 }], /epochs\.0\.valAccuracy/],
    [{ epochs: [EPOCH] }, /epochs: /],
    ['none', /epochs: /],
  ] as const) {
    writeFileSync(path, JSON.stringify(broken));
    assert.throws(() => loadHistory(path), isRefused(message), JSON.stringify(broken));
  }
});

test('marks of the test part are read in both forms; a broken file never counts as none', (t) => {
  const folder = temporaryFolder(t);
  assert.deepEqual(loadMarks(folder), []);
  const time = '2026-01-01T00:00:00.000Z';
  const marks = [{ weightsSha256: 'a'.repeat(64), startedAt: time, evaluatedAt: time }];
  saveMarks(folder, marks);
  assert.deepEqual(loadMarks(folder), marks);
  const { final } = runFiles(folder);
  writeFileSync(final, JSON.stringify(marks));
  assert.deepEqual(loadMarks(folder), marks);
  for (const broken of ['{}', '[{}]', '', 'null', '[{"weightsSha256": "a"}]']) {
    writeFileSync(final, broken);
    assert.throws(() => loadMarks(folder), FerlabError, broken);
  }
});
