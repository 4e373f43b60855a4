import type { ImageDataset } from './dataset';
import { imageBlocks, pixelsOf } from './image-source';
import { pixelsPerImage } from './spec';

/** Largest mean difference of grey levels of a re-encoded copy, when both have the same mean. */
const LARGEST_DIFFERENCE = 5;

/** Bits by which the hashes of re-encoded copies may differ. */
const LARGEST_DISTANCE = 6;

/** Ones or zeros below which a hash is that of a nearly flat image, and says nothing. */
const LEAST_BITS = 8;

/** Blocks of a hash: neighbours in a line are compared. */
const COLUMNS = 9;
const LINES = 8;

/** Told of two images in different parts that are alike; `other` lies in the earlier part. */
export type TellSimilar = (row: number, other: number, isMirrored: boolean) => void;

/** Tells of each image outside the first part which images of earlier parts are nearly its equal, mirrored or not. */
export function findSimilar(dataset: ImageDataset, tell: TellSimilar): void {
  const { count, usages } = dataset;
  const [plain, mirrored] = hashAll(dataset);
  const index = new QuarterIndex(plain);
  const comparison = new Comparison(dataset);
  for (let row = 0; row < count; row++) {
    const part = usages[row]!;
    if (part === 0 || plain.isFlat(row)) continue;
    for (const hashes of [plain, mirrored]) {
      const isMirrored = hashes === mirrored;
      index.forEachNear(hashes.at(row), 2 * row + Number(isMirrored) + 1, (other) => {
        if (usages[other]! < part && comparison.areAlike(row, other, isMirrored))
          tell(row, other, isMirrored);
      });
    }
  }
}

/** Hashes of all images, and of those outside the first part as if they were mirrored. */
function hashAll(dataset: ImageDataset): [plain: Hashes, mirrored: Hashes] {
  const { count, usages, spec } = dataset;
  const size = pixelsPerImage(spec);
  const [asIs, turned] = [new Hasher(spec.side, false), new Hasher(spec.side, true)];
  const [plain, mirrored] = [new Hashes(count), new Hashes(count)];
  let row = 0;
  for (const block of imageBlocks(dataset)) {
    for (let at = 0; at < block.length; at += size, row++) {
      plain.set(row, asIs.hash(block, at));
      if (usages[row] !== 0) mirrored.set(row, turned.hash(block, at));
    }
  }
  return [plain, mirrored];
}

/** 64 bits as two numbers of 32. */
type Hash = readonly [number, number];

/** Hashes images: whether each of 8x8 differences of neighbouring block means is positive. */
class Hasher {
  /** Where the blocks of a line begin, and where the last one ends. */
  readonly #edges: Uint8Array;
  readonly #shares: Float64Array;
  readonly #sums = new Float64Array(COLUMNS);

  /** @param isMirrored whether images are hashed as if they were mirrored */
  constructor(
    readonly side: number,
    readonly isMirrored: boolean,
  ) {
    const edges = Array.from({ length: COLUMNS + 1 }, (_, column) => Math.ceil((column * side) / COLUMNS));
    this.#edges = Uint8Array.from(isMirrored ? edges.map((edge) => side - edge).reverse() : edges);
    this.#shares = Float64Array.from(
      { length: COLUMNS },
      (_, k) => 1 / (this.#edges[k + 1]! - this.#edges[k]!),
    );
  }

  hash(images: Uint8Array, offset: number): Hash {
    const words: [number, number] = [0, 0];
    for (let band = 0; band < LINES; band++) {
      this.#addBand(images, offset, band);
      for (let k = 0; k < COLUMNS - 1; k++) {
        const [left, right] = [this.#sums[k]! * this.#shares[k]!, this.#sums[k + 1]! * this.#shares[k + 1]!];
        // The neighbours of a mirrored image come the other way round.
        const bit = this.isMirrored ? COLUMNS - 2 - k : k;
        if (this.isMirrored ? right < left : left < right) words[band >> 2]! |= 1 << (8 * (band & 3) + bit);
      }
    }
    return words;
  }

  /** Adds up the pixels of each block of a band of lines. */
  #addBand(images: Uint8Array, offset: number, band: number): void {
    const edges = this.#edges;
    const last = Math.ceil(((band + 1) * this.side) / LINES);
    this.#sums.fill(0);
    for (let y = Math.ceil((band * this.side) / LINES); y < last; y++) {
      const start = offset + y * this.side;
      for (let k = 0; k < COLUMNS; k++) {
        let sum = 0;
        for (let x = start + edges[k]!; x < start + edges[k + 1]!; x++) sum += images[x]!;
        this.#sums[k]! += sum;
      }
    }
  }
}

/** The hashes of all images. */
class Hashes {
  readonly #words: Int32Array;

  constructor(readonly count: number) {
    this.#words = new Int32Array(2 * count);
  }

  set(row: number, hash: Hash): void {
    this.#words.set(hash, 2 * row);
  }

  at(row: number): Hash {
    return [this.#words[2 * row]!, this.#words[2 * row + 1]!];
  }

  /** One of four pieces of 16 bits. */
  quarter(row: number, quarter: number): number {
    return (this.#words[2 * row + (quarter >> 1)]! >>> (16 * (quarter & 1))) & 65535;
  }

  isFlat(row: number): boolean {
    return ones(this.#words[2 * row]!) + ones(this.#words[2 * row + 1]!) < LEAST_BITS;
  }

  distance(row: number, [a, b]: Hash): number {
    return ones(this.#words[2 * row]! ^ a) + ones(this.#words[2 * row + 1]! ^ b);
  }
}

/** Ones of a number of 32 bits. */
function ones(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Rows by each quarter of their hashes: two that differ in at most three bits share one. */
class QuarterIndex {
  /** Of each quarter: where the rows of each value begin, and the rows. */
  readonly #quarters: { readonly starts: Uint32Array; readonly rows: Uint32Array }[];
  /** The lookup that has met each row last; 0 for none. */
  readonly #seenBy: Uint32Array;

  constructor(readonly hashes: Hashes) {
    this.#seenBy = new Uint32Array(hashes.count);
    this.#quarters = [0, 1, 2, 3].map((quarter) => this.#sorted(quarter));
  }

  #sorted(quarter: number) {
    const starts = new Uint32Array(65537);
    const { count } = this.hashes;
    const places = Uint32Array.from({ length: count }, (_, row) => this.hashes.quarter(row, quarter));
    for (let row = 0; row < count; row++) if (!this.hashes.isFlat(row)) starts[places[row]! + 1]!++;
    for (let value = 0; value < 65536; value++) starts[value + 1]! += starts[value]!;
    const rows = new Uint32Array(starts[65536]!);
    const next = starts.slice();
    for (let row = 0; row < count; row++) if (!this.hashes.isFlat(row)) rows[next[places[row]!]!++] = row;
    return { starts, rows };
  }

  /** Calls back, once each, with the rows whose hash is near one. @param lookup a positive number, another for each call */
  forEachNear(hash: Hash, lookup: number, found: (other: number) => void): void {
    for (let quarter = 0; quarter < 4; quarter++) {
      const { starts, rows } = this.#quarters[quarter]!;
      const key = (hash[quarter >> 1]! >>> (16 * (quarter & 1))) & 65535;
      for (let i = starts[key]!; i < starts[key + 1]!; i++) {
        const other = rows[i]!;
        if (this.#seenBy[other] === lookup) continue;
        this.#seenBy[other] = lookup;
        if (this.hashes.distance(other, hash) <= LARGEST_DISTANCE) found(other);
      }
    }
  }
}

/** Compares images pixel by pixel, when both are brought to one mean. */
class Comparison {
  readonly #size: number;

  constructor(readonly dataset: ImageDataset) {
    this.#size = pixelsPerImage(dataset.spec);
  }

  /** @param isMirrored whether `row` is taken as its mirror image */
  areAlike(row: number, other: number, isMirrored: boolean): boolean {
    const { side } = this.dataset.spec;
    const { bytes, offset } = pixelsOf(this.dataset, Uint32Array.of(row, other));
    const [a, b] = [offset(0), offset(1)];
    const shift = this.#mean(bytes, a) - this.#mean(bytes, b);
    const most = LARGEST_DIFFERENCE * this.#size;
    let sum = 0;
    for (let line = 0; line < this.#size && sum <= most; line += side) {
      for (let x = 0; x < side; x++) {
        const at = a + line + (isMirrored ? side - 1 - x : x);
        sum += Math.abs(bytes[at]! - bytes[b + line + x]! - shift);
      }
    }
    return sum <= most;
  }

  #mean(bytes: Uint8Array, start: number): number {
    let sum = 0;
    for (let i = start; i < start + this.#size; i++) sum += bytes[i]!;
    return sum / this.#size;
  }
}
