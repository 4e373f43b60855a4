import { imageBlocks, pixelsOf } from './image-source';
import type { PartedImages } from './parted-images';
import { pixelsPerImage } from './spec';

/** Compares images pixel by pixel, when both are brought to one mean. */
export class PixelComparison {
  readonly #size: number;

  /** @param largest mean difference of interest */
  constructor(
    readonly images: PartedImages,
    readonly largest: number,
  ) {
    this.#size = pixelsPerImage(images.spec);
  }

  /**
   * Mean difference of grey levels; of images that differ by more than is of interest, some larger number.
   * @param isMirrored whether `row` is taken as its mirror image
   */
  difference(row: number, other: number, isMirrored: boolean): number {
    const { side } = this.images.spec;
    const { bytes, offset } = pixelsOf(this.images, Uint32Array.of(row, other));
    const [a, b] = [offset(0), offset(1)];
    const shift = this.#mean(bytes, a) - this.#mean(bytes, b);
    const most = this.largest * this.#size;
    let sum = 0;
    for (let line = 0; line < this.#size; line += side) {
      for (let x = 0; x < side; x++) {
        const at = a + line + (isMirrored ? side - 1 - x : x);
        sum += Math.abs(bytes[at]! - bytes[b + line + x]! - shift);
      }
      if (sum > most) return Number.POSITIVE_INFINITY;
    }
    return sum / this.#size;
  }

  #mean(bytes: Uint8Array, start: number): number {
    let sum = 0;
    for (let i = start; i < start + this.#size; i++) sum += bytes[i]!;
    return sum / this.#size;
  }
}

/** Blocks in a line and in a column of a reduced image. */
const BLOCKS = 12;

/** Images reduced to 12x12 block means, without their mean and contrast: what another size or a slight crop leaves. */
export class Reductions {
  readonly #values: Float32Array;

  constructor(images: PartedImages) {
    const { side } = images.spec;
    const size = side * side;
    this.#values = new Float32Array(images.count * BLOCKS * BLOCKS);
    let row = 0;
    for (const block of imageBlocks(images)) {
      for (let at = 0; at < block.length; at += size, row++)
        reduce(block.subarray(at, at + size), this.at(row), side);
    }
  }

  /** [BLOCKS, BLOCKS], of mean 0 and length 1. */
  at(row: number): Float32Array {
    return this.#values.subarray(row * BLOCKS * BLOCKS, (row + 1) * BLOCKS * BLOCKS);
  }

  /** Correlation of two reduced images, -1 to 1. @param isMirrored whether `row` is taken as its mirror image */
  correlation(row: number, other: number, isMirrored: boolean): number {
    const [a, b] = [this.at(row), this.at(other)];
    let sum = 0;
    for (let line = 0; line < a.length; line += BLOCKS) {
      for (let x = 0; x < BLOCKS; x++) sum += a[line + (isMirrored ? BLOCKS - 1 - x : x)]! * b[line + x]!;
    }
    return sum;
  }
}

function reduce(image: Uint8Array, into: Float32Array, side: number): void {
  const counts = new Uint32Array(into.length);
  for (const [i, level] of image.entries()) {
    const block = placeOf(Math.floor(i / side), side) * BLOCKS + placeOf(i % side, side);
    into[block]! += level;
    counts[block]!++;
  }
  for (let i = 0; i < into.length; i++) into[i]! /= Math.max(1, counts[i]!);
  const mean = into.reduce((sum, value) => sum + value, 0) / into.length;
  const length = Math.sqrt(into.reduce((sum, value) => sum + (value - mean) ** 2, 0)) || 1;
  for (let i = 0; i < into.length; i++) into[i] = (into[i]! - mean) / length;
}

const placeOf = (pixel: number, side: number) => Math.floor((pixel * BLOCKS) / side);
