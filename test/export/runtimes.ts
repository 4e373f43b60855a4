import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { findPython } from '../../src/notebook/python';
import { temporaryFolder } from '../train/tiny';

const TOLERANCE = 1e-4;

/** Square grey images as a model takes them. */
export interface Images {
  /** [count, side, side, 1] in [0, 1] */
  readonly values: Float32Array;
  readonly side: number;
}

const countOf = ({ values, side }: Images) => values.length / (side * side);

/** Probabilities of the tfjs model in a folder, on the backend that is set. */
export async function predictTfjs(folder: string, images: Images): Promise<Float32Array> {
  const model = await tf.loadLayersModel(`file://${folder}/model.json`);
  const shape = [countOf(images), images.side, images.side, 1] as const;
  const predicted = tf.tidy(() => model.predict(tf.tensor4d(images.values, [...shape])) as tf.Tensor);
  const probabilities = predicted.dataSync() as Float32Array;
  predicted.dispose();
  model.dispose();
  return probabilities;
}

/** Probabilities of an ONNX file by onnxruntime, after ONNX's own checks. */
export function predictOnnx(t: TestContext, path: string, images: Images): Float32Array {
  return runPython(t, ['run_onnx.py', path], images);
}

/** Probabilities of the SavedModel in a folder by TensorFlow in Python. */
export function predictSavedModel(t: TestContext, folder: string, images: Images): Float32Array {
  return runPython(t, ['run_saved_model.py', folder], images);
}

function runPython(t: TestContext, [script, model]: [string, string], images: Images): Float32Array {
  const file = join(temporaryFolder(t), 'images.bin');
  writeFileSync(file, images.values);
  const words = [join(__dirname, script), model, file, String(countOf(images)), String(images.side)];
  const bytes = execFileSync(findPython(), words);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

export function assertSame(actual: Float32Array, expected: Float32Array): void {
  assert.equal(actual.length, expected.length);
  const largest = Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)));
  assert.ok(largest <= TOLERANCE, `probabilities differ by ${largest}`);
}
