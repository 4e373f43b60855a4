import sharp from 'sharp';
import type { PartedImages } from '../../src/dataset/parted-images';
import { randomStream } from '../../src/random';

const SIDE = 48;
const PIXELS = SIDE * SIDE;

const raw = (pixels: Uint8Array) => sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 1 } });
const decoded = async (picture: Buffer) =>
  new Uint8Array(await sharp(picture).resize(SIDE, SIDE, { fit: 'fill' }).greyscale().raw().toBuffer());

/** Changes that a copy may have gone through. */
export const CHANGES = {
  exact: async (pixels: Uint8Array) => pixels,
  mirrored: async (pixels: Uint8Array) =>
    pixels.map((_, i) => pixels[i - (i % SIDE) + SIDE - 1 - (i % SIDE)]!),
  reencoded: async (pixels: Uint8Array) => decoded(await raw(pixels).jpeg({ quality: 90 }).toBuffer()),
  resized: async (pixels: Uint8Array) => decoded(await raw(pixels).resize(36, 36).png().toBuffer()),
} as const;

/** How many copies of each kind are planted. */
export type Plan = Readonly<Partial<Record<keyof typeof CHANGES, number>>>;

/**
 * Puts changed copies of images of the first part in the place of images of the last one.
 * @param free rows of the last part to replace, enough of them
 */
export async function plant(
  images: PartedImages,
  plan: Plan,
  free: readonly number[],
): Promise<{ images: PartedImages; planted: ReadonlyMap<number, keyof typeof CHANGES> }> {
  const bytes = images.images.slice();
  const first = [...images.usages.keys()].filter((row) => images.usages[row] === 0);
  const sources = randomStream(1, 'planted').shuffle([...first]);
  const planted = new Map<number, keyof typeof CHANGES>();
  for (const [kind, count] of Object.entries(plan) as [keyof typeof CHANGES, number][]) {
    for (let i = 0; i < count; i++) {
      const [row, from] = [free[planted.size]!, sources[planted.size]!];
      const pixels = images.images.slice(from * PIXELS, (from + 1) * PIXELS);
      bytes.set(await CHANGES[kind](pixels), row * PIXELS);
      planted.set(row, kind);
    }
  }
  return { images: { ...images, images: bytes }, planted };
}
