import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { Network } from '../../src/engine/network';
import { Trainer } from '../../src/engine/trainer';
import { FerlabError } from '../../src/errors';
import { buildModel } from '../../src/model/models';
import { temporaryFolder } from '../temporary';
import { randomExamples, smallModel } from './small-model';

/** Sends temporary files to `folder` until the test has ended. */
function useTemporaryFolder(t: TestContext, folder: string): void {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  t.after(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
}

test('a step of training changes the predictions, and old sessions go', () => {
  const network = Network.build(smallModel(0.25), { seed: 2 });
  const optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } as const;
  const trainer = new Trainer(network, { optimizer, seed: 0 });
  const { images } = randomExamples(4);
  const open = tf.node.getNumOfSavedModels();
  const before = network.predict(images);
  assert.deepEqual(network.predict(images), before);
  trainer.step({ ...randomExamples(16, 1), learningRate: 0.05, step: 0 });
  assert.notDeepEqual(network.predict(images), before);
  assert.equal(tf.node.getNumOfSavedModels(), open + 1);
  trainer.dispose();
  network.dispose();
  assert.equal(tf.node.getNumOfSavedModels(), open);
});

test('a session leaves nothing in the folder for temporary files', (t) => {
  const folder = temporaryFolder(t);
  useTemporaryFolder(t, folder);
  const network = Network.build(smallModel(), { seed: 2 });
  network.predict(randomExamples(2).images);
  assert.deepEqual(readdirSync(folder), []);
  network.dispose();
});

test('where no temporary file can be written, the remedy is told', (t) => {
  const folder = join(temporaryFolder(t), 'missing');
  useTemporaryFolder(t, folder);
  const network = Network.build(smallModel(), { seed: 2 });
  t.after(() => network.dispose());
  assert.throws(
    () => network.predict(randomExamples(2).images),
    (error) =>
      error instanceof FerlabError && error.message.includes(folder) && error.remedy?.includes('TMPDIR'),
  );
});

test('sessions of changing weights use no more memory than one', () => {
  const network = Network.build(buildModel('strong-cnn', FER2013), { seed: 2 });
  const image = new Float32Array(48 * 48).fill(0.5);
  const renew = (times: number) => {
    for (let i = 0; i < times; i++) {
      network.predict(image);
      network.forgetInference();
    }
    return process.memoryUsage.rss() / 2 ** 20;
  };
  const before = renew(15);
  const grown = renew(60) - before;
  // The weights of a session take 4.7 MB, so that 60 lost ones would take 280.
  assert.ok(grown < 100, `${grown} MB`);
  network.dispose();
});
