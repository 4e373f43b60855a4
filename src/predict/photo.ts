import { type Detector, detectFaces } from '../detect/detect-faces';
import { type DecodedPicture, decodePicture } from '../preprocess/decode-picture';
import { preparePicture, prepareRegion } from '../preprocess/prepare-picture';
import type { CalibratedClassifier } from './calibrated';
import { Clock, classifyCrops, type FaceFinder, type RecognizedPicture, recognizeFaces } from './recognize';

/** What recognises the faces in pictures. */
export interface Recognizer {
  /** Null takes each picture as one face. */
  readonly detector: Detector | null;
  readonly classifier: CalibratedClassifier;
}

/** What became of a picture, and its pixels. */
export type RecognizedPixels = RecognizedPicture & { readonly pixels: DecodedPicture };

/**
 * Finds the faces of a picture and says which emotion each shows. A picture of exactly the size that the classifier takes
 * is a ready crop: it is taken as it is.
 * @param picture encoded bytes, or the path of a file
 * @param name what errors call the picture
 * @throws FerlabError when it can't be decoded
 */
export async function recognizePicture(
  picture: Uint8Array | string,
  name: string,
  { detector, classifier }: Recognizer,
): Promise<RecognizedPixels> {
  const clock = new Clock();
  const pixels = await decodePicture(picture, name);
  clock.stop('decode');
  const { side } = classifier;
  const isReady = pixels.width === side && pixels.height === side;
  if (!isReady && detector)
    return { ...(await recognizeDecoded(pixels, { detector, classifier }, clock)), pixels };
  // As the data path reads it: decoded and scaled in one.
  const { image } = await preparePicture(picture, { name, side });
  clock.stop('crop');
  const crops = [{ found: null, image }];
  return { ...(await classifyCrops(pixels, crops, { classifier, clock, detector: 'none' })), pixels };
}

/** As {@link recognizePicture}, for a picture that is decoded already. */
export function recognizeDecoded(
  decoded: DecodedPicture,
  { detector, classifier }: Recognizer & { readonly detector: Detector },
  clock?: Clock,
): Promise<RecognizedPicture> {
  const finder: FaceFinder = {
    detector: detector.name,
    detect: (picture) => detectFaces(picture, detector),
    cut: prepareRegion,
  };
  return recognizeFaces(decoded, { finder, classifier }, clock);
}
