import { applyAugmentation } from '../../augment/apply';
import { type Augmentation, UNCHANGED } from '../../augment/ranges';
import type { RandomStream } from '../../random';
import { blurred, compressed, pixelated, toLevels } from './raster';

/** A grey image [side, side] that is spoilt; random choices come from the stream of the image. */
export interface Spoilt {
  readonly image: Uint8Array;
  readonly side: number;
  readonly random: RandomStream;
}

/** A way in which pictures are worse than those that a network was trained on. */
export interface Corruption {
  readonly title: string;
  /** Five strengths, the mildest first, in the unit of the corruption. */
  readonly strengths: readonly number[];
  readonly unit: string;
  spoil(from: Spoilt, strength: number): Uint8Array | Promise<Uint8Array>;
}

/**
 * Centre lines of eyes and mouth in shares of the image: the darkest rows of the mean of FER-2013's training images in its
 * middle columns are rows 17 and 38 of 48.
 */
const [EYES, MOUTH] = [17.5 / 48, 38.5 / 48];

/** The corruptions by name; each draws what is random for an image by its own seed. */
export const CORRUPTIONS = {
  rotation: {
    title: 'Rotation, to a random side',
    strengths: [5, 10, 20, 30, 45],
    unit: 'degrees',
    spoil: (from, degrees) =>
      augmented(from, { rotationDegrees: from.random.uniform() < 0.5 ? degrees : -degrees }),
  },
  brightness: {
    title: 'Brightness, less of it',
    strengths: [0.8, 0.6, 0.4, 0.2, 0.1],
    unit: 'times the grey level',
    spoil: (from, brightness) => augmented(from, { brightness }),
  },
  contrast: {
    title: 'Contrast, less of it',
    strengths: [0.8, 0.6, 0.4, 0.2, 0.1],
    unit: 'times the distance to the mean',
    spoil: (from, contrast) => augmented(from, { contrast }),
  },
  blur: {
    title: 'Gaussian blur',
    strengths: [0.5, 1, 1.5, 2, 3],
    unit: 'pixels of standard deviation',
    spoil: ({ image, side }, sigma) => blurred(image, side, sigma),
  },
  noise: {
    title: 'Gaussian noise',
    strengths: [5, 10, 20, 35, 50],
    unit: 'grey levels of standard deviation',
    spoil: ({ image, random }, deviation) =>
      image.map((level) => toLevel(level + deviation * random.normal())),
  },
  pixelation: {
    title: 'Pixelation',
    strengths: [32, 24, 16, 12, 8],
    unit: 'pixels a side',
    spoil: ({ image, side }, cells) => pixelated(image, side, cells),
  },
  jpeg: {
    title: 'JPEG',
    strengths: [80, 50, 30, 15, 5],
    unit: 'quality',
    spoil: ({ image, side }, quality) => compressed(image, side, quality),
  },
  eyes: {
    title: 'Black bar over the eyes',
    strengths: [0.05, 0.1, 0.15, 0.2, 0.3],
    unit: 'of the height',
    spoil: (from, height) => withBar(from, EYES, height),
  },
  mouth: {
    title: 'Black bar over the mouth',
    strengths: [0.05, 0.1, 0.15, 0.2, 0.3],
    unit: 'of the height',
    spoil: (from, height) => withBar(from, MOUTH, height),
  },
} as const satisfies Record<string, Corruption>;

export type CorruptionName = keyof typeof CORRUPTIONS;

export const CORRUPTION_NAMES = Object.keys(CORRUPTIONS) as readonly CorruptionName[];

const toLevel = (value: number) => Math.max(0, Math.min(255, Math.round(value)));

/** As a change of the augmentation makes it. */
function augmented({ image, side }: Spoilt, change: Partial<Augmentation>): Uint8Array {
  const target = new Float32Array(side * side);
  const route = { source: image, sourceOffset: 0, sourceSide: side, target, targetOffset: 0 };
  applyAugmentation({ ...UNCHANGED, ...change }, route);
  return toLevels(target);
}

/** @param middle of the bar, and its height, in shares of the side */
function withBar({ image, side }: Spoilt, middle: number, height: number): Uint8Array {
  const rows = Math.round(height * side);
  const top = Math.max(0, Math.min(side - rows, Math.round(middle * side - rows / 2)));
  return image.slice().fill(0, top * side, (top + rows) * side);
}
