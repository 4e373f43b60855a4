/** Ones or zeros below which a hash is that of a nearly flat image, and says nothing. */
const LEAST_BITS = 8;

/** Blocks of a hash: neighbours in a line are compared. */
const COLUMNS = 9;
const LINES = 8;

/** 64 bits as two numbers of 32. */
export type Hash = readonly [number, number];

/** Hashes images: whether each of 8x8 differences of neighbouring block means is positive. */
export class Hasher {
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

/** The hashes of some images. */
export class Hashes {
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
