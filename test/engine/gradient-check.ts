import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-node';
import { DTYPE } from '../../src/engine/attribute';
import { Device, type NativeTensor } from '../../src/engine/device';
import type { Layer, LayerContext, Pass } from '../../src/engine/layers/layer';
import { Sequence } from '../../src/engine/layers/sequence';
import { convert } from '../../src/engine/operations/shape';
import { randomStream } from '../../src/random';

export const TRAINING: Pass = { step: 3, seed: 5 };

/** What the layers under test are built with. */
export function layerContext(inputShape: readonly number[], dtype: number = DTYPE.float32): LayerContext {
  const device = new Device();
  const buildInner = () => new Sequence([], inputShape);
  return { device, name: 'layer', inputShape, seed: 11, dtype, isLast: true, buildInner };
}

export function normals(size: number, key: string): Float32Array {
  const stream = randomStream(7, key);
  return Float32Array.from({ length: size }, () => stream.normal());
}

/** Numbers in random order, each at least `gap` from the others and from zero: no pooling or ReLU is near a kink. */
export function separated(size: number, gap = 0.05): Float32Array {
  const order = randomStream(7, 'separated').shuffle(Uint32Array.from({ length: size }, (_, i) => i));
  return Float32Array.from(order, (rank) => (rank - size / 2 + 0.5) * gap);
}

export interface LayerRun {
  readonly y: Float32Array;
  readonly dx: Float32Array | null;
  /** Gradients by the layer's trainable variables, in their order. */
  readonly variables: readonly Float32Array[];
}

/** One forward and one backward pass; `weigh` gives the gradient by the output from its size. */
export function runLayer(
  layer: Layer,
  input: { device: Device; x: Float32Array; shape: readonly number[]; dtype?: number },
  weigh: (size: number) => Float32Array = (size) => normals(size, 'dy'),
): LayerRun {
  const { device, dtype = DTYPE.float32 } = input;
  const toFloats = (tensor: NativeTensor) => {
    const plain = convert(tensor, DTYPE.float32);
    const values = device.download(plain) as Float32Array;
    plain.release();
    return values;
  };
  const x = convert(device.upload(input.x.slice(), input.shape), dtype);
  const output = layer.forward(x, TRAINING);
  const { shape } = output;
  const y = toFloats(output);
  const gradient = layer.backward(convert(device.upload(weigh(y.length), shape), dtype), true);
  const trainable = layer.variables.filter((variable) => variable.trainable);
  return {
    y,
    dx: gradient && toFloats(gradient),
    variables: trainable.map((variable) => device.download(variable.gradient!) as Float32Array),
  };
}

/** A formula in stock tfjs: from the input and the layer's trainable variables to the output. */
export type Reference = (x: tf.Tensor, ...variables: tf.Tensor[]) => tf.Tensor;

/** Compares a layer's output and all its gradients with those that tfjs derives from `reference`. */
export function assertMatchesTfjs(
  build: (context: LayerContext) => Layer,
  options: {
    x: Float32Array;
    shape: readonly number[];
    reference: Reference;
    dtype?: number;
    tolerance?: number;
  },
): void {
  const context = layerContext(options.shape.slice(1), options.dtype);
  const layer = build(context);
  const trainable = layer.variables.filter((variable) => variable.trainable);
  const values = trainable.map((variable) => tf.tensor(variable.values(), [...variable.shape]));
  const ours = runLayer(layer, { ...options, device: context.device });
  tf.tidy(() => {
    const x = tf.tensor(options.x, [...options.shape]);
    const y = options.reference(x, ...values);
    const dy = tf.tensor(normals(y.size, 'dy'), y.shape);
    const gradients = tf.grads((...inputs: tf.Tensor[]) =>
      options.reference(...(inputs as [tf.Tensor, ...tf.Tensor[]])).mul(dy),
    )([x, ...values]);
    const tolerance = options.tolerance ?? 1e-4;
    assertClose(ours.y, y.dataSync(), { what: 'output', tolerance });
    assertClose(ours.dx!, gradients[0]!.dataSync(), { what: 'gradient by the input', tolerance });
    for (const [i, variable] of trainable.entries()) {
      const what = `gradient by ${variable.name}`;
      assertClose(ours.variables[i]!, gradients[i + 1]!.dataSync(), { what, tolerance });
    }
  });
  tf.dispose(values);
}

/** Compares a layer's gradients with central differences of its own output. */
export function assertMatchesDifferences(
  build: (context: LayerContext) => Layer,
  options: { x: Float32Array; shape: readonly number[]; step?: number; tolerance?: number },
): void {
  const { x, shape, step = 0.02, tolerance = 1e-2 } = options;
  const context = layerContext(shape.slice(1));
  const layer = build(context);
  const input = { device: context.device, shape };
  const dy = normals(1000, 'dy');
  const loss = (at: Float32Array) =>
    runLayer(layer, { ...input, x: at }).y.reduce((sum, value, i) => sum + value * dy[i]!, 0);
  const difference = (values: Float32Array, i: number, lossAt: (v: Float32Array) => number) => {
    const [up, down] = [values.slice(), values.slice()];
    up[i]! += step;
    down[i]! -= step;
    return (lossAt(up) - lossAt(down)) / (up[i]! - down[i]!);
  };
  const ours = runLayer(layer, { ...input, x });
  const numeric = Float32Array.from(x, (_, i) => difference(x, i, loss));
  assertClose(ours.dx!, numeric, { what: 'gradient by the input', tolerance });
  for (const [k, variable] of layer.variables.filter((v) => v.trainable).entries()) {
    const original = variable.values();
    const lossAt = (values: Float32Array) => {
      variable.assign(values);
      return loss(x);
    };
    const expected = Float32Array.from(original, (_, i) => difference(original, i, lossAt));
    variable.assign(original);
    assertClose(ours.variables[k]!, expected, { what: `gradient by ${variable.name}`, tolerance });
  }
}

/** Largest difference, as a share of the largest expected value, stays under `tolerance`. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { what, tolerance }: { what: string; tolerance: number },
): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  let scale = 1e-6;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / scale;
    assert.ok(error <= tolerance, `${what}[${i}] is ${actual[i]}, expected ${expected[i]}`);
  }
}

/** The distance of two vectors, as a share of the length of the expected one, stays under `tolerance`. */
export function assertCloseAsVectors(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { what, tolerance }: { what: string; tolerance: number },
): void {
  const distance = Math.hypot(...Array.from(expected, (value, i) => actual[i]! - value));
  const share = distance / Math.max(1e-6, Math.hypot(...Array.from(expected)));
  assert.ok(share <= tolerance, `${what} is off by ${share} of its length`);
}
