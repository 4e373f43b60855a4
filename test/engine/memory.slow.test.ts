import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribute, DTYPE } from '../../src/engine/attribute';
import { Device } from '../../src/engine/device';
import { EXIT, FerlabError } from '../../src/errors';

// TensorFlow waits ten seconds for memory before it gives up.
test('memory that runs out is told as such, with a remedy', () => {
  const device = new Device();
  const shape = device.upload(Int32Array.of(1 << 20, 1 << 20), [2]);
  const zero = device.upload(Float32Array.of(0), []);
  const types = [attribute.type('T', DTYPE.float32), attribute.type('index_type', DTYPE.int32)];
  assert.throws(
    () => device.run('Fill', types, [shape, zero]),
    (error) =>
      error instanceof FerlabError &&
      /out of memory in Fill: OOM when allocating tensor with shape\[1048576,1048576\]/.test(error.message) &&
      /smaller batch/.test(error.remedy ?? '') &&
      error.exitStatus === EXIT.outOfMemory,
  );
  assert.equal(device.liveCount, 2, 'the failed operation leaves nothing behind');
});
