import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { Network } from '../../src/engine/network';
import { encodeOnnx } from '../../src/export/onnx';
import { exportSavedModel } from '../../src/export/saved-model';
import { exportTfjs } from '../../src/export/tfjs';
import { convolutionNormRelu } from '../../src/model/blocks';
import type { LayerDefinition, ModelDefinition } from '../../src/model/definition';
import { randomStream } from '../../src/random';
import { temporaryFolder } from '../temporary';
import { assertSame, predictTfjs } from './runtimes';

const COUNT = 3;
const CLASSES = ['a', 'b', 'c'];
const SIDE = 16;

/** A layer of each kind, with settings that differ from the defaults. */
const BODY: readonly LayerDefinition[] = [
  { kind: 'convolution', filters: 4, kernelSize: 5, stride: 2 },
  { kind: 'batchNorm', epsilon: 0.1 },
  { kind: 'relu' },
  { kind: 'residual', layers: convolutionNormRelu(6) },
  { kind: 'squeezeExcite', reduction: 3 },
  { kind: 'dropout', rate: 0.4 },
  { kind: 'maxPool', size: 3, stride: 2 },
];
const model = (name: string, end: readonly LayerDefinition[]): ModelDefinition => ({
  ...{ name, inputShape: [SIDE, SIDE, 1], classes: CLASSES.length },
  layers: [...BODY, ...end, { kind: 'dense', units: CLASSES.length }],
});
const MODELS = [
  model('flattened', [{ kind: 'flatten' }, { kind: 'dense', units: 5, bias: false }, { kind: 'relu' }]),
  model('mean', [{ kind: 'globalPool', statistic: 'mean' }]),
  model('largest', [{ kind: 'globalPool', statistic: 'max' }]),
];

/** A network whose weights and statistics are all changed, as training changes them. */
function shaken(definition: ModelDefinition): Network {
  const network = Network.build(definition, { seed: 3 });
  const { uniform } = randomStream(3, 'shaken');
  const weights = network.weights().map((weight) => ({
    ...weight,
    values: weight.values.map((value) => value * (1 + uniform()) + 0.3 * uniform()),
  }));
  network.setWeights(weights);
  return network;
}

const images = Float32Array.from({ length: COUNT * SIDE * SIDE }, randomStream(4, 'images').uniform);

for (const definition of MODELS) {
  test(`${definition.name}: onnxruntime, tfjs and TensorFlow give our probabilities from the exported files`, async (t) => {
    const network = shaken(definition);
    t.after(() => network.dispose());
    const expected = network.predict(images);
    assert.ok(Math.max(...expected) - Math.min(...expected) > 0.01, 'the probabilities are all alike');
    const folder = temporaryFolder(t);

    const session = await InferenceSession.create(encodeOnnx(definition, network.weights(), CLASSES));
    const input = new Tensor('float32', images, [COUNT, SIDE, SIDE, 1]);
    const { probabilities } = await session.run({ images: input });
    assert.deepEqual(probabilities!.dims, [COUNT, CLASSES.length]);
    assertSame(probabilities!.data as Float32Array, expected);

    const paths = await exportTfjs(definition, network.weights(), { folder, classes: CLASSES });
    assert.deepEqual(paths, [join(folder, 'model.json'), join(folder, 'weights.bin')]);
    assertSame(await predictTfjs(folder, { values: images, side: SIDE }), expected);
    const { userDefinedMetadata } = JSON.parse(readFileSync(paths[0]!, 'utf8'));
    assert.equal(userDefinedMetadata.classes, 'a,b,c');

    const path = exportSavedModel(definition, network.weights(), folder);
    assert.equal(path, join(folder, 'saved_model.pb'));
    assertSame(await predictSavedModel(folder), expected);
  });
}

/** Probabilities by the SavedModel's signature, which TensorFlow itself loads. */
async function predictSavedModel(folder: string): Promise<Float32Array> {
  const saved = await tf.node.loadSavedModel(folder, ['serve'], 'serving_default');
  const answer = saved.predict({ images: tf.tensor4d(images, [COUNT, SIDE, SIDE, 1]) });
  saved.dispose();
  return Object.values(answer as tf.NamedTensorMap)[0]!.dataSync() as Float32Array;
}
