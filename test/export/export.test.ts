import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { Network } from '../../src/engine/network';
import { exportOnnx } from '../../src/export/onnx';
import { exportTfjs } from '../../src/export/tfjs';
import { convolutionNormRelu } from '../../src/model/blocks';
import type { ModelDefinition } from '../../src/model/definition';
import { MODELS } from '../../src/model/models';
import { findPython } from '../../src/notebook/python';
import { randomStream } from '../../src/random';
import { temporaryFolder } from '../train/tiny';

const TOLERANCE = 1e-4;
const COUNT = 5;
const RUN_ONNX = join(__dirname, 'run_onnx.py');

/** Everything that the published models lack: residual blocks with and without a shortcut, strides, odd pooling. */
const UNUSUAL: ModelDefinition = {
  name: 'unusual',
  inputShape: [48, 48, 1],
  classes: 7,
  layers: [
    { kind: 'convolution', filters: 8, kernelSize: 5, stride: 2 },
    { kind: 'batchNorm', epsilon: 0.1 },
    { kind: 'relu' },
    { kind: 'residual', layers: convolutionNormRelu(12) },
    { kind: 'residual', layers: [...convolutionNormRelu(12), { kind: 'dropout', rate: 0.5 }] },
    { kind: 'maxPool', size: 3, stride: 2 },
    { kind: 'globalPool', statistic: 'max' },
    { kind: 'dense', units: 16, bias: false },
    { kind: 'relu' },
    { kind: 'dense', units: 7 },
  ],
};
const MEAN: ModelDefinition = {
  name: 'mean',
  inputShape: [48, 48, 1],
  classes: 7,
  layers: [
    { kind: 'convolution', filters: 8, kernelSize: 2 },
    { kind: 'globalPool', statistic: 'mean' },
    { kind: 'dense', units: 7 },
  ],
};

/** A network whose weights and statistics are all changed, as training changes them. */
function shaken(definition: ModelDefinition): Network {
  const network = Network.build(definition, { seed: 3 });
  const { uniform } = randomStream(3, 'shaken');
  const weights = network.weights().map((weight) => ({
    ...weight,
    values: weight.values.map(
      (value) =>
        value * (1 + 0.4 * uniform()) +
        (/variance|scale|filter|kernel/.test(weight.name) ? 0 : 0.2 * (uniform() - 0.5)),
    ),
  }));
  network.setWeights(weights);
  return network;
}

function randomImages(side: number): Float32Array {
  const { uniform } = randomStream(4, 'images');
  return Float32Array.from({ length: COUNT * side * side }, uniform);
}

function runOnnx(t: TestContext, model: string, images: Float32Array, side: number): Float32Array {
  const file = join(temporaryFolder(t), 'images.bin');
  writeFileSync(file, images);
  const bytes = execFileSync(findPython(), [RUN_ONNX, model, file, String(COUNT), String(side)]);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function assertSame(actual: Float32Array, expected: Float32Array): void {
  assert.equal(actual.length, expected.length);
  const largest = Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)));
  assert.ok(largest <= TOLERANCE, `probabilities differ by ${largest}`);
}

for (const definition of [...Object.values(MODELS).map((build) => build()), UNUSUAL, MEAN]) {
  test(`${definition.name}: tfjs and onnxruntime give our probabilities`, async (t) => {
    const network = shaken(definition);
    t.after(() => network.dispose());
    const images = randomImages(48);
    const expected = network.predict(images);
    assert.ok(Math.max(...expected) - Math.min(...expected) > 0.01, 'the probabilities are all alike');
    const folder = temporaryFolder(t);
    await exportTfjs(definition, network.weights(), folder);
    const loaded = await tf.loadLayersModel(`file://${folder}/model.json`);
    t.after(() => loaded.dispose());
    const predicted = tf.tidy(() => loaded.predict(tf.tensor4d(images, [COUNT, 48, 48, 1])) as tf.Tensor);
    assertSame(predicted.dataSync() as Float32Array, expected);
    predicted.dispose();
    const onnx = join(folder, 'model.onnx');
    exportOnnx(definition, network.weights(), onnx);
    assertSame(runOnnx(t, onnx, images, 48), expected);
  });
}

test('a model without flattening takes other sizes in ONNX too', (t) => {
  const network = shaken(MODELS['strong-cnn']());
  t.after(() => network.dispose());
  const onnx = join(temporaryFolder(t), 'model.onnx');
  exportOnnx(network.definition, network.weights(), onnx);
  const probabilities = runOnnx(t, onnx, randomImages(40), 40);
  assert.equal(probabilities.length, COUNT * 7);
  for (let i = 0; i < COUNT; i++)
    assert.ok(Math.abs(probabilities.subarray(7 * i, 7 * i + 7).reduce((sum, p) => sum + p, 0) - 1) < 1e-5);
});

test('weights of another model are refused by name', (t) => {
  const network = shaken(MEAN);
  t.after(() => network.dispose());
  const path = join(temporaryFolder(t), 'model.onnx');
  assert.throws(() => exportOnnx(UNUSUAL, network.weights(), path), /the weights have no/);
});
