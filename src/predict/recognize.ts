import type { DetectorName, Face } from '../detect/face';
import { regionOf } from '../detect/face-region';
import type { DecodedPicture } from '../preprocess/decode-picture';
import type { Region } from '../preprocess/region';

/**
 * `exact` gives an image the probabilities that an evaluation gives it, to the bit; `quick` may change the last bits with
 * the number of images.
 */
export type Exactness = 'exact' | 'quick';

/** What recognises emotions: TensorFlow in Node, ONNX Runtime in a browser. */
export interface EmotionClassifier {
  readonly classes: readonly string[];
  /** Side of the images that it takes, in pixels. */
  readonly side: number;
  /** Calibrated probabilities [count, classes] of prepared images [count, side, side]. */
  predict(images: Uint8Array, count: number, how: Exactness): Float32Array | Promise<Float32Array>;
}

/** What a runtime brings to find faces and to cut them out. */
export interface FaceFinder {
  readonly detector: DetectorName;
  /** Surest first, in pixels of the picture. */
  detect(picture: DecodedPicture): Promise<Face[]>;
  /** A region, levelled, grey and scaled: [side, side]. */
  cut(picture: DecodedPicture, region: Region, side: number): Promise<Uint8Array> | Uint8Array;
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

/**
 * Finds the faces of a decoded picture and says which emotion each shows. It needs neither Node nor a browser.
 * @param clock was started when the work on the picture began
 */
export async function recognizeFaces(
  decoded: DecodedPicture,
  { finder, classifier }: { finder: FaceFinder; classifier: EmotionClassifier },
  clock = new Clock(),
): Promise<RecognizedPicture> {
  const faces = await finder.detect(decoded);
  clock.stop('detect');
  const crops: Crop[] = [];
  for (const found of faces)
    crops.push({
      found,
      image: await finder.cut(decoded, regionOf(found, finder.detector), classifier.side),
    });
  clock.stop('crop');
  return classifyCrops(decoded, crops, { classifier, clock, detector: finder.detector });
}

export type Crop = Pick<RecognizedFace, 'found' | 'image'>;

/** What is known of crops besides their pixels. */
interface Circumstances {
  readonly classifier: EmotionClassifier;
  readonly clock: Clock;
  /** `none` where the picture as a whole is the only crop. */
  readonly detector: DetectorName | 'none';
}

/** Says which emotion each crop of a picture shows. */
export async function classifyCrops(
  { width, height, notes }: Pick<DecodedPicture, 'width' | 'height' | 'notes'>,
  crops: readonly Crop[],
  { classifier, clock, detector }: Circumstances,
): Promise<RecognizedPicture> {
  const { classes, side } = classifier;
  const how = detector === 'none' ? 'exact' : 'quick';
  const images = new Uint8Array(crops.length * side * side);
  for (const [i, { image }] of crops.entries()) images.set(image, i * side * side);
  const all = crops.length > 0 ? await classifier.predict(images, crops.length, how) : new Float32Array();
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
export class Clock {
  #last = performance.now();
  readonly times = { decode: 0, detect: 0, crop: 0, classify: 0 };

  stop(step: keyof StepTimes): void {
    const now = performance.now();
    this.times[step] = now - this.#last;
    this.#last = now;
  }
}
