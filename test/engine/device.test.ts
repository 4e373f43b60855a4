import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { checkAskedDevice } from '../../src/engine/asked-device';
import { DTYPE } from '../../src/engine/attribute';
import { Device } from '../../src/engine/device';
import { cast, convert } from '../../src/engine/operations/shape';

test('any other failure names the operation', () => {
  const device = new Device();
  const x = device.upload(new Float32Array(2), [2]);
  assert.throws(() => device.run('NoSuchOperation', [], [x]), /NoSuchOperation failed/);
});

test('bfloat16 keeps eight bits of the fraction and rounds to even', () => {
  const device = new Device();
  const x = device.upload(Float32Array.of(1, 1 + 2 ** -8, 1 + 3 * 2 ** -8, -2.5, 1e30), [5]);
  const rounded = cast(cast(x, DTYPE.bfloat16), DTYPE.float32);
  const [one, tieDown, tieUp, exact, large] = device.download(rounded);
  assert.deepEqual([one, tieDown, tieUp, exact], [1, 1, 1 + 2 ** -6, -2.5]);
  assert.ok(Math.abs(large! / 1e30 - 1) < 2 ** -8);
});

test('a tensor is freed with its last owner', () => {
  const device = new Device();
  const x = device.upload(new Float32Array(4), [4]);
  x.retain().release();
  assert.equal(device.liveCount, 1);
  assert.equal(convert(x, DTYPE.float32), x);
  convert(x, DTYPE.bfloat16).release();
  assert.equal(device.liveCount, 0);
});

test('a device that was asked for and is not used is an error, never a silent fallback', () => {
  for (const [asked, usesGpu] of [
    [undefined, true],
    [undefined, false],
    ['', false],
    ['cpu', false],
    ['gpu', true],
  ] as const)
    checkAskedDevice(asked, usesGpu);
  assert.throws(() => checkAskedDevice('gpu', false), /asks for gpu, but TensorFlow computes on the cpu/);
  assert.throws(() => checkAskedDevice('cpu', true), /asks for cpu, but TensorFlow computes on the gpu/);
});

test('a network is not built on another device than the one asked for', (t) => {
  const before = process.env.FERLAB_DEVICE;
  t.after(() => {
    if (before === undefined) delete process.env.FERLAB_DEVICE;
    else process.env.FERLAB_DEVICE = before;
  });
  const usesGpu = (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice;
  process.env.FERLAB_DEVICE = usesGpu ? 'cpu' : 'gpu';
  assert.throws(() => new Device(), /FERLAB_DEVICE asks for/);
});
