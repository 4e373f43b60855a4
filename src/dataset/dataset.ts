import type { CopyReading } from './reading';
import type { DatasetSpec } from './spec';

/** Where a dataset came from. */
export interface DatasetSource {
  /** The file or folder read; empty for the sample. */
  readonly path: string;
  /** The form it was in, such as the name of the file. */
  readonly format: string;
  /** SHA-256, in hex, of labels, usages and pixels: the same for every form of the same data. */
  readonly sha256: string;
}

/** Grey images of one size: all that augmentation and prediction need. */
export interface Images {
  readonly spec: Pick<DatasetSpec, 'side'>;
  readonly images: Uint8Array;
}

/** Grey images with labels. All arrays are row-major and are never changed after loading. */
export interface ImageDataset {
  /** Classes, size and parts: readers take them from here. */
  readonly spec: DatasetSpec;
  readonly count: number;
  /** Grey levels 0 to 255, shape [count, side, side]. */
  readonly images: Uint8Array;
  /** Index into `spec.classes`, shape [count]. */
  readonly labels: Uint8Array;
  /** Index into `spec.parts`, shape [count]; all 0 where there are no official parts. */
  readonly usages: Uint8Array;
  /** Who is seen, [count]: equal numbers are the same person. Only where the data set tells. */
  readonly subjects?: Uint16Array;
  readonly source: DatasetSource;
  /** How a copy was read; the sample has none. */
  readonly reading?: CopyReading;
}
