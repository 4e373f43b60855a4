import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { viewsOf } from '../../src/augment/views';
import { Network } from '../../src/engine/network';
import type { ModelDefinition } from '../../src/model/definition';
import { predictFew, predictPatiently, predictRows } from '../../src/predict/infer';
import { countHits } from '../../src/run/predictions';
import { crossEntropy } from '../../src/train/validate';
import { tinyDataset } from '../train/tiny';

const SIDE = 48;
const DEFINITION: ModelDefinition = {
  name: 'tiny',
  inputShape: [SIDE, SIDE, 1],
  classes: 7,
  layers: [
    { kind: 'convolution', filters: 4, kernelSize: 3, stride: 4 },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 7 },
  ],
};
const network = Network.build(DEFINITION, { seed: 3 });
const dataset = tinyDataset();
after(() => network.dispose());

function assertClose(actual: Float32Array, expected: ArrayLike<number>): void {
  assert.equal(actual.length, expected.length);
  for (const [i, value] of actual.entries())
    assert.ok(Math.abs(value - expected[i]!) < 1e-6, `${i}: ${value}, not ${expected[i]}`);
}

/** The dataset with every image changed. */
function changed(from: (x: number, y: number) => [number, number]) {
  const inside = (place: number) => Math.min(SIDE - 1, Math.max(0, place));
  const images = dataset.images.map((_, i, all) => {
    const start = i - (i % (SIDE * SIDE));
    const [x, y] = from(i % SIDE, Math.floor((i - start) / SIDE));
    return all[start + inside(y) * SIDE + inside(x)]!;
  });
  return { spec: dataset.spec, images };
}

test('one view is what the network predicts, whatever the order and the number of rows', () => {
  const rows = Uint32Array.from({ length: 600 }, (_, i) => (7 * i) % dataset.count);
  const all = predictRows(network, dataset, rows);
  const few = predictRows(network, dataset, rows.slice(590));
  assertClose(few, all.subarray(590 * 7));
  const first = Float32Array.from(dataset.images.subarray(0, SIDE * SIDE), (level) => level / 255);
  assertClose(predictRows(network, dataset, Uint32Array.of(0)), network.predict(first));
});

test('mirror is the mean of an image and its mirror image', () => {
  const rows = Uint32Array.of(2, 5);
  const plain = predictRows(network, dataset, rows);
  const mirrored = predictRows(
    network,
    changed((x, y) => [SIDE - 1 - x, y]),
    rows,
  );
  const mean = plain.map((value, i) => (value + mirrored[i]!) / 2);
  assertClose(predictRows(network, dataset, rows, 'mirror'), mean);
});

test('mirror and shifts is the mean of ten views', () => {
  assert.equal(viewsOf('mirror-and-shifts').length, 10);
  const rows = Uint32Array.of(4);
  const sum = new Float32Array(7);
  for (const flip of [false, true]) {
    for (const [dx, dy] of [
      [0, 0],
      [2, 0],
      [-2, 0],
      [0, 2],
      [0, -2],
    ] as const) {
      const view = changed((x, y) => [flip ? SIDE - 1 - (x - dx) : x - dx, y - dy]);
      for (const [i, value] of predictRows(network, view, rows).entries()) sum[i]! += value / 10;
    }
  }
  assertClose(predictRows(network, dataset, rows, 'mirror-and-shifts'), sum);
});

test('turned views turn to either side by 4 degrees', () => {
  const turns = viewsOf('mirror-shifts-and-turns').filter(({ rotationDegrees }) => rotationDegrees !== 0);
  assert.deepEqual(
    turns.map(({ rotationDegrees, isFlipped }) => [rotationDegrees, isFlipped]),
    [
      [4, false],
      [-4, false],
      [4, true],
      [-4, true],
    ],
  );
});

test('patient prediction gives the same, lets others work, and stops at a signal', async () => {
  const rows = Uint32Array.from({ length: 600 }, (_, i) => i % dataset.count);
  let turns = 0;
  const controller = new AbortController();
  const turn = async () => {
    for (; turns < 3; turns++) await setImmediate();
  };
  const [patient] = await Promise.all([
    predictPatiently(network, dataset, rows, { views: 'single', signal: controller.signal }),
    turn(),
  ]);
  assert.deepEqual(patient, predictRows(network, dataset, rows));
  assert.equal(turns, 3);
  const stopped = predictPatiently(network, dataset, rows, { views: 'single', signal: controller.signal });
  controller.abort();
  assert.equal(await stopped, null);
});

test('loss and accuracy, worked by hand', () => {
  const probabilities = new Float32Array(14);
  probabilities.set([0.5, 0.25, 0.25], 0);
  probabilities.set([0.25, 0.75], 7);
  const labels = Uint8Array.of(0, 0);
  assert.equal(countHits({ probabilities, labels }) / labels.length, 0.5);
  assert.ok(Math.abs(crossEntropy(probabilities, labels) - (Math.log(2) + Math.log(4)) / 2) < 1e-12);
  assert.ok(Number.isFinite(crossEntropy(probabilities, Uint8Array.of(6, 6))));
});

test('evaluations fill up the last batch, so that bits hang on no other image; quick predictions do not', async (t) => {
  const rows = Uint32Array.of(3, 8);
  const predict = t.mock.method(network, 'predict');
  predictRows(network, dataset, rows);
  await predictPatiently(network, dataset, rows, { views: 'single' });
  predictFew(network, dataset, rows, 'single');
  const filled = predict.mock.calls.map(({ arguments: [, options] }) => options?.isPadded);
  assert.deepEqual(filled, [true, true, false]);
});
