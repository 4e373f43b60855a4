import { type Detector, detectFaces } from '../detect/detect-faces';
import type { DetectorName, Face } from '../detect/face';
import { regionOf } from '../detect/face-region';
import { type DecodedPicture, decodePicture } from '../preprocess/decode-picture';
import { preparePicture, prepareRegion } from '../preprocess/prepare-picture';
import type { CalibratedClassifier } from './calibrated';

/** What recognises the faces in pictures. */
export interface Recognizer {
  /** Null takes each picture as one face. */
  readonly detector: Detector | null;
  readonly classifier: CalibratedClassifier;
}

/** Milliseconds of each step. */
export interface StepTimes {
  readonly decode: number;
  readonly detect: number;
  /** Cutting, levelling, greying and scaling of all faces. */
  readonly crop: number;
  readonly classify: number;
}

/** A face with what the classifier says of it. */
export interface RecognizedFace {
  /** Null where the picture as a whole was taken for a face. */
  readonly found: Face | null;
  /** What the classifier saw: grey levels [side, side]. */
  readonly image: Uint8Array;
  readonly emotion: string;
  /** By class; they add up to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
}

export interface RecognizedPicture {
  readonly width: number;
  readonly height: number;
  /** `none` where no face was looked for. */
  readonly detector: DetectorName | 'none';
  readonly faces: readonly RecognizedFace[];
  readonly notes: readonly string[];
  readonly milliseconds: StepTimes;
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
  recognizer: Recognizer,
): Promise<RecognizedPixels> {
  const clock = new Clock();
  const pixels = await decodePicture(picture, name);
  clock.stop('decode');
  const { side } = recognizer.classifier;
  const isReady = pixels.width === side && pixels.height === side;
  if (!isReady && recognizer.detector)
    return {
      ...(await recognizeDecoded(pixels, { ...recognizer, detector: recognizer.detector }, clock)),
      pixels,
    };
  // As the data path reads it: decoded and scaled in one.
  const { image } = await preparePicture(picture, { name, side });
  clock.stop('crop');
  return { ...classify(pixels, [{ found: null, image }], { recognizer, clock, detector: 'none' }), pixels };
}

/** As {@link recognizePicture}, for a picture that is decoded already. */
export async function recognizeDecoded(
  decoded: DecodedPicture,
  recognizer: Recognizer & { readonly detector: Detector },
  clock = new Clock(),
): Promise<RecognizedPicture> {
  const { detector, classifier } = recognizer;
  const faces = await detectFaces(decoded, detector);
  clock.stop('detect');
  const crops: Crop[] = [];
  for (const found of faces)
    crops.push({
      found,
      image: await prepareRegion(decoded, regionOf(found, detector.name), classifier.side),
    });
  clock.stop('crop');
  return classify(decoded, crops, { recognizer, clock, detector: detector.name });
}

type Crop = Pick<RecognizedFace, 'found' | 'image'>;

interface Circumstances {
  readonly recognizer: Recognizer;
  readonly clock: Clock;
  readonly detector: DetectorName | 'none';
}

function classify(
  { width, height, notes }: DecodedPicture,
  crops: readonly Crop[],
  { recognizer, clock, detector }: Circumstances,
): RecognizedPicture {
  const { classifier } = recognizer;
  const { classes } = classifier;
  const how = detector === 'none' ? 'exact' : 'quick';
  const images = Buffer.concat(crops.map(({ image }) => image));
  const all = crops.length > 0 ? classifier.predict(images, crops.length, how) : new Float32Array();
  clock.stop('classify');
  const faces = crops.map((crop, i) => ({
    ...crop,
    ...verdictOf(all.subarray(i * classes.length, (i + 1) * classes.length), classes),
  }));
  return { width, height, detector, faces, notes, milliseconds: clock.times };
}

function verdictOf(some: Float32Array, classes: readonly string[]) {
  return {
    emotion: classes[some.indexOf(Math.max(...some))]!,
    probabilities: Object.fromEntries(classes.map((name, label) => [name, some[label]!])),
  };
}

/** Takes the time of one step after the other. */
class Clock {
  #last = performance.now();
  readonly times = { decode: 0, detect: 0, crop: 0, classify: 0 };

  stop(step: keyof StepTimes): void {
    const now = performance.now();
    this.times[step] = now - this.#last;
    this.#last = now;
  }
}
