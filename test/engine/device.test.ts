import assert from 'node:assert/strict';
import { test } from 'node:test';
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
