import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { drawPhotograph } from '../../src/dataset/drawn-photograph';
import { singleModels } from '../publish/single-models';
import { temporaryFolder } from '../temporary';
import { ferlab } from './ferlab';
import type { Printed } from './printed';

const MODEL = ['--model', singleModels()[0]!];

/** A drawn photograph of three people, angry, happy and neutral, as a file with an EXIF orientation. */
async function threePeople(path: string, orientation = 1): Promise<string> {
  const { pixels, width, height } = drawPhotograph({ seed: 6, labels: [0, 3, 6] });
  const isTurned = orientation >= 5;
  const raw = {
    ...{ width: isTurned ? height : width, height: isTurned ? width : height },
    channels: 1 as const,
  };
  const stored = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [column, row] = PLACES[orientation]!(x, y, { right: width - 1 - x, below: height - 1 - y });
      stored[row! * raw.width + column!] = pixels[y * width + x]!;
    }
  await sharp(stored, { raw }).withMetadata({ orientation }).png().toFile(path);
  return path;
}

/** Where a pixel of the upright picture is stored, by EXIF orientation. */
const PLACES: Record<
  number,
  (x: number, y: number, from: { right: number; below: number }) => readonly number[]
> = {
  1: (x, y) => [x, y],
  2: (_, y, { right }) => [right, y],
  3: (_x, _y, { right, below }) => [right, below],
  4: (x, _, { below }) => [x, below],
  5: (x, y) => [y, x],
  6: (_, y, { right }) => [y, right],
  7: (_x, _y, { right, below }) => [below, right],
  8: (x, _, { below }) => [below, x],
};

function predictJson(...words: string[]): Printed & { status: number | null; stderr: string } {
  const { status, stdout, stderr } = ferlab('predict', ...MODEL, '--json', ...words);
  return { ...JSON.parse(stdout), status, stderr };
}

test('each face of a photograph has a place, landmarks, seven probabilities and times', async (t) => {
  const folder = temporaryFolder(t);
  const path = await threePeople(join(folder, 'three.png'));
  for (const detector of ['mtcnn', 'viola-jones']) {
    const csv = join(folder, `${detector}.csv`);
    const out = join(folder, detector);
    const { pictures, status, stderr } = predictJson(
      '--detector',
      detector,
      '--csv',
      csv,
      '--out',
      out,
      path,
    );
    assert.equal(status, 0, stderr);
    const [{ faces, width, height, milliseconds }] = pictures as [Printed['pictures'][number]];
    assert.deepEqual([width, height, faces.length], [640, 480, 3]);
    assert.deepEqual(Object.keys(milliseconds), ['decode', 'detect', 'crop', 'classify']);
    for (const face of faces) {
      const sum = Object.values(face.probabilities).reduce((total, one) => total + one, 0);
      assert.ok(Math.abs(sum - 1) < 1e-6);
      assert.equal(face.landmarks !== null, detector === 'mtcnn');
    }
    const middles = faces.map(({ box }) => box!.x + box!.width / 2).sort((a, b) => a - b);
    for (const [i, middle] of middles.entries())
      assert.ok(Math.abs(middle - ((i + 0.5) * 640) / 3) < 40, `face ${i} at ${middle}`);
    const rows = readFileSync(csv, 'utf8').trimEnd().split('\r\n');
    assert.equal(rows.length, 4);
    assert.match(rows[0]!, /^image,seconds,detector,face,x,y,width,height,score,emotion,Angry,/);
    const drawn = await sharp(join(out, 'three.png.png')).metadata();
    assert.deepEqual([drawn.width, drawn.height], [640, 480]);
  }
});

test('a photograph is found upright whatever its EXIF orientation', async (t) => {
  const folder = temporaryFolder(t);
  const paths = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) =>
      threePeople(join(folder, `${orientation}.png`), orientation),
    ),
  );
  const { pictures } = predictJson(folder);
  assert.deepEqual(
    pictures.map(({ image }) => image),
    paths,
  );
  assert.equal(pictures[0]!.faces.length, 3);
  for (const { faces } of pictures) assert.deepEqual(faces, pictures[0]!.faces);
});
