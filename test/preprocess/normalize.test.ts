import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalize } from '../../src/preprocess/normalize';

test('grey levels become shares of white, to the bit those of numpy', () => {
  // numpy: (np.array([0, 1, 51, 128, 255], np.uint8) / 255).astype(np.float32).view(np.uint32)
  const bits = [0, 0x3b808081, 0x3e4ccccd, 0x3f008081, 0x3f800000];
  const scaled = normalize(Uint8Array.of(0, 1, 51, 128, 255));
  assert.deepEqual([...new Uint32Array(scaled.buffer)], bits);
});

test('writes into the array that is given, and leaves the rest of it', () => {
  const into = new Float32Array(4).fill(-1);
  assert.equal(normalize(Uint8Array.of(255, 0), into), into);
  assert.deepEqual([...into], [1, 0, -1, -1]);
});
