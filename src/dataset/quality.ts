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
      const pixels = block.subarray(at, at + IMAGE_PIXELS);
      const grey = moments(pixels);
      quality.brightness[row] = grey.mean;
      quality.contrast[row] = Math.sqrt(grey.variance);
      quality.sharpness[row] = moments(laplacian(pixels)).variance;
    }
  }
  return quality;
}

function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  const mean = sum / values.length;
  return { mean, variance: Math.max(0, squares / values.length - mean * mean) };
}

function laplacian(pixels: Uint8Array): Int16Array {
  const inner = IMAGE_SIZE - 2;
  const values = new Int16Array(inner * inner);
  for (let y = 1; y <= inner; y++) {
    for (let x = 1; x <= inner; x++) {
      const at = y * IMAGE_SIZE + x;
      values[(y - 1) * inner + x - 1] =
        pixels[at - IMAGE_SIZE]! +
        pixels[at + IMAGE_SIZE]! +
        pixels[at - 1]! +
        pixels[at + 1]! -
        4 * pixels[at]!;
    }
  }
  return values;
}
