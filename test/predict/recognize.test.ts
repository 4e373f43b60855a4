import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { type Detector, detectFaces } from '../../src/detect/detect-faces';
import type { Face, RgbPicture } from '../../src/detect/face';
import { regionOf } from '../../src/detect/face-region';
import type { CalibratedClassifier } from '../../src/predict/calibrated';
import { recognizeDecoded, recognizePicture } from '../../src/predict/photo';
import { Clock, type Exactness, recognizeFaces } from '../../src/predict/recognize';
import type { DecodedPicture } from '../../src/preprocess/decode-picture';
import type { Region } from '../../src/preprocess/region';

const CLASSES = ['a', 'b', 'c'];
const point = (x: number, y: number) => ({ x, y });
const face = (x: number, score: number): Face => ({
  box: { x, y: 12, width: 30, height: 34 },
  score,
  landmarks: {
    ...{ leftEye: point(x + 5, 20), rightEye: point(x + 25, 22), nose: point(x + 15, 30) },
    ...{ mouthLeft: point(x + 8, 38), mouthRight: point(x + 22, 39) },
  },
});

/** A picture whose levels differ from pixel to pixel. */
function picture(width: number, height: number, channels: 1 | 3 = 3): DecodedPicture {
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7) % 251);
  return { pixels, width, height, channels, notes: ['a note'] };
}

/** Finds these faces in whatever it is given, and keeps what it was given. */
function fakeDetector(faces: readonly Face[], name: Detector['name'] = 'mtcnn') {
  const seen: RgbPicture[] = [];
  const detect = async (searched: RgbPicture) => {
    seen.push(searched);
    return [...faces];
  };
  return { detector: { name, detect, dispose: () => {} }, seen };
}

/** Says of image i that it is of class i, with a probability that tells its first level. */
function fakeClassifier(side: number) {
  const calls: { count: number; how: Exactness; images: Uint8Array }[] = [];
  const predict = (images: Uint8Array, count: number, how: Exactness) => {
    calls.push({ images, count, how });
    return Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 0.5 : 0.25));
  };
  const classifier: CalibratedClassifier = {
    classes: CLASSES,
    side,
    temperature: 1,
    predict,
    dispose: () => {},
  };
  return { classifier, calls };
}

test('a picture that is large is searched smaller, and its faces are told in its own pixels', async () => {
  for (const [name, longest] of [
    ['mtcnn', 800],
    ['viola-jones', 640],
  ] as const) {
    const { detector, seen } = fakeDetector([face(40, 2)], name);
    const found = await detectFaces(picture(1600, 400), detector);
    assert.deepEqual([seen[0]!.width, seen[0]!.height], [longest, longest / 4]);
    assert.equal(seen[0]!.pixels.length, (longest * longest * 3) / 4);
    const factor = 1600 / longest;
    const { box, landmarks, score } = found[0]!;
    assert.deepEqual(box, { x: 40 * factor, y: 12 * factor, width: 30 * factor, height: 34 * factor });
    assert.deepEqual(landmarks!.mouthRight, point(62 * factor, 39 * factor));
    assert.equal(score, 2);
  }
});

test('a picture that is small is searched as it is, in three channels', async () => {
  const { detector, seen } = fakeDetector([face(4, 1)]);
  const colour = picture(800, 30);
  assert.deepEqual(await detectFaces(colour, detector), [face(4, 1)]);
  assert.equal(seen[0]!.pixels, colour.pixels);
  const grey = picture(50, 40, 1);
  await detectFaces(grey, detector);
  const { pixels, width, height } = seen.at(-1)!;
  assert.deepEqual([width, height], [50, 40]);
  assert.deepEqual(
    [...pixels],
    [...grey.pixels].flatMap((level) => [level, level, level]),
  );
});

test('a picture smaller than the smallest face is not searched', async () => {
  const { detector, seen } = fakeDetector([face(0, 1)]);
  assert.deepEqual(await detectFaces(picture(19, 300), detector), []);
  assert.equal(seen.length, 0);
  assert.equal((await detectFaces(picture(20, 300), detector)).length, 1);
});

test('each face is cut out, classified and told with its own verdict', async () => {
  const { classifier, calls } = fakeClassifier(2);
  const faces = [face(10, 3), face(60, 2)];
  const regions: [Region, number][] = [];
  const cut = (_: DecodedPicture, region: Region, side: number) => {
    regions.push([region, side]);
    return new Uint8Array(4).fill(regions.length);
  };
  const finder = { detector: 'viola-jones' as const, detect: async () => faces, cut };
  const told = await recognizeFaces(picture(120, 80), { finder, classifier });
  assert.deepEqual(
    regions,
    faces.map((one) => [regionOf(one, 'viola-jones'), 2]),
  );
  assert.deepEqual(calls, [{ count: 2, how: 'quick', images: Uint8Array.of(1, 1, 1, 1, 2, 2, 2, 2) }]);
  assert.deepEqual(
    [told.width, told.height, told.detector, told.notes],
    [120, 80, 'viola-jones', ['a note']],
  );
  assert.deepEqual(
    told.faces.map(({ found, emotion, probabilities }) => ({ found, emotion, probabilities })),
    [
      { found: faces[0], emotion: 'a', probabilities: { a: 0.5, b: 0.25, c: 0.25 } },
      { found: faces[1], emotion: 'b', probabilities: { a: 0.25, b: 0.5, c: 0.25 } },
    ],
  );
  const none = await recognizeFaces(picture(9, 9), {
    finder: { ...finder, detect: async () => [] },
    classifier,
  });
  assert.deepEqual([none.faces, calls.length], [[], 1]);
});

test('the steps are timed one after the other', async () => {
  const clock = new Clock();
  await new Promise((resolve) => setTimeout(resolve, 30));
  clock.stop('decode');
  clock.stop('detect');
  assert.ok(clock.times.decode >= 25, String(clock.times.decode));
  assert.ok(clock.times.detect >= 0 && clock.times.detect < clock.times.decode);
  assert.deepEqual([clock.times.crop, clock.times.classify], [0, 0]);
});

test('a ready crop is taken as it is; others are searched, or scaled as a whole without a detector', async () => {
  const { detector, seen } = fakeDetector([face(5, 1)]);
  const { classifier, calls } = fakeClassifier(48);
  const grey = picture(48, 48, 1);
  const encode = ({ pixels, width, height, channels }: DecodedPicture) =>
    sharp(pixels, { raw: { width, height, channels } }).png().toBuffer();
  const ready = await recognizePicture(await encode(grey), 'x.png', { detector, classifier });
  assert.equal(seen.length, 0);
  assert.deepEqual([ready.detector, ready.faces.length, ready.faces[0]!.found], ['none', 1, null]);
  assert.deepEqual(Buffer.from(calls[0]!.images), Buffer.from(grey.pixels));
  assert.equal(calls[0]!.how, 'exact');

  const large = picture(96, 48);
  const bytes = await encode(large);
  const searched = await recognizePicture(bytes, 'y.png', { detector, classifier });
  assert.deepEqual([searched.detector, searched.faces[0]!.found], ['mtcnn', face(5, 1)]);
  assert.deepEqual([searched.pixels.width, searched.pixels.height], [96, 48]);
  const { faces } = await recognizeDecoded(large, { detector, classifier });
  assert.deepEqual(faces[0]!.image, searched.faces[0]!.image);
  const whole = await recognizePicture(bytes, 'y.png', { detector: null, classifier });
  assert.deepEqual([whole.detector, whole.faces[0]!.found, whole.width], ['none', null, 96]);
  const wanted = await sharp(bytes).resize(48, 48, { fit: 'fill' }).greyscale().raw().toBuffer();
  assert.deepEqual(Buffer.from(whole.faces[0]!.image), wanted);
});
