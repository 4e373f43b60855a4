import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeTensors, hashTensors, loadTensors, saveTensors } from '../../src/run/tensor-file';
import { temporaryFolder } from '../temporary';

const TENSORS = [
  { name: 'filter', shape: [2, 3], values: Float32Array.of(1, -2.5, 3e-40, -0, 5e37, 0.1) },
  { name: 'scalar', shape: [], values: Float32Array.of(Math.PI) },
  { name: 'empty', shape: [0], values: new Float32Array(0) },
];

test('a tensor file gives back the same bits, shapes and description', (t) => {
  const path = join(temporaryFolder(t), 'weights.bin');
  saveTensors(path, { meta: { epoch: 3, note: 'häh' }, tensors: TENSORS });
  const { meta, tensors } = loadTensors(path);
  assert.deepEqual(meta, { epoch: 3, note: 'häh' });
  assert.deepEqual(tensors, TENSORS);
  assert.ok(Object.is(tensors[0]!.values[3], -0));
});

test('every damaged byte and every cut is noticed', (t) => {
  const path = join(temporaryFolder(t), 'weights.bin');
  const bytes = encodeTensors({ meta: null, tensors: TENSORS });
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at]! ^= 1;
    writeFileSync(path, damaged);
    assert.throws(() => loadTensors(path), /damaged/, `byte ${at}`);
  }
  for (const length of [0, 5, 40, bytes.length - 1]) {
    writeFileSync(path, bytes.subarray(0, length));
    assert.throws(() => loadTensors(path), /damaged/, `${length} bytes`);
  }
});

test('a missing file is told with its name', (t) => {
  const path = join(temporaryFolder(t), 'weights.bin');
  assert.throws(() => loadTensors(path), /weights\.bin: ENOENT/);
});

test('the hash tells names, shapes and values apart', () => {
  const [filter] = TENSORS;
  const others = [
    { ...filter!, name: 'other' },
    { ...filter!, shape: [3, 2] },
    { ...filter!, values: Float32Array.of(1, -2.5, 3e-40, 0, 5e37, 0.1) },
  ];
  const hashes = [filter!, ...others].map((tensor) => hashTensors([tensor]));
  assert.equal(new Set(hashes).size, 4);
});

test('writing replaces the whole file and leaves nothing beside it', (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'weights.bin');
  saveTensors(path, { meta: null, tensors: TENSORS });
  saveTensors(path, { meta: null, tensors: TENSORS.slice(1) });
  assert.deepEqual(readdirSync(folder), ['weights.bin']);
  assert.deepEqual(readFileSync(path), encodeTensors({ meta: null, tensors: TENSORS.slice(1) }));
});

test('compressed values are the same values in less space', (t) => {
  const path = join(temporaryFolder(t), 'forest.bin');
  const tensors = [
    { name: 'shares', shape: [5000], values: Float32Array.from({ length: 5000 }, (_, i) => (i % 7) / 9) },
  ];
  saveTensors(path, { meta: null, tensors }, { brotli: true });
  assert.deepEqual(loadTensors(path).tensors, tensors);
  assert.ok(statSync(path).size < 1000, `${statSync(path).size} bytes`);
  saveTensors(path, { meta: null, tensors }, { brotli: true, type: 'float16' });
  assert.equal(loadTensors(path).tensors[0]!.values[8], Math.fround(0.111083984375)); // 1/9 in float16
});
