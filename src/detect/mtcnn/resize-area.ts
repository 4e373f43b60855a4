// Scaling by areas as OpenCV's INTER_AREA computes it: MTCNN's published results come from it.

import type { RgbPicture } from '../face';
import { enlarge, type PictureArea, type Size } from './enlarge';

const CHANNELS = 3;

/**
 * Scales regions of one picture, each to any size. Levels are added up once, so that the mean over a large cell takes no
 * longer than that over a small one (summed-area tables: Crow 1984).
 */
export class AreaScaler {
  /** The levels above and left of each corner of a pixel, added up, columns first: [width + 1, height + 1, 3]. */
  readonly #sums: Float64Array;

  constructor(readonly picture: RgbPicture) {
    this.#sums = sumLevels(picture);
  }

  /**
   * A region in another size: means where it becomes smaller, else interpolated.
   * @returns levels that are not rounded, columns first as the networks take them: [size.width, size.height, 3]
   */
  scale(region: PictureArea, size: Size): Float32Array {
    const shrinks = size.width <= region.width && size.height <= region.height;
    return shrinks ? this.#means(region, size) : enlarge(this.picture, region, size);
  }

  #means({ left, top, width, height }: PictureArea, size: Size): Float32Array {
    const across = edgesOf({ start: left, length: width, limit: this.picture.width }, size.width);
    const down = edgesOf({ start: top, length: height, limit: this.picture.height }, size.height);
    const means = new Float32Array(size.width * size.height * CHANNELS);
    const perPixel = (size.width * size.height) / (width * height);
    let [before, after] = [0, 1].map(() => new Float64Array((size.height + 1) * CHANNELS)) as Pair;
    this.#sumAlong(before, down, { x: across.whole[0]!, share: across.rest[0]! });
    for (let column = 0; column < size.width; column++) {
      this.#sumAlong(after, down, { x: across.whole[column + 1]!, share: across.rest[column + 1]! });
      const start = column * size.height * CHANNELS;
      for (let i = 0; i < size.height * CHANNELS; i++)
        means[start + i] = (after[i + CHANNELS]! - after[i]! - before[i + CHANNELS]! + before[i]!) * perPixel;
      [before, after] = [after, before];
    }
    return means;
  }

  /** Fills `sums` [edges, 3] with the levels above and left of each edge at one place; within pixels by their shares. */
  #sumAlong(sums: Float64Array, { whole, rest }: Edges, { x, share }: { x: number; share: number }): void {
    const stride = (this.picture.height + 1) * CHANNELS;
    const all = this.#sums;
    let to = 0;
    for (let edge = 0; edge < whole.length; edge++) {
      const [first, part] = [x * stride + whole[edge]! * CHANNELS, rest[edge]!];
      for (let at = first; at < first + CHANNELS; at++) {
        const upper = all[at]! + share * (all[at + stride]! - all[at]!);
        const lower = all[at + CHANNELS]! + share * (all[at + CHANNELS + stride]! - all[at + CHANNELS]!);
        sums[to++] = upper + part * (lower - upper);
      }
    }
  }
}

type Pair = [Float64Array, Float64Array];

function sumLevels({ pixels, width, height }: RgbPicture): Float64Array {
  const stride = (height + 1) * CHANNELS;
  const sums = new Float64Array(stride * (width + 1));
  for (let x = 0; x < width; x++) {
    let [red, green, blue] = [0, 0, 0];
    let [from, to] = [x * CHANNELS, (x + 1) * stride + CHANNELS];
    for (let y = 0; y < height; y++, from += width * CHANNELS, to += CHANNELS) {
      red += pixels[from]!;
      green += pixels[from + 1]!;
      blue += pixels[from + 2]!;
      sums[to] = sums[to - stride]! + red;
      sums[to + 1] = sums[to + 1 - stride]! + green;
      sums[to + 2] = sums[to + 2 - stride]! + blue;
    }
  }
  return sums;
}

/** Where the cells of a grid begin and end along a side: one edge more than cells. */
interface Edges {
  /** The pixel in which an edge lies, and how far in it, 0 to 1. */
  readonly whole: Int32Array;
  readonly rest: Float64Array;
}

/** @param side a part of a side of the picture, whose length is `limit` */
function edgesOf(side: { start: number; length: number; limit: number }, cells: number): Edges {
  const { start, length, limit } = side;
  const [whole, rest] = [new Int32Array(cells + 1), new Float64Array(cells + 1)];
  for (let i = 0; i <= cells; i++) {
    const place = Math.max(0, Math.min(limit, start + (i * length) / cells));
    whole[i] = Math.min(Math.floor(place), limit - 1);
    rest[i] = place - whole[i]!;
  }
  return { whole, rest };
}
