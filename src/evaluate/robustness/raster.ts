import sharp from 'sharp';

/** Grey levels 0 to 255 of values in [0, 1]. */
export const toLevels = (values: Float32Array): Uint8Array =>
  Uint8Array.from(values, (value) => Math.round(255 * value));

const open = (image: Uint8Array, side: number) =>
  sharp(image, { raw: { width: side, height: side, channels: 1 } });

/** Weight at which the mask of a blur ends, as a share of its middle: libvips would leave the mildest image as it is. */
const LEAST_WEIGHT = 0.002;

/** Gaussian blur. @param sigma standard deviation in pixels, at least 0.3 */
export function blurred(image: Uint8Array, side: number, sigma: number): Promise<Uint8Array> {
  return greyLevels(open(image, side).blur({ sigma, minAmplitude: LEAST_WEIGHT, precision: 'float' }));
}

/** Fewer pixels, read through a triangle filter of their size, shown at the old size with hard edges. */
export async function pixelated(image: Uint8Array, side: number, cells: number): Promise<Uint8Array> {
  const coarse = await greyLevels(open(image, side).resize(cells, cells, { kernel: 'linear' }));
  return greyLevels(open(coarse, cells).resize(side, side, { kernel: 'nearest' }));
}

/** Written as JPEG and read again. */
export async function compressed(image: Uint8Array, side: number, quality: number): Promise<Uint8Array> {
  return greyLevels(sharp(await open(image, side).jpeg({ quality }).toBuffer()));
}

async function greyLevels(image: sharp.Sharp): Promise<Uint8Array> {
  const bytes = await image.toColourspace('b-w').raw().toBuffer();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
