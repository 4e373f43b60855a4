import sharp from 'sharp';
import type { RandomStream } from '../../src/random';
import { pick } from './truth';

const SIDE = 48;

const raw = (pixels: Uint8Array) => sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 1 } });

const rgb = (pixels: Uint8Array) =>
  sharp(
    Uint8Array.from({ length: 3 * pixels.length }, (_, i) => pixels[Math.floor(i / 3)]!),
    {
      raw: { width: SIDE, height: SIDE, channels: 3 },
    },
  );

/** The image turned so that its EXIF orientation `k` turns it upright again: 6 is a quarter turn, 3 half a turn. */
async function turned(pixels: Uint8Array, orientation: 3 | 6 | 8): Promise<Buffer> {
  const degrees = { 3: 180, 6: 270, 8: 90 }[orientation];
  const stored = await raw(pixels).rotate(degrees).toColourspace('b-w').raw().toBuffer();
  return raw(stored).toColourspace('b-w').withMetadata({ orientation }).png().toBuffer();
}

/** A BMP of 24 bits or of a grey palette; its lines run upwards. */
export function encodeBmp(pixels: Uint8Array, bits: 8 | 24): Buffer {
  const palette = bits === 8 ? 1024 : 0;
  const line = (SIDE * bits) / 8;
  const bytes = Buffer.alloc(54 + palette + line * SIDE);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54 + palette, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(SIDE, 18);
  bytes.writeInt32LE(SIDE, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(bits, 28);
  for (let i = 0; i < palette / 4; i++) bytes.set([i, i, i, 0], 54 + 4 * i);
  for (const [i, value] of pixels.entries()) {
    const at = 54 + palette + (SIDE - 1 - Math.floor(i / SIDE)) * line + ((i % SIDE) * bits) / 8;
    bytes.fill(value, at, at + bits / 8);
  }
  return bytes;
}

/** Words of 16 bits of the full range. */
const wide = (pixels: Uint8Array) =>
  sharp(
    Uint16Array.from(pixels, (value) => 257 * value),
    {
      raw: { width: SIDE, height: SIDE, channels: 1 },
    },
  ).toColourspace('grey16');

type Encoder = (pixels: Uint8Array) => Promise<Buffer> | Buffer;

/** Ways of writing an image from which every level comes back. */
const EXACT: Readonly<Record<string, Encoder>> = {
  'grey.png': (pixels) => raw(pixels).toColourspace('b-w').png().toBuffer(),
  'rgb.png': (pixels) => rgb(pixels).png().toBuffer(),
  'interlaced.png': (pixels) => raw(pixels).toColourspace('b-w').png({ progressive: true }).toBuffer(),
  'wide.png': (pixels) => wide(pixels).png().toBuffer(),
  'alpha.png': (pixels) => rgb(pixels).ensureAlpha().png().toBuffer(),
  'lossless.webp': (pixels) => rgb(pixels).webp({ lossless: true }).toBuffer(),
  'plain.tiff': (pixels) => raw(pixels).toColourspace('b-w').tiff({ compression: 'none' }).toBuffer(),
  'lzw.tif': (pixels) => raw(pixels).toColourspace('b-w').tiff({ compression: 'lzw' }).toBuffer(),
  'grey.bmp': (pixels) => encodeBmp(pixels, 8),
  'rgb.bmp': (pixels) => encodeBmp(pixels, 24),
  'upside-down.png': (pixels) => turned(pixels, 3),
  'turned.png': (pixels) => turned(pixels, 6),
  'turned-back.png': (pixels) => turned(pixels, 8),
};

export interface PictureFile {
  readonly content: Buffer;
  /** The form, which the ending of the name follows. */
  readonly form: string;
}

/** An image in one of the forms that keep every level. */
export async function encodeExactly(pixels: Uint8Array, random: RandomStream): Promise<PictureFile> {
  const form = pick(random, Object.keys(EXACT));
  return { content: await EXACT[form]!(pixels), form };
}

/** An image as a JPEG, and the levels that a decoder of another make gives back. */
export async function encodeAsJpeg(
  pixels: Uint8Array,
  random: RandomStream,
): Promise<{ content: Buffer; pixels: Uint8Array }> {
  const quality = 40 + random.integer(61);
  const content = await raw(pixels)
    .toColourspace('b-w')
    .jpeg({ quality, progressive: random.integer(4) === 0, optimiseCoding: random.integer(2) === 0 })
    .toBuffer();
  const { data } = await sharp(content).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { content, pixels: Uint8Array.from(data) };
}

/** Whether a form has checksums of all its bytes that matter. */
export const isChecked = (form: string): boolean => form.endsWith('.png');
