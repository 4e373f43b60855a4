import type { RowCollector } from '../collector';

const ZERO = 0x30;
const NINE = 0x39;
const SPACE = 0x20;

/** Where the numbers of a row's pixels stopped: at a byte that is neither digit nor blank, or at the end of the piece. */
const NO_NUMBER = -1;

/** Reads numbers of pixels from pieces of bytes of any size straight into the collector's byte array. */
export class PixelReader {
  /** Pixels of this row so far; more than an image has are counted and not kept. */
  count = 0;
  /** Value of the number being read, or -1 between numbers; over 255 it is left as it is. */
  value = NO_NUMBER;
  readonly #perImage: number;

  constructor(readonly rows: RowCollector) {
    this.#perImage = rows.imageBytes;
  }

  /** Reads on from `start`. @returns where it stopped: at the first byte that is no digit and no blank, or at the end */
  read(bytes: Uint8Array, start: number): number {
    return this.#readAny(bytes, this.value === NO_NUMBER ? this.#readPlain(bytes, start) : start);
  }

  /** Ends the number that is being read. */
  endNumber(): void {
    if (this.value === NO_NUMBER) return;
    if (this.count < this.#perImage) this.rows.images[this.rows.nextOffset + this.count] = this.value;
    this.count++;
    this.value = NO_NUMBER;
  }

  /** Makes ready for the next row. */
  reset(): void {
    this.count = 0;
    this.value = NO_NUMBER;
  }

  // The hot loop of the first load: 300 MB pass through here. It takes whole numbers of one to three digits that end
  // with one blank, without a branch on their length, which no processor can foresee. Whatever else there is, errors
  // too, it leaves to the loop that looks at every byte.
  #readPlain(bytes: Uint8Array, start: number): number {
    const images = this.rows.images;
    const base = this.rows.nextOffset;
    const all = this.#perImage;
    const last = bytes.length - 4;
    let pixels = this.count;
    let at = start;
    while (at <= last && pixels < all) {
      const a = bytes[at]! - ZERO;
      const b = bytes[at + 1]! - ZERO;
      const c = bytes[at + 2]! - ZERO;
      // All ones where the second and the third byte belong to the number, else 0.
      const two = ~(b >> 31);
      const three = two & ~(c >> 31);
      const tens = a + ((9 * a + b) & two);
      const value = tens + ((9 * tens + c) & three);
      const end = at + 1 - two - three;
      const space = bytes[end]! - SPACE;
      // Negative where a byte is no digit, the value is no byte, or no blank follows.
      if ((a | (9 - a) | (9 - (b & two)) | (9 - (c & three)) | (255 - value) | space | -space) < 0) break;
      images[base + pixels] = value;
      pixels++;
      at = end + 1;
    }
    this.count = pixels;
    return at;
  }

  #readAny(bytes: Uint8Array, start: number): number {
    let at = start;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte >= ZERO && byte <= NINE) {
        this.value = Math.max(0, this.value) * 10 + byte - ZERO;
        if (this.value > 255) break;
      } else if (byte === SPACE) this.endNumber();
      else break;
    }
    return at;
  }
}

const ENDS_OF_WORDS: readonly number[] = [...Buffer.from(' ,;"\t\r\n')];

/** The word around a byte, for errors. */
export function wordAt(bytes: Uint8Array, at: number): string {
  const isEnd = (byte: number | undefined) => byte === undefined || ENDS_OF_WORDS.includes(byte);
  let [start, end] = [at, at + 1];
  while (start > at - 12 && !isEnd(bytes[start - 1])) start--;
  while (end < at + 12 && !isEnd(bytes[end])) end++;
  return Buffer.from(bytes.subarray(start, end)).toString('utf8');
}
