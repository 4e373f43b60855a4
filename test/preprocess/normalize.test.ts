import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalize } from '../../src/preprocess/normalize';
import { floatLevels, wordLevels } from '../../src/preprocess/wide-levels';

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

test('white is 1 or 255 in floats, and 65535 or 255 in words, whichever just holds the values', () => {
  assert.deepEqual([...floatLevels(Float32Array.of(0, 0.2, 1)).bytes], [0, 51, 255]);
  assert.deepEqual([...floatLevels(Float32Array.of(0, 1.5, 255)).bytes], [0, 2, 255]);
  assert.deepEqual([...wordLevels(Float32Array.of(0, 51, 255)).bytes], [0, 51, 255]);
  assert.deepEqual([...wordLevels(Float32Array.of(0, 256, 65535)).bytes], [0, 1, 255]);
  assert.throws(() => floatLevels(Float32Array.of(0, 255.5)), /not from 0 to 1 or from 0 to 255/);
});
