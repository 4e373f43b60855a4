import type { Images } from '../../dataset/dataset';
import { type PixelRows, pixelsOf } from '../../dataset/image-source';
import type { WeightsByName, WeightTensor } from '../../engine/weights';

/** Some grey images, 0 to 255, of one side. */
export interface ImageBatch {
  readonly pixels: PixelRows;
  readonly count: number;
  readonly side: number;
}

/** Some rows of a data set as a batch. */
export function batchOf(images: Images, rows: Uint32Array): ImageBatch {
  return { pixels: pixelsOf(images, rows), count: rows.length, side: images.spec.side };
}

/** Features of some images, row-major. */
export interface FeatureMatrix {
  /** [count, width] */
  readonly values: Float32Array;
  readonly count: number;
  readonly width: number;
}

/** Describes an image by numbers that no training fits. */
export interface FeatureExtractor {
  /** How many numbers describe an image of this side. @param side in pixels */
  width(side: number): number;
  /** Writes the numbers of one image [side, side] into `target` [width]. */
  extract(image: Uint8Array, side: number, target: Float32Array): void;
  /** It holds nothing. */
  dispose?: undefined;
}

/** Describes many images at a time. {@link dispose} frees what it holds. */
export interface BatchExtractor {
  extractAll(images: ImageBatch): FeatureMatrix;
  dispose(): void;
}

/** Learns from training images how to describe images. */
export interface FeatureLearner {
  /** The same images and seed give the same bits. */
  learn(images: ImageBatch, seed: number): WeightTensor[];
  /** Describes images by what {@link learn} left. */
  extractor(weights: WeightsByName): FeatureExtractor;
}

/** Takes over what a published network has learnt. */
export interface FeatureBorrower {
  /** Name of the published model. */
  readonly lender: string;
  /** Describes images by the weights of the model. */
  extractor(weights: WeightsByName): BatchExtractor;
}

/** A way to describe images. */
export type Features = FeatureExtractor | FeatureLearner | FeatureBorrower;

/** What describes images, once that is learnt or borrowed which has to be. */
export function extractorOf(features: Features, weights: WeightsByName): FeatureExtractor | BatchExtractor {
  return 'extract' in features ? features : features.extractor(weights);
}

/** Squared Euclidean distance of two rows of features. */
export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return sum;
}

/** Features of all images of a batch. */
export function extractFeatures(
  extractor: FeatureExtractor | BatchExtractor,
  images: ImageBatch,
): FeatureMatrix {
  return 'extractAll' in extractor ? extractor.extractAll(images) : extractOneByOne(extractor, images);
}

function extractOneByOne(
  { width: widthOf, extract }: FeatureExtractor,
  { pixels, count, side }: ImageBatch,
): FeatureMatrix {
  const width = widthOf(side);
  const values = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const at = pixels.offset(i);
    extract(pixels.bytes.subarray(at, at + side * side), side, values.subarray(i * width, (i + 1) * width));
  }
  return { values, count, width };
}

/** One row of a matrix of features, [width]; shares its memory. */
export function rowOf({ values, width }: FeatureMatrix, i: number): Float32Array {
  return values.subarray(i * width, (i + 1) * width);
}
