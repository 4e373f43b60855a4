import type { RandomStream } from '../random';

/** How far training images may be changed (Section III.2 of the paper, which gives no numbers). 0 turns a change off. */
export interface AugmentationRanges {
  /** Largest turn to either side, in degrees. */
  readonly rotationDegrees: number;
  /** Mirror half of the images left to right. */
  readonly flip: boolean;
  /** Largest shift along each axis, as a share of the image's side. */
  readonly shiftFraction: number;
  /** Largest zoom in or out, as a share of the size. */
  readonly zoomFraction: number;
  /** Largest factor of brightness up or down: 0.2 is 0.8 to 1.2 times. */
  readonly brightnessFraction: number;
  /** Largest factor of contrast around the image's mean, up or down. */
  readonly contrastFraction: number;
  /** Side of a grey square at a random place, in pixels. */
  readonly cutoutPixels: number;
}

/** One drawn change of one image. */
export interface Augmentation {
  readonly rotationDegrees: number;
  readonly isFlipped: boolean;
  /** Pixels to the right and down. */
  readonly shiftX: number;
  readonly shiftY: number;
  /** Above 1 enlarges. */
  readonly zoom: number;
  /** Factor of the grey levels. */
  readonly brightness: number;
  /** Factor of the distance to the mean grey level. */
  readonly contrast: number;
  /** Upper left corner and side of the grey square, or null. */
  readonly cutout: { readonly x: number; readonly y: number; readonly size: number } | null;
}

/** The change that changes nothing. */
export const UNCHANGED: Augmentation = {
  rotationDegrees: 0,
  isFlipped: false,
  shiftX: 0,
  shiftY: 0,
  zoom: 1,
  brightness: 1,
  contrast: 1,
  cutout: null,
};

export const NO_AUGMENTATION: AugmentationRanges = {
  rotationDegrees: 0,
  flip: false,
  shiftFraction: 0,
  zoomFraction: 0,
  brightnessFraction: 0,
  contrastFraction: 0,
  cutoutPixels: 0,
};

/** Draws a change, each part uniform in its range. @param side of the image in pixels */
export function drawAugmentation(
  ranges: AugmentationRanges,
  stream: RandomStream,
  side: number,
): Augmentation {
  const within = (range: number) => range * (2 * stream.uniform() - 1);
  return {
    rotationDegrees: within(ranges.rotationDegrees),
    isFlipped: stream.uniform() < 0.5 && ranges.flip,
    shiftX: within(ranges.shiftFraction * side),
    shiftY: within(ranges.shiftFraction * side),
    zoom: 1 + within(ranges.zoomFraction),
    brightness: 1 + within(ranges.brightnessFraction),
    contrast: 1 + within(ranges.contrastFraction),
    cutout: drawCutout(ranges.cutoutPixels, stream, side),
  };
}

/** The square's middle lies anywhere in the image, so that parts of it may lie outside. */
function drawCutout(size: number, stream: RandomStream, side: number): Augmentation['cutout'] {
  const x = stream.integer(side) - (size >> 1);
  const y = stream.integer(side) - (size >> 1);
  return size > 0 ? { x, y, size } : null;
}
