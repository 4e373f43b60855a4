import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { CsvSink } from '../../src/cli/predict/csv-sink';
import type { Recognized } from '../../src/cli/predict/outcome';
import { PictureSink } from '../../src/cli/predict/picture-sink';
import { FerlabError } from '../../src/errors';
import { temporaryFolder } from '../temporary';

const CLASSES = ['a', 'b'];
const found = { box: { x: 3, y: 5, width: 20, height: 21 }, score: 0.75, landmarks: null };
const pixels = {
  pixels: new Uint8Array(60 * 40 * 3),
  width: 60,
  height: 40,
  channels: 3 as const,
  notes: [],
};
const outcome = (image: string, more: Partial<Recognized> = {}): Recognized => ({
  ...{ image, detector: 'mtcnn', width: 60, height: 40, notes: [], pixels },
  milliseconds: { decode: 1, detect: 2, crop: 3, classify: 4 },
  faces: [
    { found, image: new Uint8Array(4), emotion: 'b', probabilities: { a: 0.25, b: 0.75 } },
    { found: null, image: new Uint8Array(4), emotion: 'a', probabilities: { a: 0.625, b: 0.375 } },
  ],
  ...more,
});

test('a CSV has a row for each face, in its columns, and appears when all are there', (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'out.csv');
  const sink = new CsvSink(path, CLASSES);
  sink.take(outcome('one, two.png'));
  sink.take(outcome('film.mp4', { seconds: 1.5, faces: [] }));
  sink.take({ image: 'broken.png', error: new FerlabError('broken', { remedy: 'mend it' }) });
  assert.deepEqual(readdirSync(folder).includes('out.csv'), false);
  sink.end();
  assert.deepEqual(readdirSync(folder), ['out.csv']);
  assert.equal(
    readFileSync(path, 'utf8'),
    [
      'image,seconds,detector,face,x,y,width,height,score,emotion,a,b',
      '"one, two.png",,mtcnn,1,3,5,20,21,0.75,b,0.25,0.75',
      '"one, two.png",,mtcnn,2,,,,,,a,0.625,0.375',
      'film.mp4,1.5,mtcnn,,,,,,,,,',
      '',
    ].join('\r\n'),
  );
  const other = new CsvSink(join(folder, 'other.csv'), CLASSES);
  other.take(outcome('x.png'));
  other.discard();
  assert.deepEqual(readdirSync(folder), ['out.csv']);
});

test('each picture with faces becomes a PNG of its own', async (t) => {
  const folder = join(temporaryFolder(t), 'new');
  const sink = new PictureSink(folder);
  await sink.take(outcome('/p/x.jpg'));
  await sink.take(outcome('/q/x.jpg'));
  await sink.take(outcome('-'));
  await sink.take(outcome('film.mp4', { seconds: 12.5 }));
  await sink.take(outcome('kept.jpg', { pixels: undefined }));
  sink.end();
  assert.deepEqual(readdirSync(folder).sort(), [
    'film.mp4-00012.500.png',
    'standard-input.png',
    'x.jpg-2.png',
    'x.jpg.png',
  ]);
  const { width, height } = await sharp(join(folder, 'x.jpg.png')).metadata();
  assert.ok(width >= 60 && height >= 40);
});
