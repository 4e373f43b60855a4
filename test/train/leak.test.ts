import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { publishEnsemble } from '../../src/publish/ensemble';
import { publishRun } from '../../src/publish/publish';
import type { RunConfig } from '../../src/run/config';
import { haveSameParts } from '../../src/run/record';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

const dataset = tinyDataset();
const root = mkdtempSync(join(tmpdir(), 'ferlab-leak-'));
const models = join(root, 'models');
process.env.FERLAB_MODELS = models;
after(() => rmSync(root, { recursive: true }));

/** A random split: each seed has other test images. */
const RANDOM = { protocol: 'paper', epochs: 1 } as const;

async function publish(name: string, seed: number): Promise<void> {
  const folder = join(root, name);
  await trainRun(tinyConfig({ ...RANDOM, seed }), { dataset, folder });
  publishRun(folder, { name, dataset, models });
}

const parts = (change: Partial<RunConfig>, sha256 = 'a') => {
  const { protocol, seed } = tinyConfig(change);
  return { split: { protocol, seed }, dataset: { sha256 } };
};

test('two seeds share the parts of the official protocol alone', () => {
  const share = (one: ReturnType<typeof parts>, other: ReturnType<typeof parts>) => haveSameParts(one, other);
  assert.ok(share(parts({ protocol: 'official', seed: 1 }), parts({ protocol: 'official', seed: 2 })));
  for (const protocol of ['paper', 'paper-deduplicated'] as const) {
    assert.ok(share(parts({ protocol, seed: 3 }), parts({ protocol, seed: 3, epochs: 9 })));
    assert.equal(share(parts({ protocol, seed: 0 }), parts({ protocol, seed: 3 })), false);
    assert.equal(share(parts({ protocol }), parts({ protocol: 'official' })), false);
  }
  assert.equal(share(parts({ protocol: 'paper' }), parts({ protocol: 'paper-deduplicated' })), false);
  assert.equal(share(parts({}), parts({}, 'b')), false);
});

test("neither a teacher nor a member of another seed's random split is accepted", async (t) => {
  await publish('seed1', 1);
  await publish('seed2', 2);
  const taught = tinyConfig({ ...RANDOM, seed: 2, teacher: { model: 'seed1', share: 0.5 } });
  await assert.rejects(trainRun(taught, { dataset, folder: temporaryFolder(t) }), /trained on other images/);
  const pair = { name: 'pair', members: ['seed1', 'seed2'], dataset, models };
  assert.throws(() => publishEnsemble(pair), /trained on other images/);
});
