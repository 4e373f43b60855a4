import type { Hash, Hashes } from './picture-hash';

/** Finds the rows whose hash is near another. */
export interface HashIndex {
  /** Calls back, once each, with the rows whose hash is near one. @param lookup a positive number, another for each call */
  forEachNear(hash: Hash, lookup: number, found: (other: number) => void): void;
}

/** Looks at every row: slower than {@link QuarterIndex}, and misses none. */
export class WholeIndex implements HashIndex {
  constructor(
    readonly hashes: Hashes,
    readonly largestDistance: number,
  ) {}

  forEachNear(hash: Hash, _lookup: number, found: (other: number) => void): void {
    const { hashes, largestDistance } = this;
    for (let row = 0; row < hashes.count; row++)
      if (hashes.distance(row, hash) <= largestDistance && !hashes.isFlat(row)) found(row);
  }
}

/** Rows by each quarter of their hashes: two that differ in at most three bits share one. */
export class QuarterIndex implements HashIndex {
  /** Of each quarter: where the rows of each value begin, and the rows. */
  readonly #quarters: { readonly starts: Uint32Array; readonly rows: Uint32Array }[];
  /** The lookup that has met each row last; 0 for none. */
  readonly #seenBy: Uint32Array;

  /** @param largestDistance bits by which a hash may differ from one that is near */
  constructor(
    readonly hashes: Hashes,
    readonly largestDistance: number,
  ) {
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

  forEachNear(hash: Hash, lookup: number, found: (other: number) => void): void {
    for (let quarter = 0; quarter < 4; quarter++) {
      const { starts, rows } = this.#quarters[quarter]!;
      const key = (hash[quarter >> 1]! >>> (16 * (quarter & 1))) & 65535;
      for (let i = starts[key]!; i < starts[key + 1]!; i++) {
        const other = rows[i]!;
        if (this.#seenBy[other] === lookup) continue;
        this.#seenBy[other] = lookup;
        if (this.hashes.distance(other, hash) <= this.largestDistance) found(other);
      }
    }
  }
}
