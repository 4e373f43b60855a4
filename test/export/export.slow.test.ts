import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { Network } from '../../src/engine/network';
import { exportOnnx } from '../../src/export/onnx';
import { exportSavedModel } from '../../src/export/saved-model';
import { exportTfjs } from '../../src/export/tfjs';
import { convolutionNormRelu } from '../../src/model/blocks';
import type { ModelDefinition } from '../../src/model/definition';
import { MODELS } from '../../src/model/models';
import { findPython } from '../../src/notebook/python';
import { randomStream } from '../../src/random';
import { temporaryFolder } from '../temporary';
import { assertSame, type Images, predictOnnx, predictSavedModel, predictTfjs } from './runtimes';

const COUNT = 5;

/** Everything that the published models lack: residual blocks with and without a shortcut, squeeze-and-excitation, strides, odd pooling. */
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
    { kind: 'squeezeExcite', reduction: 5 },
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

function randomImages(side = 48): Images {
  const { uniform } = randomStream(4, 'images');
  return { values: Float32Array.from({ length: COUNT * side * side }, uniform), side };
}

for (const definition of [...Object.values(MODELS).map((build) => build(FER2013)), UNUSUAL, MEAN]) {
  test(`${definition.name}: tfjs, onnxruntime and TensorFlow in Python give our probabilities`, async (t) => {
    const network = shaken(definition);
    t.after(() => network.dispose());
    const images = randomImages();
    const expected = network.predict(images.values);
    assert.ok(Math.max(...expected) - Math.min(...expected) > 0.01, 'the probabilities are all alike');
    const folder = temporaryFolder(t);
    await exportTfjs(definition, network.weights(), { folder, classes: FER2013.classes });
    assertSame(await predictTfjs(folder, images), expected);
    const onnx = join(folder, 'model.onnx');
    exportOnnx(definition, network.weights(), { path: onnx, classes: FER2013.classes });
    assertSame(await predictOnnx(t, onnx, images), expected);
    exportSavedModel(definition, network.weights(), folder);
    assertSame(await predictSavedModel(t, folder, images), expected);
  });
}

test('a model without flattening takes images of another size', async (t) => {
  const network = shaken(MODELS['strong-cnn'](FER2013));
  const [definition, weights] = [network.definition, network.weights()];
  network.dispose();
  const images = randomImages(40);
  const smaller = Network.build({ ...definition, inputShape: [40, 40, 1] }, { seed: 1 });
  t.after(() => smaller.dispose());
  smaller.setWeights(weights);
  const expected = smaller.predict(images.values);
  const folder = temporaryFolder(t);
  const onnx = join(folder, 'model.onnx');
  exportOnnx(definition, weights, { path: onnx, classes: FER2013.classes });
  assertSame(await predictOnnx(t, onnx, images), expected);
  await exportTfjs(definition, weights, { folder, classes: FER2013.classes });
  assertSame(await predictTfjs(folder, images), expected);
  exportSavedModel(definition, weights, folder);
  assertSame(await predictSavedModel(t, folder, images), expected);
});

test('a model file says what it takes and which classes it gives, in order', async (t) => {
  const network = shaken(MEAN);
  t.after(() => network.dispose());
  const folder = temporaryFolder(t);
  await exportTfjs(MEAN, network.weights(), { folder, classes: FER2013.classes });
  const { userDefinedMetadata } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  assert.equal(userDefinedMetadata.classes, 'Angry,Disgust,Fear,Happy,Sad,Surprise,Neutral');
  assert.match(userDefinedMetadata.input, /divided by 255/);
  const onnx = join(folder, 'model.onnx');
  exportOnnx(MEAN, network.weights(), { path: onnx, classes: FER2013.classes });
  const read =
    'import onnx, sys, json; m = onnx.load(sys.argv[1]); print(json.dumps({p.key: p.value for p in m.metadata_props}))';
  const found = execFileSync(findPython(), ['-c', read, onnx], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(found), userDefinedMetadata);
});

test('weights of another model are refused by name', (t) => {
  const network = shaken(MEAN);
  t.after(() => network.dispose());
  const path = join(temporaryFolder(t), 'model.onnx');
  assert.throws(
    () => exportOnnx(UNUSUAL, network.weights(), { path, classes: FER2013.classes }),
    /the weights have no/,
  );
});
