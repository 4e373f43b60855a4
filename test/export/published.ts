import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs-node';
import { pixelsOf } from '../../src/dataset/image-source';
import { loadDataset } from '../../src/dataset/load';
import { buildSample } from '../../src/dataset/sample';
import { pixelsPerImage } from '../../src/dataset/spec';
import { normalize } from '../../src/preprocess/normalize';
import { loadNetwork, openNetworkRun } from '../../src/run/open-run';
import { modelFolder } from '../../src/run/published-models';
import { ferlab } from '../cli/ferlab';
import { findFer2013 } from '../real-data';
import { temporaryFolder } from '../temporary';
import { assertSame, type Images, predictOnnx, predictTfjs } from './runtimes';

const COUNT = 32;

/** Faces of FER-2013's Training part where there is a copy, else of the sample: both begin with that part. */
async function loadFaces(): Promise<Images> {
  const { path } = findFer2013();
  const dataset = existsSync(path) ? await loadDataset({ path }) : buildSample({ seed: 1 });
  const { bytes, offset } = pixelsOf(
    dataset,
    Uint32Array.from({ length: COUNT }, (_, i) => i),
  );
  const pixels = Array.from({ length: COUNT }, (_, i) =>
    bytes.subarray(offset(i), offset(i) + pixelsPerImage(dataset.spec)),
  );
  return { values: normalize(Buffer.concat(pixels)), side: dataset.spec.side };
}

/** Exports a published model as a user does, and compares what each runtime makes of it with our own. */
export function testExported(name: string): void {
  test(`${name}, exported from the shell, gives our probabilities of real faces`, async (t) => {
    const faces = await loadFaces();
    const network = loadNetwork(openNetworkRun(modelFolder(name)));
    t.after(() => network.dispose());
    const expected = network.predict(faces.values);
    const folder = temporaryFolder(t);
    const [tfjs, onnx] = [join(folder, 'new', 'tfjs'), join(folder, 'new', 'model.onnx')];
    for (const [format, out] of [
      ['tfjs', tfjs],
      ['onnx', onnx],
    ] as const) {
      const { status, stderr } = ferlab('export', name, '--format', format, '--out', out);
      assert.equal(status, 0, stderr);
    }
    assertSame(await predictOnnx(t, onnx, faces), expected);
    assertSame(await predictTfjs(tfjs, faces), expected);
    await tf.setBackend('cpu');
    t.after(() => tf.setBackend('tensorflow'));
    // The backend of plain JavaScript, as a browser without a GPU has it, is slow: two faces.
    const two = { ...faces, values: faces.values.subarray(0, 2 * faces.side ** 2) };
    assertSame(await predictTfjs(tfjs, two), expected.subarray(0, 2 * network.definition.classes));
  });
}
