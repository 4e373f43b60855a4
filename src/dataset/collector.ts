import { IMAGE_PIXELS } from './dataset';

/** Rows of FER-2013 and room for the one after the last, which the reader may begin to write. */
const EXPECTED_ROWS = 35_888;

/** Labels, usages and pixels of rows as they are read. */
export interface CollectedRows {
  readonly count: number;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly usages: Uint8Array;
}

/** Gathers rows in one growing byte array, so that nothing is held twice while a large file is read. */
export class RowCollector {
  #images = new Uint8Array(EXPECTED_ROWS * IMAGE_PIXELS);
  #labels = new Uint8Array(EXPECTED_ROWS);
  #usages = new Uint8Array(EXPECTED_ROWS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Bytes of the images so far, with room for one more; valid until the next {@link add}. */
  get images(): Uint8Array {
    return this.#images;
  }

  /** Where the pixels of the next image go in {@link images}. */
  get nextOffset(): number {
    return this.#count * IMAGE_PIXELS;
  }

  /** Takes the pixels that were written at {@link nextOffset} as one image. */
  add(label: number, usage: number): void {
    this.#labels[this.#count] = label;
    this.#usages[this.#count] = usage;
    this.#count++;
    if (this.#count === this.#labels.length) this.#grow();
  }

  #grow(): void {
    const capacity = Math.ceil(this.#count * 1.5);
    this.#images = enlarged(this.#images, capacity * IMAGE_PIXELS);
    this.#labels = enlarged(this.#labels, capacity);
    this.#usages = enlarged(this.#usages, capacity);
  }

  finish(): CollectedRows {
    return {
      count: this.#count,
      images: this.#images.subarray(0, this.#count * IMAGE_PIXELS),
      labels: this.#labels.slice(0, this.#count),
      usages: this.#usages.slice(0, this.#count),
    };
  }
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
