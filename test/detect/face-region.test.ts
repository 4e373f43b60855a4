import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Face } from '../../src/detect/face';
import { regionOf } from '../../src/detect/face-region';
import { searchedSize, searchFaces } from '../../src/detect/search';

const box = { x: 100, y: 50, width: 80.6, height: 107.2 };

test('a region is as much larger than the box as FER-2013 images are', () => {
  const region = regionOf({ box, score: 1, landmarks: null }, 'mtcnn');
  assert.ok(Math.abs(region.side - 100) < 1e-9);
  assert.ok(Math.abs(region.x - 140.3) < 1e-9);
  assert.ok(Math.abs(region.y - (103.6 - 1)) < 1e-9);
  assert.equal(region.angle, 0);
});

test('tilted eyes are levelled', () => {
  const at = (x: number, y: number) => ({ x, y });
  const landmarks = {
    ...{ leftEye: at(120, 80), rightEye: at(150, 110), nose: at(0, 0) },
    ...{ mouthLeft: at(0, 0), mouthRight: at(0, 0) },
  };
  const face: Face = { box, score: 1, landmarks };
  const { angle, x, y } = regionOf(face, 'mtcnn');
  assert.ok(Math.abs(angle - Math.PI / 4) < 1e-9);
  // The hundredth of the side by which the middle lies off the box's turns with the face.
  assert.ok(Math.abs(x - (140.3 + Math.SQRT1_2)) < 1e-9);
  assert.ok(Math.abs(y - (103.6 - Math.SQRT1_2)) < 1e-9);
});

test('a face that was found in a smaller picture is told in pixels of the picture', async () => {
  const at = (x: number, y: number) => ({ x, y });
  const landmarks = {
    ...{ leftEye: at(1, 2), rightEye: at(3, 4), nose: at(5, 6) },
    ...{ mouthLeft: at(7, 8), mouthRight: at(9, 10) },
  };
  const found: Face = { box: { x: 10, y: 20, width: 30, height: 40 }, score: 0.5, landmarks };
  const picture = { width: 1600, height: 1000 };
  assert.deepEqual(searchedSize(picture, 800), { width: 800, height: 500 });
  const shrink = () => ({ ...searchedSize(picture, 800), pixels: new Uint8Array(0) });
  const [face] = await searchFaces(picture, { shrink, detect: async () => [found] });
  assert.deepEqual(face, {
    box: { x: 20, y: 40, width: 60, height: 80 },
    score: 0.5,
    landmarks: {
      ...{ leftEye: at(2, 4), rightEye: at(6, 8), nose: at(10, 12) },
      ...{ mouthLeft: at(14, 16), mouthRight: at(18, 20) },
    },
  });
  const tiny = { width: 19, height: 100 };
  assert.deepEqual(await searchFaces(tiny, { shrink, detect: async () => [found] }), []);
});
