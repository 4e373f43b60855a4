import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { hasConvolutionBias } from '../../src/engine/describe';
import type { LayerDefinition } from '../../src/model/definition';
import { buildModel, type ModelName } from '../../src/model/models';
import { erratumText, faultsOf } from '../../src/run/errata';
import { openRun } from '../../src/run/open-run';
import { modelFolder, modelNames } from '../../src/run/published-models';

const finishedAt = '2026-11-23T12:00:00.000Z';
const faults = (name: ModelName, change: Partial<Parameters<typeof faultsOf>[0]> = {}) =>
  faultsOf({ model: buildModel(name, FER2013), precision: 'bfloat16', finishedAt, ...change }).length;

test('a bias of a convolution is found, also inside a block and where it is the default', () => {
  const block = (bias?: boolean): LayerDefinition[] => [
    {
      kind: 'residual',
      layers: [{ kind: 'convolution', filters: 16, kernelSize: 3, ...(bias === undefined ? {} : { bias }) }],
    },
  ];
  assert.deepEqual(
    [block(), block(true), block(false)].map((layers) => hasConvolutionBias({ layers })),
    [true, true, false],
  );
});

test('the bias gradient was wrong in bfloat16, with convolution biases, before the fix', () => {
  assert.equal(faults('paper-cnn'), 1);
  assert.equal(faults('strong-cnn'), 0);
  assert.equal(faults('paper-cnn', { precision: 'float32' }), 0);
  assert.equal(faults('paper-cnn', { finishedAt: '2026-11-26T02:50:19.999Z' }), 1);
  assert.equal(faults('paper-cnn', { finishedAt: '2026-11-26T02:50:20.000Z' }), 0);
});

test('the records of published models name the known faults of their training', () => {
  for (const name of modelNames()) {
    const { record } = openRun(modelFolder(name));
    if (record.kind !== 'network') continue;
    const precision = record.rounded?.fromPrecision ?? record.precision;
    const model = buildModel(record.config.model, record.dataset);
    const known = faultsOf({ model, precision, finishedAt: record.finishedAt });
    assert.deepEqual(record.errata ?? [], known, name);
    for (const erratum of known) assert.match(erratumText(erratum), /convolution biases.*`47f314c`/);
  }
});
