import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Face } from '../../src/detect/face';
import { regionOf } from '../../src/detect/face-region';

const box = { x: 100, y: 50, width: 80.6, height: 107.2 };

test('a region is as much larger than the box as FER-2013 images are', () => {
  const region = regionOf({ box, score: 1, landmarks: null }, 'mtcnn');
  assert.ok(Math.abs(region.side - 100) < 1e-9);
  assert.ok(Math.abs(region.x - 140.3) < 1e-9);
  assert.equal(region.angle, 0);
});

test('tilted eyes are levelled', () => {
  const at = (x: number, y: number) => ({ x, y });
  const landmarks = {
    ...{ leftEye: at(120, 80), rightEye: at(150, 110), nose: at(0, 0) },
    ...{ mouthLeft: at(0, 0), mouthRight: at(0, 0) },
  };
  const face: Face = { box, score: 1, landmarks };
  assert.ok(Math.abs(regionOf(face, 'mtcnn').angle - Math.PI / 4) < 1e-9);
});
