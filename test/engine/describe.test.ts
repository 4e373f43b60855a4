import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { describeModel, modelSize, oddWidths } from '../../src/engine/describe';
import { Network } from '../../src/engine/network';
import type { ModelDefinition } from '../../src/model/definition';
import { buildModel, MODELS, type ModelName } from '../../src/model/models';

test('parameters and multiply-adds of a small model, counted by hand', () => {
  const model: ModelDefinition = {
    name: 'small',
    inputShape: [8, 8, 1],
    classes: 3,
    layers: [
      { kind: 'convolution', filters: 4, kernelSize: 3 }, // 3 * 3 * 1 * 4 + 4; 8 * 8 * 9 * 4
      { kind: 'batchNorm' }, // 4 + 4
      { kind: 'relu' },
      { kind: 'maxPool', size: 2 },
      { kind: 'convolution', filters: 2, kernelSize: 3, stride: 2, bias: false }, // 3 * 3 * 4 * 2; 2 * 2 * 36 * 2
      { kind: 'flatten' },
      { kind: 'dense', units: 3 }, // 8 * 3 + 3; 24
    ],
  };
  assert.deepEqual(describeModel(model), [
    { layer: 'convolution-1', outputShape: [8, 8, 4], parameters: 40, multiplyAdds: 2304, filters: 4 },
    { layer: 'batchNorm-1', outputShape: [8, 8, 4], parameters: 8, multiplyAdds: 0 },
    { layer: 'relu-1', outputShape: [8, 8, 4], parameters: 0, multiplyAdds: 0 },
    { layer: 'maxPool-1', outputShape: [4, 4, 4], parameters: 0, multiplyAdds: 0 },
    { layer: 'convolution-2', outputShape: [2, 2, 2], parameters: 72, multiplyAdds: 288, filters: 2 },
    { layer: 'flatten-1', outputShape: [8], parameters: 0, multiplyAdds: 0 },
    { layer: 'dense-1', outputShape: [3], parameters: 27, multiplyAdds: 24 },
  ]);
  assert.deepEqual(modelSize(model), { parameters: 147, multiplyAdds: 2616 });
});

for (const name of Object.keys(MODELS) as ModelName[]) {
  test(`${name}: the description counts what the network holds`, () => {
    const definition = buildModel(name, FER2013);
    const network = Network.build(definition, { seed: 1 });
    assert.equal(modelSize(definition).parameters, network.parameterCount);
    const rows = describeModel(definition).map((row) => row.layer);
    for (const { name } of network.variables)
      assert.ok(
        rows.some((row) => name.startsWith(`${row}/`)),
        name,
      );
    assert.deepEqual(describeModel(definition).at(-1)!.outputShape, [definition.classes]);
    network.dispose();
  });
}

test('the sizes that the documentation states', () => {
  const sizes = (name: ModelName) => {
    const { parameters, multiplyAdds } = modelSize(buildModel(name, FER2013));
    return [(parameters / 1e6).toFixed(2), Math.round(multiplyAdds / 1e6)];
  };
  assert.deepEqual(sizes('benchmark-cnn'), ['1.47', 87]);
  assert.deepEqual(sizes('paper-cnn'), ['1.47', 87]);
  assert.deepEqual(sizes('strong-cnn'), ['1.17', 96]);
  assert.deepEqual(sizes('strong-cnn-wide'), ['1.80', 119]);
  const thousands = (name: ModelName, side: number) =>
    Math.round(modelSize(buildModel(name, { ...FER2013, side })).parameters / 1000);
  assert.deepEqual([thousands('light-cnn', 48), thousands('light-cnn', 24)], [93, 79]);
  assert.deepEqual([thousands('light-attention-cnn', 48), thousands('light-cnn-rnn', 48)], [95, 92]);
});

test('a residual block with a shortcut counts the shortcut', () => {
  const definition: ModelDefinition = {
    name: 'residual',
    inputShape: [6, 6, 2],
    classes: 2,
    layers: [
      {
        kind: 'residual',
        layers: [{ kind: 'convolution', filters: 4, kernelSize: 3, bias: false }, { kind: 'batchNorm' }],
      },
      { kind: 'globalPool', statistic: 'meanAndMax' },
      { kind: 'dense', units: 2 },
    ],
  };
  const network = Network.build(definition, { seed: 0 });
  assert.equal(modelSize(definition).parameters, network.parameterCount);
  assert.equal(network.parameterCount, 2 * 4 + 8 + 9 * 2 * 4 + 8 + (8 * 2 + 2));
  network.dispose();
});

test('widths between blocks of 16 are named, once each and in residual blocks too', () => {
  const convolution = (filters: number) => ({ kind: 'convolution', filters, kernelSize: 3 }) as const;
  const layers = [convolution(45), convolution(48), { kind: 'residual', layers: [convolution(24)] }] as const;
  const frame = { name: 'odd', inputShape: [8, 8, 45], classes: 2 } as const;
  assert.deepEqual(oddWidths({ ...frame, layers: [...layers, convolution(45)] }), [45, 24]);
  for (const name of Object.keys(MODELS) as ModelName[])
    assert.deepEqual(oddWidths(buildModel(name, FER2013)), []);
});
