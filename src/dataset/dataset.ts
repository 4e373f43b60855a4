import type { Reading } from './reading';
import type { DatasetSpec } from './spec';

/** Side of a FER-2013 image in pixels. */
export const IMAGE_SIZE = 48;

/** Pixels of one image. */
export const IMAGE_PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** The official parts, in the order of the codes in {@link ImageDataset.usages}. */
export const USAGES = ['Training', 'PublicTest', 'PrivateTest'] as const;

export type Usage = (typeof USAGES)[number];

/** Where a dataset came from. */
export interface DatasetSource {
  /** `fer2013` for a user's copy, `synthetic` for the built-in sample. */
  readonly kind: 'fer2013' | 'synthetic';
  /** The file or folder read; empty for the sample. */
  readonly path: string;
  /** The form it was in, such as `fer2013.csv.gz`. */
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
  readonly reading?: Reading;
}
