import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { resolveLayers } from '../../src/engine/layers/resolve';
import { splitDefinition } from '../../src/explain/split-definition';
import { buildModel, MODELS, type ModelName } from '../../src/model/models';

test('every network of the project splits into layers whose weights keep their names', () => {
  for (const name of Object.keys(MODELS) as ModelName[]) {
    const model = buildModel(name, FER2013);
    const { front, head } = splitDefinition(model);
    const weighted = ({ layers, inputShape }: typeof model) =>
      resolveLayers(layers, inputShape, '')
        .filter(({ effect }) => (effect.parameters ?? 0) > 0)
        .map((layer) => layer.name);
    assert.deepEqual([...weighted(front), ...weighted(head)], weighted(model), name);
  }
});

test('a convolution behind the last ReLU would take the weights of the first, and is refused', () => {
  const model = buildModel('light-cnn', FER2013);
  const end = model.layers.findIndex(({ kind }) => kind === 'flatten');
  const layers = [
    ...model.layers.slice(0, end),
    { kind: 'convolution', filters: 16, kernelSize: 3 } as const,
    ...model.layers.slice(end),
  ];
  assert.throws(() => splitDefinition({ ...model, layers }), /kind convolution on both sides/);
});
