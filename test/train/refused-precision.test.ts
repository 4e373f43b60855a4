import assert from 'node:assert/strict';
import fs, { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Device } from '../../src/engine/device';
import { Network } from '../../src/engine/network';
import { Trainer } from '../../src/engine/trainer';
import { FerlabError } from '../../src/errors';
import { runStudy } from '../../src/study/run';
import { trainRun } from '../../src/train/train';
import { smallModel } from '../engine/small-model';
import { setVariable, temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

const skip = new Device().hasOneDnn ? false : 'bfloat16 is computed without oneDNN here';
const dataset = tinyDataset();

/** Makes this a processor with AVX2 and no more. */
function withoutBfloat16(t: TestContext): void {
  const { readFileSync } = fs;
  t.mock.method(fs, 'readFileSync', (path: string, ...more: []) =>
    path === '/proc/cpuinfo' ? 'flags : fpu avx2 fma' : readFileSync(path, ...more),
  );
}

const isRefused = (error: unknown) =>
  error instanceof FerlabError &&
  error.exitStatus === 1 &&
  error.message === "this processor can't train in bfloat16, which needs AVX-512" &&
  /--precision float32/.test(error.remedy!);

test('a training in bfloat16 is refused before it begins, and leaves no folder', { skip }, async (t) => {
  withoutBfloat16(t);
  const folder = join(temporaryFolder(t), 'run');
  await assert.rejects(trainRun(tinyConfig({ precision: 'bfloat16' }), { dataset, folder }), isRefused);
  assert.equal(existsSync(folder), false);
  const network = Network.build(smallModel(0), { seed: 0, precision: 'bfloat16' });
  const optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } as const;
  assert.throws(() => new Trainer(network, { optimizer, seed: 0 }), isRefused);
  network.dispose();
});

test('a study is refused before its first run is trained where the last one asks for bfloat16', {
  skip,
}, async (t) => {
  withoutBfloat16(t);
  const runs = temporaryFolder(t);
  setVariable('FERLAB_RUNS', runs, t);
  const variants = (['float32', 'bfloat16'] as const).map((precision) => ({
    ...{ name: precision, change: precision },
    config: tinyConfig({ epochs: 1, precision }),
  }));
  const study = { name: 'types', title: 't', protocol: 'p', variants };
  await assert.rejects(runStudy(study, { dataset }), isRefused);
  assert.equal(existsSync(join(runs, 'types')), false);
});
