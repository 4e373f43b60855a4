/** Lines whose sums fit into 16 bits. */
const MOST_LINES = 257;

/** Sums of the columns of bands of lines: what block means and hashes of images are made of. */
export class ColumnSums {
  /** Of the band that was added last, by column. */
  readonly sums: Uint32Array;
  /** The images as words of four pixels. */
  #words: Uint32Array = new Uint32Array(0);

  /** @param side of an image, in pixels */
  constructor(readonly side: number) {
    this.sums = new Uint32Array(side);
  }

  /** Adds up some lines, `last` not included, of the image whose pixels begin at `offset`. */
  addBand(images: Uint8Array, offset: number, [first, last]: readonly [first: number, last: number]): void {
    const start = offset + first * this.side;
    const lines = last - first;
    if (this.side % 4 === 0 && (images.byteOffset + offset) % 4 === 0 && lines <= MOST_LINES)
      this.#addWords(images, start, lines);
    else this.#addPixels(images, start, lines);
  }

  // A word holds four pixels; its even and its odd ones are added as two numbers of 16 bits each, so that an image takes
  // a quarter of the reads.
  #addWords(images: Uint8Array, start: number, lines: number): void {
    if (this.#words.buffer !== images.buffer)
      this.#words = new Uint32Array(images.buffer, 0, images.buffer.byteLength >> 2);
    const [words, sums] = [this.#words, this.sums];
    const width = this.side >> 2;
    const from = (images.byteOffset + start) >> 2;
    for (let x = 0; x < width; x++) {
      let [even, odd] = [0, 0];
      for (let at = from + x, end = at + lines * width; at < end; at += width) {
        const word = words[at]!;
        even += word & 0xff00ff;
        odd += (word >>> 8) & 0xff00ff;
      }
      // Little-endian, as all processors are that TensorFlow is built for.
      sums[4 * x] = even & 0xffff;
      sums[4 * x + 1] = odd & 0xffff;
      sums[4 * x + 2] = even >>> 16;
      sums[4 * x + 3] = odd >>> 16;
    }
  }

  #addPixels(images: Uint8Array, start: number, lines: number): void {
    for (let x = 0; x < this.side; x++) {
      let sum = 0;
      for (let y = 0, at = start + x; y < lines; y++, at += this.side) sum += images[at]!;
      this.sums[x] = sum;
    }
  }
}
