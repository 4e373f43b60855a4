import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { Network } from '../../src/engine/network';
import { ExplainedNetwork } from '../../src/explain/explained-network';
import { checkSanity } from '../../src/explain/sanity';
import { splitDefinition } from '../../src/explain/split-definition';
import type { LayerDefinition, ModelDefinition } from '../../src/model/definition';
import { findPython } from '../../src/notebook/python';
import { randomStream } from '../../src/random';

const SIDE = 12;
const front: readonly LayerDefinition[] = [
  { kind: 'convolution', filters: 6, kernelSize: 3, bias: false },
  { kind: 'batchNorm' },
  { kind: 'relu' },
  { kind: 'maxPool', size: 2 },
  { kind: 'convolution', filters: 8, kernelSize: 3 },
  { kind: 'relu' },
];
const head: readonly LayerDefinition[] = [
  { kind: 'dense', units: 10 },
  { kind: 'relu' },
  { kind: 'dense', units: 4 },
];
const model = (...middle: LayerDefinition[]): ModelDefinition => ({
  ...{ name: 'small', inputShape: [SIDE, SIDE, 1], classes: 4 },
  layers: [...front, ...middle, ...head],
});
const models = {
  flattened: model({ kind: 'maxPool', size: 2 }, { kind: 'flatten' }),
  pooled: model({ kind: 'globalPool', statistic: 'meanAndMax' }),
  recurrent: model({ kind: 'rowLstm', units: 5 }),
};
const random = randomStream(5, 'explain');
const image = Float32Array.from({ length: SIDE * SIDE }, () => random.uniform());

function weightsOf(definition: ModelDefinition, seed = 1) {
  const network = Network.build(definition, { seed });
  const weights = network.weights();
  const logits = network.logits(image);
  network.dispose();
  return { weights, logits };
}

function byKeras(job: object): { logits: number[]; map: number[] } {
  const plain = (_: string, value: unknown) =>
    ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value;
  const input = JSON.stringify(job, plain);
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', CUDA_VISIBLE_DEVICES: '' };
  const script = join(__dirname, 'grad_cam.py');
  return JSON.parse(execFileSync(findPython(), [script], { input, env, stdio: 'pipe' }).toString());
}

const near = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length && Array.from(a).every((value, i) => Math.abs(value - b[i]!) < 1e-5);

for (const [name, definition] of Object.entries(models)) {
  test(`Grad-CAM of a ${name} network is that of Keras, and its scores are those of the engine`, () => {
    const { weights, logits } = weightsOf(definition);
    const explained = new ExplainedNetwork(definition, weights);
    assert.ok(near(explained.logits(image), logits));
    const maps = [0, 1, 2, 3].map((label) => explained.gradCam(image, label));
    assert.ok(
      maps.some(({ values }) => Math.max(...values) > 0),
      'some map shows something',
    );
    for (const label of [0, 3]) {
      const { width, height, channels, values } = maps[label]!;
      assert.deepEqual([width, height, channels], [6, 6, 1]);
      const keras = byKeras({ definition, weights, image, label });
      assert.ok(near(keras.logits, logits));
      assert.ok(near(keras.map, values), `label ${label}`);
    }
    explained.dispose();
  });
}

test('the two parts of a network have all layers, the first ends in its last feature maps', () => {
  const { front: maps, head: rest } = splitDefinition(models.flattened);
  assert.deepEqual(maps.layers, front);
  assert.deepEqual(rest.inputShape, [6, 6, 8]);
  assert.equal(rest.layers.length, 5);
  assert.throws(
    () => splitDefinition({ ...models.flattened, layers: [{ kind: 'flatten' }, ...head] }),
    /no feature maps/,
  );
});

test('maps of a layer are those of the engine: a hand-made filter shows the image itself', () => {
  const definition: ModelDefinition = {
    ...{ name: 'one', inputShape: [3, 3, 1], classes: 2 },
    layers: [
      { kind: 'convolution', filters: 1, kernelSize: 1, bias: false },
      { kind: 'relu' },
      { kind: 'flatten' },
      { kind: 'dense', units: 2 },
    ],
  };
  const { weights } = weightsOf(definition);
  const doubled = weights.map((weight) =>
    weight.shape.length === 4 ? { ...weight, values: Float32Array.of(2) } : weight,
  );
  const explained = new ExplainedNetwork(definition, doubled);
  const pixels = Float32Array.from({ length: 9 }, (_, i) => i / 9);
  const { values } = explained.featureMaps(pixels, explained.layerNames.at(-1)!);
  assert.ok(
    near(
      values,
      pixels.map((level) => 2 * level),
    ),
  );
  explained.dispose();
});

test('maps of a network with random weights do not resemble those of other weights', () => {
  const definition = models.flattened;
  const explained = [0, 1, 2, 3].map((label) => ({ image, label }));
  const same = checkSanity(definition, weightsOf(definition, 1).weights, explained);
  // The first random weights have the seed of these.
  assert.ok(same.correlation > 0.999);
  const other = checkSanity(definition, weightsOf(definition, 3).weights, explained);
  assert.ok(other.correlation < 0.9, `${other.correlation}`);
});
