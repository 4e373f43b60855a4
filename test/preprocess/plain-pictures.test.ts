import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { decodePlainJpeg } from '../../src/preprocess/plain-jpeg';
import { decodePlainPng } from '../../src/preprocess/plain-png';
import { randomStream } from '../../src/random';

const SIDE = 48;

/** Grey images from smooth to noise. */
function greyImage(seed: number): Buffer {
  const random = randomStream(seed, 'plain pictures');
  const noise = seed % 5 === 0 ? 255 : 40 * (seed % 5);
  return Buffer.from(
    Uint8Array.from({ length: SIDE * SIDE }, (_, i) =>
      Math.max(0, Math.min(255, 128 + 90 * Math.sin(i / (7 + seed)) + noise * (random.uniform() - 0.5))),
    ),
  );
}

const encoder = (seed: number) =>
  sharp(greyImage(seed), { raw: { width: SIDE, height: SIDE, channels: 1 } }).toColourspace('b-w');

const bySharp = (bytes: Uint8Array) =>
  sharp(bytes, { failOn: 'warning' })
    .autoOrient()
    .flatten({ background: '#000' })
    .greyscale()
    .raw()
    .toBuffer();

test('plain pictures are decoded to the levels of the decoder for everything', async () => {
  for (let seed = 0; seed < 30; seed++) {
    const quality = 1 + Math.floor((seed * 99) / 29);
    const jpeg = await encoder(seed)
      .jpeg({ quality, optimiseCoding: seed % 2 === 0 })
      .toBuffer();
    assert.deepEqual(Buffer.from(decodePlainJpeg(jpeg, SIDE)!), await bySharp(jpeg), `quality ${quality}`);
    const png = await encoder(seed)
      .png({ adaptiveFiltering: seed % 2 === 0 })
      .toBuffer();
    const filtered = decodePlainPng(png, SIDE);
    assert.deepEqual(Buffer.from(filtered!), greyImage(seed), `PNG ${seed}`);
  }
});

test('whatever may change the picture is left to the decoder for everything', async () => {
  const others = [
    await encoder(1).jpeg({ progressive: true }).toBuffer(),
    await encoder(1).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    await encoder(1).toColourspace('srgb').jpeg().toBuffer(),
    await encoder(1).resize(40, 48).jpeg().toBuffer(),
    await encoder(1).resize(40, 48).png().toBuffer(),
    await encoder(1).resize(48, 40).png().toBuffer(),
    await encoder(1).withMetadata({ orientation: 6 }).png().toBuffer(),
    await encoder(1).png({ progressive: true }).toBuffer(),
    await encoder(1).png({ palette: true }).toBuffer(),
    await encoder(1).toColourspace('grey16').png().toBuffer(),
    await encoder(1).toColourspace('srgb').png().toBuffer(),
    Buffer.alloc(0),
    Buffer.from('\xff\xd8\xff', 'latin1'),
  ];
  for (const [i, bytes] of others.entries())
    assert.deepEqual([decodePlainJpeg(bytes, SIDE), decodePlainPng(bytes, SIDE)], [null, null], `${i}`);
});

test('a damaged picture is left to the decoder for everything, or read as that one reads it', async () => {
  const random = randomStream(1, 'damage');
  const whole = [await encoder(3).jpeg({ quality: 70 }).toBuffer(), await encoder(3).png().toBuffer()];
  let read = 0;
  for (let i = 0; i < 600; i++) {
    const bytes = Buffer.from(whole[i % 2]!);
    const at = Math.floor(random.uniform() * bytes.length);
    const damaged = i % 3 === 0 ? bytes.subarray(0, at) : bytes;
    if (i % 3 > 0) bytes[at]! ^= 1 << (i % 8);
    const image = decodePlainJpeg(damaged, SIDE) ?? decodePlainPng(damaged, SIDE);
    if (!image) continue;
    read++;
    assert.deepEqual(Buffer.from(image), await bySharp(damaged), `try ${i}`);
  }
  assert.ok(read > 20, 'flipped bits of a JPEG often leave another whole picture');
});
