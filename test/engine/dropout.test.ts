import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DTYPE } from '../../src/engine/attribute';
import { Dropout } from '../../src/engine/layers/dropout';
import type { Pass } from '../../src/engine/layers/layer';
import { layerContext } from './gradient-check';

const SHAPE = [4, 6, 6, 8] as const;
const SIZE = SHAPE.reduce((product, length) => product * length, 1);

interface Draw {
  readonly rate?: number;
  readonly perChannel?: boolean;
  readonly pass?: Partial<Pass>;
  readonly name?: string;
}

/** Output and input gradient of a dropout over ones, with a gradient of ones. */
function drop({ rate = 0.25, perChannel = false, pass, name = 'dropout-1' }: Draw = {}): {
  y: Float32Array;
  dx: Float32Array;
} {
  const context = { ...layerContext(SHAPE.slice(1), DTYPE.float32), name };
  const { device } = context;
  const layer = new Dropout(context, { rate, perChannel });
  const ones = () => device.upload(new Float32Array(SIZE).fill(1), [...SHAPE]);
  const y = layer.forward(ones(), { step: 0, seed: 0, ...pass });
  const dx = layer.backward(ones());
  return { y: device.download(y) as Float32Array, dx: device.download(dx) as Float32Array };
}

const share = (values: Float32Array) => values.filter((value) => value === 0).length / values.length;
const isSame = (a: Draw, b: Draw) => Buffer.compare(Buffer.from(drop(a).y), Buffer.from(drop(b).y)) === 0;

test('drops the given share and scales what it keeps; the gradient goes the same way', () => {
  for (const rate of [0.25, 0.4, 0.5]) {
    const { y, dx } = drop({ rate });
    // Four standard deviations of a share of 1,152 draws.
    assert.ok(Math.abs(share(y) - rate) < 4 * Math.sqrt((rate * (1 - rate)) / SIZE), `${share(y)}`);
    const kept = 256 / (256 - Math.round(rate * 256));
    assert.ok(y.every((value) => value === 0 || Math.abs(value - kept) < 1e-6));
    assert.deepEqual(dx, y);
  }
});

test('a mask depends on seed, step and layer, and on nothing else', () => {
  assert.ok(isSame({}, {}));
  assert.ok(!isSame({}, { pass: { step: 1 } }), 'steps');
  assert.ok(!isSame({}, { pass: { seed: 1 } }), 'seed 0 and seed 1');
  assert.ok(!isSame({}, { name: 'dropout-2' }), 'layers');
  assert.ok(!isSame({ pass: { step: 1, seed: 2 } }, { pass: { step: 2, seed: 1 } }), 'step and seed swapped');
});

test('the masks of two steps are independent', () => {
  const [first, second] = [drop({ rate: 0.5 }).y, drop({ rate: 0.5, pass: { step: 1 } }).y];
  const both = first.filter((value, i) => value === 0 && second[i] === 0).length / SIZE;
  assert.ok(Math.abs(both - 0.25) < 4 * Math.sqrt((0.25 * 0.75) / SIZE), `${both}`);
});

test('dropping by channel takes or leaves all pixels of one', () => {
  const { y } = drop({ perChannel: true, rate: 0.5 });
  const [, height, width, channels] = SHAPE;
  let dropped = 0;
  for (let image = 0; image < SHAPE[0]; image++) {
    for (let channel = 0; channel < channels; channel++) {
      const at = (pixel: number) => y[(image * height * width + pixel) * channels + channel];
      for (let pixel = 1; pixel < height * width; pixel++) assert.equal(at(pixel), at(0));
      if (at(0) === 0) dropped++;
    }
  }
  assert.ok(dropped > 4 && dropped < 28, `${dropped} of 32`);
});
