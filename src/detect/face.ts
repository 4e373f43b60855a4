/** A place in the upright picture, in pixels from its upper left corner; it may lie between pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle in pixels of the upright picture; it may reach over the picture's edge. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Left and right are those of the picture, not of the person. */
export interface Landmarks {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly nose: Point;
  readonly mouthLeft: Point;
  readonly mouthRight: Point;
}

/** A face that a detector has found. */
export interface Face {
  readonly box: Box;
  /** The larger the surer; each detector has a scale of its own, see {@link DETECTORS}. */
  readonly score: number;
  /** Null where the detector gives none. */
  readonly landmarks: Landmarks | null;
}

/** Pixels of a picture in red, green and blue, 0 to 255, rows from the top, channels interleaved. */
export interface RgbPicture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The detectors by name, and what they are. The first is the default: it measures best (docs/faces.md). */
export const DETECTORS = {
  mtcnn: 'three cascaded networks (Zhang et al. 2016); the score is a probability',
  'viola-jones':
    'a cascade of Haar features (Viola and Jones 2001); the score counts the rectangles that were joined to one',
} as const;

export type DetectorName = keyof typeof DETECTORS;

export const DETECTOR_NAMES = Object.keys(DETECTORS) as readonly DetectorName[];

export const DEFAULT_DETECTOR: DetectorName = 'mtcnn';

/** Faces smaller than this, in pixels of the picture that is searched, are not looked for. */
export const SMALLEST_FACE = 20;

/** Multiplies every length of a face. */
export function scaleFace({ box, score, landmarks }: Face, factor: number): Face {
  const scaled = ({ x, y }: Point): Point => ({ x: x * factor, y: y * factor });
  return {
    box: { ...scaled(box), width: box.width * factor, height: box.height * factor },
    score,
    landmarks: landmarks && {
      leftEye: scaled(landmarks.leftEye),
      rightEye: scaled(landmarks.rightEye),
      nose: scaled(landmarks.nose),
      mouthLeft: scaled(landmarks.mouthLeft),
      mouthRight: scaled(landmarks.mouthRight),
    },
  };
}
