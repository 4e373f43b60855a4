import { IMAGE_PIXELS, IMAGE_SIZE } from '../dataset/dataset';
import type { Augmentation } from './ranges';

/** Where the pixels come from and go to. */
export interface PixelRoute {
  /** Grey bytes; the image starts at `sourceOffset`. */
  readonly source: Uint8Array;
  readonly sourceOffset: number;
  /** Receives [48, 48] numbers in [0, 1] from `targetOffset` on. */
  readonly target: Float32Array;
  readonly targetOffset: number;
}

const LAST = IMAGE_SIZE - 1;
const MIDDLE = LAST / 2;

/**
 * Changes one image: flip, then zoom, rotation and shift around the middle in one bilinear pass that repeats the
 * edge, then contrast, brightness and cutout. Grey levels are scaled to [0, 1] on the way and kept in it.
 */
export function applyAugmentation(augmentation: Augmentation, route: PixelRoute): void {
  warp(augmentation, route);
  const { target, targetOffset } = route;
  const image = target.subarray(targetOffset, targetOffset + IMAGE_PIXELS);
  if (augmentation.contrast !== 1 || augmentation.brightness !== 1) adjustLight(image, augmentation);
  if (augmentation.cutout) cutOut(image, augmentation.cutout);
}

// The hot loop of augmentation: for each target pixel, the inverse of the change gives the place in the source.
function warp(augmentation: Augmentation, { source, sourceOffset, target, targetOffset }: PixelRoute): void {
  const angle = (augmentation.rotationDegrees * Math.PI) / 180;
  const cosine = Math.cos(angle) / augmentation.zoom;
  const sine = Math.sin(angle) / augmentation.zoom;
  const mirror = augmentation.isFlipped ? -1 : 1;
  let at = targetOffset;
  for (let row = 0; row < IMAGE_SIZE; row++) {
    const v = row - MIDDLE - augmentation.shiftY;
    let x = MIDDLE + mirror * (cosine * (-MIDDLE - augmentation.shiftX) + sine * v);
    let y = MIDDLE + cosine * v - sine * (-MIDDLE - augmentation.shiftX);
    for (let column = 0; column < IMAGE_SIZE; column++) {
      const cx = x < 0 ? 0 : x > LAST ? LAST : x;
      const cy = y < 0 ? 0 : y > LAST ? LAST : y;
      const x0 = cx | 0;
      const y0 = cy | 0;
      const fx = cx - x0;
      const fy = cy - y0;
      const corner = sourceOffset + y0 * IMAGE_SIZE + x0;
      const right = x0 < LAST ? 1 : 0;
      const below = y0 < LAST ? IMAGE_SIZE : 0;
      const top = source[corner]! + fx * (source[corner + right]! - source[corner]!);
      const bottom =
        source[corner + below]! + fx * (source[corner + below + right]! - source[corner + below]!);
      target[at++] = (top + fy * (bottom - top)) / 255;
      x += mirror * cosine;
      y -= sine;
    }
  }
}

function adjustLight(image: Float32Array, { brightness, contrast }: Augmentation): void {
  let sum = 0;
  for (let i = 0; i < image.length; i++) sum += image[i]!;
  const factor = brightness * contrast;
  const offset = brightness * (sum / image.length) * (1 - contrast);
  for (let i = 0; i < image.length; i++) {
    const level = factor * image[i]! + offset;
    image[i] = level < 0 ? 0 : level > 1 ? 1 : level;
  }
}

function cutOut(image: Float32Array, { x, y, size }: NonNullable<Augmentation['cutout']>): void {
  for (let row = Math.max(0, y); row < Math.min(IMAGE_SIZE, y + size); row++) {
    const start = row * IMAGE_SIZE;
    image.fill(0.5, start + Math.max(0, x), start + Math.max(0, Math.min(IMAGE_SIZE, x + size)));
  }
}
