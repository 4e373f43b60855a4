import type { Images } from './dataset';
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
export function measureQuality(dataset: Images & { readonly count: number }): ImageQuality {
  const quality = {
    brightness: new Float32Array(dataset.count),
    contrast: new Float32Array(dataset.count),
    sharpness: new Float32Array(dataset.count),
  };
  const { side } = dataset.spec;
  let row = 0;
  for (const block of imageBlocks(dataset)) {
    for (let at = 0; at < block.length; at += side * side, row++) {
      const image = block.subarray(at, at + side * side);
      const grey = greyMoments(image);
      quality.brightness[row] = grey.mean;
      quality.contrast[row] = Math.sqrt(grey.variance);
      quality.sharpness[row] = laplacianVariance(image, side);
    }
  }
  return quality;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

// Sums of whole numbers are exact here: at most 1020 squared for each pixel.
function momentsOf(sum: number, squares: number, count: number): Moments {
  const mean = sum / count;
  return { mean, variance: Math.max(0, squares / count - mean * mean) };
}

function greyMoments(image: Uint8Array): Moments {
  let sum = 0;
  let squares = 0;
  for (const value of image) {
    sum += value;
    squares += value * value;
  }
  return momentsOf(sum, squares, image.length);
}

function laplacianVariance(image: Uint8Array, side: number): number {
  const inner = side - 2;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y <= inner; y++) {
    const line = y * side;
    for (let at = line + 1; at <= line + inner; at++) {
      const across = image[at - 1]! + image[at + 1]!;
      const value = across + image[at - side]! + image[at + side]! - 4 * image[at]!;
      sum += value;
      squares += value * value;
    }
  }
  return momentsOf(sum, squares, inner * inner).variance;
}
