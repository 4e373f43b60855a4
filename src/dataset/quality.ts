import { IMAGE_PIXELS, IMAGE_SIZE, type ImageDataset } from './dataset';
import { imageBlocks } from './image-source';

/** Simple measures of each image, all [count]. */
export interface ImageQuality {
  /** Mean grey level, 0 to 255. */
  readonly brightness: Float32Array;
  /** Standard deviation of the grey levels. */
  readonly contrast: Float32Array;
  /** Variance of the Laplacian (4-neighbour kernel, inner pixels): low for blurred images. */
  readonly sharpness: Float32Array;
}

/** Measures every image. */
export function measureQuality(dataset: Pick<ImageDataset, 'count' | 'images'>): ImageQuality {
  const quality = {
    brightness: new Float32Array(dataset.count),
    contrast: new Float32Array(dataset.count),
    sharpness: new Float32Array(dataset.count),
  };
  let row = 0;
  for (const block of imageBlocks(dataset)) {
    for (let at = 0; at < block.length; at += IMAGE_PIXELS, row++) {
      const grey = greyMoments(block, at);
      quality.brightness[row] = grey.mean;
      quality.contrast[row] = Math.sqrt(grey.variance);
      quality.sharpness[row] = laplacianVariance(block, at);
    }
  }
  return quality;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

// Sums of whole numbers are exact here: at most 2304 times 1020 squared.
function momentsOf(sum: number, squares: number, count: number): Moments {
  const mean = sum / count;
  return { mean, variance: Math.max(0, squares / count - mean * mean) };
}

function greyMoments(bytes: Uint8Array, start: number): Moments {
  let sum = 0;
  let squares = 0;
  for (let at = start; at < start + IMAGE_PIXELS; at++) {
    const value = bytes[at]!;
    sum += value;
    squares += value * value;
  }
  return momentsOf(sum, squares, IMAGE_PIXELS);
}

function laplacianVariance(bytes: Uint8Array, start: number): number {
  const inner = IMAGE_SIZE - 2;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y <= inner; y++) {
    const line = start + y * IMAGE_SIZE;
    for (let at = line + 1; at <= line + inner; at++) {
      const across = bytes[at - 1]! + bytes[at + 1]!;
      const value = across + bytes[at - IMAGE_SIZE]! + bytes[at + IMAGE_SIZE]! - 4 * bytes[at]!;
      sum += value;
      squares += value * value;
    }
  }
  return momentsOf(sum, squares, inner * inner).variance;
}
