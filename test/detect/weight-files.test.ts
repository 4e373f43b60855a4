import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOnnxWeights } from '../../src/detect/mtcnn/weights';
import { readWeightFile } from '../../src/detect/weight-files';

test('a missing or damaged file of weights is named, with the command that brings it', () => {
  assert.throws(() => readWeightFile('none.onnx'), /none\.onnx is missing/);
  assert.throws(
    () => readOnnxWeights(Buffer.from('no model'), 'pnet.onnx'),
    /pnet\.onnx is not an ONNX model/,
  );
});
