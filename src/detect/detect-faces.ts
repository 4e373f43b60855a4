import sharp from 'sharp';
import { once } from '../once';
import type { DecodedPicture } from '../preprocess/decode-picture';
import type { DetectorName, Face, RgbPicture } from './face';
import { SEARCHED_SIDE, searchFaces } from './search';

/** A loaded detector. */
export interface Detector {
  readonly name: DetectorName;
  /** Faces of at least 20 pixels, surest first. */
  detect(picture: RgbPicture): Promise<Face[]>;
  dispose(): void;
}

/**
 * Loads a detector, which the caller disposes of.
 * @throws FerlabError when the set-up has not brought its weights
 */
export async function openDetector(name: DetectorName): Promise<Detector> {
  // Each loads much: only what is asked for.
  const loaded =
    name === 'mtcnn'
      ? (await import('./mtcnn/mtcnn.js')).Mtcnn.load()
      : await (await import('./viola-jones.js')).ViolaJones.load();
  return { name, detect: (picture) => loaded.detect(picture), dispose: () => loaded.dispose() };
}

/** A detector that is loaded for the first picture: ready crops need none. */
export function lazyDetector(name: DetectorName): Detector {
  let loaded: Detector | null = null;
  const open = once(async () => {
    loaded = await openDetector(name);
    return loaded;
  });
  return {
    name,
    detect: async (picture) => (await open()).detect(picture),
    dispose: () => loaded?.dispose(),
  };
}

/**
 * Faces in an upright picture, surest first. A larger picture is searched at {@link SEARCHED_SIDE} pixels on its longer
 * side, so that the smallest face found has a fortieth of that side (Viola and Jones: a 32nd).
 * @returns boxes and landmarks in pixels of the picture itself
 */
export function detectFaces(picture: DecodedPicture, detector: Detector): Promise<Face[]> {
  return searchFaces(picture, {
    shrink: () => toSearched(picture, SEARCHED_SIDE[detector.name]),
    detect: (searched) => detector.detect(searched),
  });
}

async function toSearched(picture: DecodedPicture, longest: number): Promise<RgbPicture> {
  const { pixels, width, height, channels } = picture;
  const isLarge = Math.max(width, height) > longest;
  if (!isLarge && channels === 3) return { pixels, width, height };
  const image = sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false });
  const searched = isLarge ? image.resize(longest, longest, { fit: 'inside', kernel: 'linear' }) : image;
  const { data, info } = await searched.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return {
    pixels: new Uint8Array(data.buffer, data.byteOffset, data.length),
    width: info.width,
    height: info.height,
  };
}
