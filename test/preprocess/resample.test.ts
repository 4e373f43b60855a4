import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { toGrey, toGreySquare } from '../../src/preprocess/grey';
import { prepareRegion } from '../../src/preprocess/prepare-picture';
import { type Kernel, type Raster, resample } from '../../src/preprocess/resample';
import { randomStream } from '../../src/random';

/** Waves with noise: smooth parts, edges and overshoots. */
function texture(width: number, height: number, channels: 1 | 3) {
  const stream = randomStream(1, 'texture', width, height);
  const wave = (i: number) =>
    128 + 70 * Math.sin((i % (width * channels)) / 7) * Math.cos(i / (width * channels) / 5);
  const level = (i: number) => Math.max(0, Math.min(255, wave(i) + 160 * (stream.uniform() - 0.5)));
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => level(i));
  return { pixels, width, height, channels, notes: [] };
}

const raw = ({ pixels, width, height, channels }: ReturnType<typeof texture>) =>
  sharp(pixels, { raw: { width, height, channels } });

const largest = (ours: Raster['pixels'], theirs: Uint8Array) => {
  assert.equal(ours.length, theirs.length);
  return theirs.reduce((most, level, i) => Math.max(most, Math.abs(level - ours[i]!)), 0);
};

test('colours become the grey levels that sharp gives, but for rounding in one pixel of 10,000', async () => {
  const colours = texture(500, 400, 3);
  const theirs = await raw(colours).greyscale().raw().toBuffer();
  const ours = toGrey(colours).pixels;
  assert.ok(largest(ours, theirs) <= 1);
  assert.ok(ours.filter((level, i) => level !== theirs[i]).length <= 20);
  const white = { pixels: new Uint8Array(3).fill(255), width: 1, height: 1, channels: 3 };
  assert.deepEqual([...toGrey(white).pixels], [255]);
});

const SCALED: readonly [from: [number, number], to: [number, number], kernel: Kernel][] = [
  [[55, 55], [48, 48], 'lanczos3'],
  [[100, 100], [48, 48], 'lanczos3'],
  [[301, 301], [48, 48], 'lanczos3'],
  [[1000, 1000], [48, 48], 'lanczos3'],
  [[30, 30], [48, 48], 'lanczos3'],
  [[47, 47], [48, 48], 'lanczos3'],
  [[1000, 750], [800, 600], 'linear'],
  [[1201, 1600], [600, 800], 'linear'],
];

test('colours are scaled each by itself', async () => {
  const picture = texture(90, 70, 3);
  const ours = resample(picture, { width: 40, height: 50 }, 'linear');
  const theirs = await raw(picture).resize(40, 50, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
  assert.equal(ours.channels, 3);
  assert.ok(largest(ours.pixels, theirs) <= 2);
});

for (const [[width, height], [toWidth, toHeight], kernel] of SCALED) {
  test(`${kernel} from ${width}x${height} to ${toWidth}x${toHeight} agrees with sharp within two levels`, async () => {
    const picture = texture(width, height, 1);
    const ours = resample(picture, { width: toWidth, height: toHeight }, kernel);
    const theirs = await raw(picture)
      .resize(toWidth, toHeight, { fit: 'fill', kernel })
      .greyscale()
      .raw()
      .toBuffer();
    const difference = largest(ours.pixels, theirs);
    assert.ok(difference <= 2, `${difference} levels`);
  });
}

test('a region becomes what the data path makes of it, within two levels', async () => {
  for (const side of [20, 48, 97, 260]) {
    const colours = texture(side, side, 3);
    const region = { x: side / 2, y: side / 2, side, angle: 0 };
    const theirs = await prepareRegion(colours, region, 48);
    const difference = largest(toGreySquare(colours, 48), theirs);
    assert.ok(difference <= 2, `${side}: ${difference} levels`);
  }
});

test('a picture of the size that is asked for keeps every level', () => {
  const picture = texture(48, 48, 1);
  assert.deepEqual(toGreySquare(picture, 48), picture.pixels);
});
