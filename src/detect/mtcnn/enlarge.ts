import type { RgbPicture } from '../face';

const CHANNELS = 3;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in whole pixels of a picture; what of it lies over the edge is black. */
export interface PictureArea extends Size {
  readonly left: number;
  readonly top: number;
}

/**
 * Enlarges a region as OpenCV's INTER_AREA does: between two pixels only where a new one covers both.
 * @returns levels that are not rounded, columns first: [size.width, size.height, 3]
 */
export function enlarge(picture: RgbPicture, region: PictureArea, size: Size): Float32Array {
  const across = tapsOf(region.width, size.width);
  const down = tapsOf(region.height, size.height);
  const { values, stride } = cut(picture, region);
  const result = new Float32Array(size.width * size.height * CHANNELS);
  let to = 0;
  for (let x = 0; x < size.width; x++)
    for (let y = 0; y < size.height; y++)
      for (let channel = 0; channel < CHANNELS; channel++) {
        const at = down.first[y]! * stride + across.first[x]! * CHANNELS + channel;
        const upper = between(values[at]!, values[at + CHANNELS]!, across.share[x]!);
        const lower = between(values[at + stride]!, values[at + stride + CHANNELS]!, across.share[x]!);
        result[to++] = between(upper, lower, down.share[y]!);
      }
  return result;
}

const between = (a: number, b: number, share: number) => (1 - share) * a + share * b;

/** The first of two pixels that make a new one, and the share of the second. */
interface Taps {
  readonly first: Int32Array;
  readonly share: Float32Array;
}

function tapsOf(source: number, target: number): Taps {
  const inverse = target / source;
  const [first, share] = [new Int32Array(target), new Float32Array(target)];
  for (let i = 0; i < target; i++) {
    const pixel = Math.min(Math.floor(i / inverse), source - 1);
    const reach = Math.fround(i + 1 - (pixel + 1) * inverse);
    first[i] = pixel;
    share[i] = reach <= 0 || pixel === source - 1 ? 0 : reach - Math.floor(reach);
  }
  return { first, share };
}

/** A copy of the region with a row and a column more, which count for nothing. */
function cut({ pixels, width, height }: RgbPicture, region: PictureArea) {
  const stride = (region.width + 1) * CHANNELS;
  const values = new Uint8Array(stride * (region.height + 1));
  const [from, to] = [Math.max(0, region.left), Math.min(width, region.left + region.width)];
  const last = Math.min(height, region.top + region.height);
  for (let y = Math.max(0, region.top); y < last && from < to; y++) {
    const row = pixels.subarray((y * width + from) * CHANNELS, (y * width + to) * CHANNELS);
    values.set(row, (y - region.top) * stride + (from - region.left) * CHANNELS);
  }
  return { values, stride };
}
