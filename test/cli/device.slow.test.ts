import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { temporaryFolder } from '../temporary';
import { ferlabWith } from './ferlab';

test('no training starts on another device than the one that was asked for', (t) => {
  const runs = temporaryFolder(t);
  const { isUsingGpuDevice } = tf.backend() as unknown as { isUsingGpuDevice: boolean };
  const [used, other] = isUsingGpuDevice ? ['gpu', 'cpu'] : ['cpu', 'gpu'];
  const settings = { FERLAB_DEVICE: other, FERLAB_RUNS: runs, FER2013: '' };
  const { status, stderr } = ferlabWith(settings, 'train', '--profile', 'smoke', '--epochs', '1');
  assert.equal(status, 1, stderr);
  assert.match(
    stderr,
    new RegExp(`FERLAB_DEVICE asks for ${other}, but TensorFlow computes on the ${used}\n {2}remedy: run`),
  );
  const weights = readdirSync(runs, { recursive: true }).filter((path) => String(path).endsWith('.bin'));
  assert.deepEqual(weights, []);
});
