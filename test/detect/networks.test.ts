import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { NETWORKS, type NetworkName } from '../../src/detect/mtcnn/cascade';
import { encodeMtcnn, OUTPUT } from '../../src/detect/mtcnn/graph';
import { readOnnxWeights } from '../../src/detect/mtcnn/weights';
import { detectorsFolder } from '../../src/detect/weight-files';
import { Device } from '../../src/engine/device';
import { InferenceSession } from '../../src/engine/inference-session';
import { findPython } from '../../src/notebook/python';
import { randomStream } from '../../src/random';
import { temporaryFolder } from '../temporary';

const pathOf = (name: NetworkName) => join(detectorsFolder(), `${name}.onnx`);

function randomInput(shape: readonly number[]): Float32Array {
  const random = randomStream(3, 'input');
  return Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => 2 * random.uniform() - 1);
}

function ours(name: NetworkName, values: Float32Array, shape: readonly number[]): Float32Array {
  const device = new Device();
  const model = encodeMtcnn(name, readOnnxWeights(readFileSync(pathOf(name)), name));
  const session = InferenceSession.open(device, model);
  const [input, live] = [device.upload(values, shape), device.liveCount];
  const output = session.run(input, OUTPUT);
  const numbers = device.download(output) as Float32Array;
  output.release();
  assert.equal(device.liveCount, live);
  session.dispose();
  return numbers;
}

/** Offsets, landmarks and the two probabilities one after the other, each for all candidates. */
function theirs(t: TestContext, name: NetworkName, values: Float32Array, shape: readonly number[]) {
  const file = join(temporaryFolder(t), 'input.bin');
  writeFileSync(file, values);
  const words = [join(__dirname, 'run_network.py'), pathOf(name), file, ...shape.map(String)];
  const bytes = execFileSync(findPython(), words);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

for (const [name, shape] of [
  ['pnet', [1, 29, 40, 3]],
  ['rnet', [5, 24, 24, 3]],
  ['onet', [5, 48, 48, 3]],
] as const) {
  test(`${name} gives what ONNX Runtime gives`, (t) => {
    const values = randomInput(shape);
    const found = ours(name, values, shape);
    const expected = theirs(t, name, values, shape);
    const { outputs } = NETWORKS[name];
    const count = found.length / outputs;
    assert.equal(expected.length, count * (outputs + 1));
    const offsets = expected.subarray(0, 4 * count);
    const landmarks = expected.subarray(4 * count, (outputs - 1) * count);
    const classes = expected.subarray((outputs - 1) * count);
    for (let i = 0; i < count; i++) {
      const numbers = [
        classes[2 * i + 1]!,
        ...offsets.subarray(4 * i, 4 * i + 4),
        ...landmarks.subarray(10 * i, 10 * i + (outputs === 15 ? 10 : 0)),
      ];
      for (const [k, number] of numbers.entries())
        assert.ok(Math.abs(number - found[i * outputs + k]!) < 1e-4, `candidate ${i}, number ${k}`);
    }
  });
}
