import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { temporaryFolder } from '../temporary';
import { PythonScript } from './python-script';

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

const onnxRuntime = new PythonScript('run_onnx.py');
const tensorflow = new PythonScript('run_saved_model.py');

/** Probabilities of an ONNX file by onnxruntime, after ONNX's own checks. */
export function predictOnnx(t: TestContext, path: string, images: Images): Promise<Float32Array> {
  return predictInPython(t, onnxRuntime, [path, images]);
}

/** Probabilities of the SavedModel in a folder by TensorFlow in Python. */
export function predictSavedModel(t: TestContext, folder: string, images: Images): Promise<Float32Array> {
  return predictInPython(t, tensorflow, [folder, images]);
}

async function predictInPython(
  t: TestContext,
  script: PythonScript,
  [model, images]: readonly [string, Images],
): Promise<Float32Array> {
  const file = join(temporaryFolder(t), 'images.bin');
  writeFileSync(file, images.values);
  const answer = await script.ask([model, file, countOf(images), images.side]);
  return new Float32Array(Uint8Array.from(Buffer.from(answer, 'base64')).buffer);
}

export function assertSame(actual: Float32Array, expected: Float32Array): void {
  assert.equal(actual.length, expected.length);
  const largest = Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)));
  assert.ok(largest <= TOLERANCE, `probabilities differ by ${largest}`);
}
