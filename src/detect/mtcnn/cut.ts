import type { RgbPicture } from '../face';
import { type Candidate, heightOf, widthOf } from './candidates';
import { resizeArea } from './resize-area';

const CHANNELS = 3;

/** The networks take levels of -1 to 1. */
const toInput = (level: number) => (level - 127.5) / 128;

/**
 * Levels of a picture as the networks take them: they were trained in Matlab, so x comes before y: [width, height, 3].
 */
export function transposed(values: Float32Array, width: number, height: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < CHANNELS; c++)
        result[(x * height + y) * CHANNELS + c] = toInput(values[(y * width + x) * CHANNELS + c]!);
  return result;
}

/** The candidates' pixels as one batch [count, side, side, 3]; what lies over the edge of the picture is black. */
export function cutAll(picture: RgbPicture, candidates: readonly Candidate[], side: number): Float32Array {
  const size = side * side * CHANNELS;
  const batch = new Float32Array(candidates.length * size);
  for (const [i, candidate] of candidates.entries()) {
    const cut = cutOne(picture, candidate);
    const scaled = resizeArea(cut, { width: side, height: side }, false);
    batch.set(transposed(scaled, side, side), i * size);
  }
  return batch;
}

/** Corners are counted from 1, as the original does. */
function cutOne(picture: RgbPicture, candidate: Candidate) {
  const [width, height] = [Math.max(1, widthOf(candidate)), Math.max(1, heightOf(candidate))];
  const values = new Uint8Array(width * height * CHANNELS);
  const [left, top] = [candidate.left - 1, candidate.top - 1];
  const from = Math.max(0, left);
  const to = Math.min(picture.width, left + width);
  for (let y = Math.max(0, top); y < Math.min(picture.height, top + height) && from < to; y++) {
    const row = y * picture.width;
    const pixels = picture.pixels.subarray((row + from) * CHANNELS, (row + to) * CHANNELS);
    values.set(pixels, ((y - top) * width + (from - left)) * CHANNELS);
  }
  return { values, width, height };
}
