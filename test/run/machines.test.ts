import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { configHash } from '../../src/run/config';
import { checkRunData, openNetworkRun } from '../../src/run/open-run';
import { buildConfig } from '../../src/run/profiles';
import { machinesOf } from '../../src/run/record';
import { writeFakeRun } from '../report/fake-run';
import { tinyDataset } from '../train/tiny';

const root = mkdtempSync(join(tmpdir(), 'ferlab-machines-'));
after(() => rmSync(root, { recursive: true }));
const run = openNetworkRun(writeFakeRun(root));

test('a rounded model was trained in the element type of its training', () => {
  const { record } = run;
  assert.deepEqual(
    machinesOf(record).map(({ precision }) => precision),
    ['float32'],
  );
  const rounded = { to: 'float16', fromSha256: 'c'.repeat(64), fromPrecision: 'bfloat16' } as const;
  assert.deepEqual(
    machinesOf({ ...record, rounded }).map(({ precision }) => precision),
    ['bfloat16'],
  );
});

test('a run takes the data that it was trained on and no other', () => {
  const { spec, source } = tinyDataset();
  const { sha256 } = run.record.dataset;
  checkRunData(run, { spec, source: { ...source, sha256 } });
  assert.throws(() => checkRunData(run, tinyDataset()), /the run needs/);
});

test('the hash of a configuration has eight hex digits', () => {
  assert.match(configHash(buildConfig('paper')), /^[0-9a-f]{8}$/);
});
