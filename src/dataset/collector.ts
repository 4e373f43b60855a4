import { IMAGE_PIXELS } from './dataset';

/** Images that are kept in memory: the rows of FER-2013. Larger sets go on to a file. */
export const ROWS_IN_MEMORY = 35_887;

/** Room for one more image than is kept, which a reader begins to write before it knows that there is none. */
const CAPACITY = ROWS_IN_MEMORY + 1;

/** Labels, usages and pixels of rows as they are read. */
export interface CollectedRows {
  readonly count: number;
  /** Pixels of the images after those that were handed to the spill. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly usages: Uint8Array;
}

/** Takes images that find no room in memory, in order. */
export type Spill = (images: Uint8Array) => void;

/** Gathers rows in one byte array, so that nothing is held twice; what is more than FER-2013 goes to the spill. */
export class RowCollector {
  #images = new Uint8Array(CAPACITY * IMAGE_PIXELS);
  #labels = new Uint8Array(CAPACITY);
  #usages = new Uint8Array(CAPACITY);
  #count = 0;
  #spilled = 0;

  constructor(readonly spill: Spill) {}

  get count(): number {
    return this.#count;
  }

  /** Bytes of the images in memory, with room for one more; valid until the next {@link add}. */
  get images(): Uint8Array {
    return this.#images;
  }

  /** Where the pixels of the next image go in {@link images}. */
  get nextOffset(): number {
    return (this.#count - this.#spilled) * IMAGE_PIXELS;
  }

  /** Takes the pixels that were written at {@link nextOffset} as one image. */
  add(label: number, usage: number): void {
    this.#labels[this.#count] = label;
    this.#usages[this.#count] = usage;
    this.#count++;
    if (this.#count === this.#labels.length) {
      this.#labels = enlarged(this.#labels, 2 * this.#count);
      this.#usages = enlarged(this.#usages, 2 * this.#count);
    }
    if (this.#count - this.#spilled === CAPACITY) {
      this.spill(this.#images);
      this.#spilled = this.#count;
    }
  }

  finish(): CollectedRows {
    return {
      count: this.#count,
      images: this.#images.subarray(0, this.nextOffset),
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
