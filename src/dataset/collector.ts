import { ClassScores } from './class-scores';
import { type DatasetSpec, pixelsPerImage } from './spec';

/** Bytes of images that are kept in memory: 35,887 of 48x48. Larger sets go on to a file. */
const BYTES_IN_MEMORY = 35_887 * 48 * 48;

/** Images that are kept in memory. */
export const rowsInMemory = (imageBytes: number): number => Math.floor(BYTES_IN_MEMORY / imageBytes);

/** Labels, usages and pixels of rows as they are read. */
export interface CollectedRows {
  readonly spec: DatasetSpec;
  readonly count: number;
  /** Pixels of the images after those that were handed to the spill. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly usages: Uint8Array;
  /** Who is seen, numbered by first appearance; only where the data set tells. */
  readonly subjects?: Uint16Array;
}

/** Takes images that find no room in memory, in order. */
export type Spill = (images: Uint8Array) => void;

/** Gathers rows in one byte array, so that nothing is held twice; what is more than memory may hold goes to the spill. */
export class RowCollector {
  /** Room for one more image than is kept, which a reader begins to write before it knows that there is none. */
  readonly #capacity: number;
  readonly #images: Uint8Array;
  #labels: Uint8Array;
  #usages: Uint8Array;
  readonly #subjects: number[] = [];
  readonly #subjectNumbers = new Map<string, number>();
  #count = 0;
  #spilled = 0;

  /** Bytes of an image. */
  readonly imageBytes: number;
  /** What the pixels of all rows say of their classes. */
  readonly scores: ClassScores;

  constructor(
    readonly spec: DatasetSpec,
    readonly spill: Spill,
  ) {
    const imageBytes = pixelsPerImage(spec);
    this.imageBytes = imageBytes;
    this.scores = new ClassScores(spec);
    this.#capacity = rowsInMemory(imageBytes) + 1;
    this.#images = new Uint8Array(this.#capacity * imageBytes);
    this.#labels = new Uint8Array(this.#capacity);
    this.#usages = new Uint8Array(this.#capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes of the images in memory, with room for one more; valid until the next {@link add}. */
  get images(): Uint8Array {
    return this.#images;
  }

  /** Where the pixels of the next image go in {@link images}. */
  get nextOffset(): number {
    return (this.#count - this.#spilled) * this.imageBytes;
  }

  /** Takes the pixels that were written at {@link nextOffset} as one image. */
  add(label: number, usage: number, subject?: string): void {
    if (subject !== undefined) this.#addSubject(subject);
    this.scores.add(this.#images, this.nextOffset, { label, part: usage });
    this.#labels[this.#count] = label;
    this.#usages[this.#count] = usage;
    this.#count++;
    if (this.#count === this.#labels.length) {
      this.#labels = enlarged(this.#labels, 2 * this.#count);
      this.#usages = enlarged(this.#usages, 2 * this.#count);
    }
    if (this.#count - this.#spilled === this.#capacity) {
      this.spill(this.#images);
      this.#spilled = this.#count;
    }
  }

  #addSubject(name: string): void {
    const number = this.#subjectNumbers.get(name) ?? this.#subjectNumbers.size;
    this.#subjectNumbers.set(name, number);
    this.#subjects.push(number);
  }

  finish(): CollectedRows {
    const subjects = this.#subjects.length > 0 ? { subjects: Uint16Array.from(this.#subjects) } : {};
    return {
      spec: this.spec,
      count: this.#count,
      images: this.#images.subarray(0, this.nextOffset),
      labels: this.#labels.slice(0, this.#count),
      usages: this.#usages.slice(0, this.#count),
      ...subjects,
    };
  }
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
