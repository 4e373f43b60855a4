import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { preparePicture } from '../../src/preprocess/prepare-picture';

const SIDE = 48;

const decodeGrey = async (picture: Uint8Array, name: string) =>
  (await preparePicture(picture, { name, side: SIDE })).image;

/** A PNG of raw pixels. */
function png(pixels: Uint8Array, shape: { side: number; channels: 1 | 3 | 4 }): Promise<Buffer> {
  return sharp(pixels, { raw: { width: shape.side, height: shape.side, channels: shape.channels } })
    .png()
    .toBuffer();
}

/** A picture of one colour. */
const plain = (colour: readonly number[], side = SIDE) =>
  png(
    Uint8Array.from({ length: side * side * colour.length }, (_, i) => colour[i % colour.length]!),
    {
      side,
      channels: colour.length as 1 | 3 | 4,
    },
  );

test('a grey picture of 48x48 comes out as it is', async () => {
  const grey = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i * 37) % 256);
  assert.deepEqual(
    new Uint8Array(await decodeGrey(await png(grey, { side: SIDE, channels: 1 }), 'grey')),
    grey,
  );
});

test('rows stay rows: a picture is neither turned nor mirrored', async () => {
  const half = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i < (SIDE * SIDE) / 2 ? 200 : 50));
  const decoded = await decodeGrey(await png(half, { side: SIDE, channels: 1 }), 'half');
  assert.deepEqual([decoded[0], decoded[SIDE - 1], decoded.at(-SIDE), decoded.at(-1)], [200, 200, 50, 50]);
});

// Relative luminance of the sRGB primaries by Rec. 709, put back through the sRGB curve: 0.2126 gives 127, 0.7152 gives
// 220, 0.0722 gives 76.
for (const [name, colour, grey] of [
  ['red', [255, 0, 0], 127],
  ['green', [0, 255, 0], 220],
  ['blue', [0, 0, 255], 76],
  ['white', [255, 255, 255], 255],
  ['transparent white', [255, 255, 255, 0], 0],
] as const) {
  test(`${name} becomes grey level ${grey}`, async () => {
    const decoded = await decodeGrey(await plain(colour), name);
    assert.equal(decoded.length, SIDE * SIDE);
    assert.ok(
      decoded.every((level) => Math.abs(level - grey) <= 1),
      `it became ${decoded[0]}`,
    );
  });
}

test('another size is scaled as a whole, keeping what is left and right', async () => {
  const side = 96;
  const wide = Uint8Array.from({ length: side * side }, (_, i) => (i % side < side / 2 ? 0 : 240));
  const decoded = await decodeGrey(await png(wide, { side, channels: 1 }), 'wide');
  for (let row = 0; row < SIDE; row++) {
    assert.ok(decoded[row * SIDE + 10]! <= 2);
    assert.ok(Math.abs(decoded[row * SIDE + 37]! - 240) <= 2);
  }
});

test('what is no picture, and a picture that would fill the memory, are refused by name', async () => {
  await assert.rejects(
    decodeGrey(Buffer.from('no picture'), 'notes.txt'),
    /notes\.txt: this is not a picture/,
  );
  const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  assert.ok(bomb.length < 1_000_000);
  await assert.rejects(decodeGrey(bomb, 'bomb.png'), /bomb\.png: it has more than 64 megapixels/);
});
