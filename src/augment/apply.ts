import { normalize } from '../preprocess/normalize';
import { type Augmentation, UNCHANGED } from './ranges';

/** Where the pixels come from and go to. */
export interface PixelRoute {
  /** Grey bytes; the image [sourceSide, sourceSide] starts at `sourceOffset`. */
  readonly source: Uint8Array;
  readonly sourceOffset: number;
  readonly sourceSide: number;
  /** Receives [side, side] numbers in [0, 1] from `targetOffset` on. */
  readonly target: Float32Array;
  readonly targetOffset: number;
  /** Side of the image that is made, in pixels; that of the source unless given. */
  readonly side?: number;
}

/**
 * Changes one image: flip, then zoom, rotation and shift around the middle in one bilinear pass that repeats the
 * edge and may also make the image smaller, then contrast, brightness and cutout. Grey levels are scaled to [0, 1]
 * on the way and kept in it. Shifts and cutout are in pixels of the source. Without any change this is `normalize`.
 */
export function applyAugmentation(augmentation: Augmentation, route: PixelRoute): void {
  const { contrast, cutout } = augmentation;
  const { source, sourceOffset, sourceSide, target, targetOffset, side = sourceSide } = route;
  const image = target.subarray(targetOffset, targetOffset + side * side);
  if (side === sourceSide && changesNothing(augmentation)) {
    normalize(source.subarray(sourceOffset, sourceOffset + side * side), image);
    return;
  }
  warp(augmentation, route);
  if (contrast !== 1) adjustLight(image, augmentation);
  if (cutout) cutOut(image, cutout, side / sourceSide);
}

function changesNothing(augmentation: Augmentation): boolean {
  return (Object.keys(UNCHANGED) as (keyof Augmentation)[]).every(
    (change) => augmentation[change] === UNCHANGED[change],
  );
}

// The hot loop of augmentation: for each target pixel, the inverse of the change gives the place in the source.
// Brightness alone is a factor that costs nothing here; with contrast it waits for the mean.
function warp(augmentation: Augmentation, route: PixelRoute): void {
  const { source, sourceOffset, sourceSide, target, targetOffset, side = sourceSide } = route;
  const last = sourceSide - 1;
  const middle = last / 2;
  const scale = sourceSide / side;
  const first = 0.5 * scale - 0.5 - middle;
  const angle = (augmentation.rotationDegrees * Math.PI) / 180;
  const cosine = Math.cos(angle) / augmentation.zoom;
  const sine = Math.sin(angle) / augmentation.zoom;
  const mirror = augmentation.isFlipped ? -1 : 1;
  const stepX = mirror * cosine * scale;
  const stepY = -sine * scale;
  const gain = (augmentation.contrast === 1 ? augmentation.brightness : 1) / 255;
  let at = targetOffset;
  for (let row = 0; row < side; row++) {
    const v = first + row * scale - augmentation.shiftY;
    let x = middle + mirror * (cosine * (first - augmentation.shiftX) + sine * v);
    let y = middle + cosine * v - sine * (first - augmentation.shiftX);
    for (let column = 0; column < side; column++) {
      const cx = x < 0 ? 0 : Math.min(x, last);
      const cy = y < 0 ? 0 : Math.min(y, last);
      const x0 = cx | 0;
      const y0 = cy | 0;
      const fx = cx - x0;
      const fy = cy - y0;
      const corner = sourceOffset + y0 * sourceSide + x0;
      const right = x0 < last ? 1 : 0;
      const below = y0 < last ? sourceSide : 0;
      const top = source[corner]! + fx * (source[corner + right]! - source[corner]!);
      const bottom =
        source[corner + below]! + fx * (source[corner + below + right]! - source[corner + below]!);
      const level = (top + fy * (bottom - top)) * gain;
      target[at++] = Math.min(level, 1);
      x += stepX;
      y += stepY;
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
    image[i] = level < 0 ? 0 : Math.min(level, 1);
  }
}

function cutOut(
  image: Float32Array,
  { x, y, size }: NonNullable<Augmentation['cutout']>,
  scale: number,
): void {
  const side = Math.sqrt(image.length);
  const inside = (position: number) => Math.max(0, Math.min(side, Math.round(position * scale)));
  for (let row = inside(y); row < inside(y + size); row++) {
    image.fill(0.5, row * side + inside(x), row * side + inside(x + size));
  }
}
