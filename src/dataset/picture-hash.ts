import { ColumnSums } from './column-sums';

/** Ones or zeros below which a hash is that of a nearly flat image, and says nothing. */
const LEAST_BITS = 8;

/** Blocks of a hash: neighbours in a line are compared. */
const COLUMNS = 9;
const LINES = 8;

/** 64 bits as two numbers of 32. */
export type Hash = readonly [number, number];

/** Where the blocks of a line begin, and where the last one ends; shares of a block's pixels. */
interface Blocks {
  readonly edges: Uint8Array;
  readonly shares: Float64Array;
}

function blocksAt(edges: readonly number[]): Blocks {
  const shares = Float64Array.from({ length: COLUMNS }, (_, k) => 1 / (edges[k + 1]! - edges[k]!));
  return { edges: Uint8Array.from(edges), shares };
}

/** Hashes images: whether each of 8x8 differences of neighbouring block means is positive. */
export class Hasher {
  readonly #columns: ColumnSums;
  readonly #plain: Blocks;
  /** Those of the mirror image, as they lie in the image itself. */
  readonly #mirrored: Blocks;
  readonly #means = new Float64Array(COLUMNS);

  constructor(readonly side: number) {
    this.#columns = new ColumnSums(side);
    const edges = Array.from({ length: COLUMNS + 1 }, (_, column) => Math.ceil((column * side) / COLUMNS));
    this.#plain = blocksAt(edges);
    this.#mirrored = blocksAt(edges.map((edge) => side - edge).reverse());
  }

  /** Hashes the image whose pixels begin at `offset`, as it is and as if it were mirrored. */
  hash(images: Uint8Array, offset: number): { readonly plain: Hash; readonly mirrored: Hash } {
    const plain: [number, number] = [0, 0];
    const mirrored: [number, number] = [0, 0];
    for (let band = 0; band < LINES; band++) {
      const lineOf = (edge: number) => Math.ceil((edge * this.side) / LINES);
      this.#columns.addBand(images, offset, [lineOf(band), lineOf(band + 1)]);
      const at = 8 * (band & 3);
      plain[band >> 2]! |= this.#bits(this.#plain, false) << at;
      mirrored[band >> 2]! |= this.#bits(this.#mirrored, true) << at;
    }
    return { plain, mirrored };
  }

  /** The eight bits of a band of lines. Neighbours in a mirrored image come the other way round. */
  #bits({ edges, shares }: Blocks, isMirrored: boolean): number {
    const { sums } = this.#columns;
    const means = this.#means;
    for (let k = 0; k < COLUMNS; k++) {
      let sum = 0;
      for (let x = edges[k]!; x < edges[k + 1]!; x++) sum += sums[x]!;
      means[k] = sum * shares[k]!;
    }
    let bits = 0;
    for (let k = 0; k < COLUMNS - 1; k++) {
      const isSet = isMirrored ? means[k + 1]! < means[k]! : means[k]! < means[k + 1]!;
      if (isSet) bits |= 1 << (isMirrored ? COLUMNS - 2 - k : k);
    }
    return bits;
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
