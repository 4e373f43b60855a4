import type { Region } from '../preprocess/region';
import type { DetectorName, Face } from './face';

/**
 * How a detector's box lies in FER-2013's images: its sides in shares of the image, and how far its centre lies below
 * the image's. Medians over 200 training images that were enlarged and searched (bench/faces/framing.ts), so that a
 * network sees faces in photographs at the size at which it learnt them.
 */
const FRAMING: Readonly<Record<DetectorName, { width: number; height: number; below: number }>> = {
  mtcnn: { width: 0.806, height: 1.072, below: 0.01 },
  'viola-jones': { width: 0.964, height: 0.964, below: -0.003 },
};

/** The square of the picture that is cut out for a face, framed as FER-2013's images are, with the eyes level if known. */
export function regionOf({ box, landmarks }: Face, detector: DetectorName): Region {
  const { width, height, below } = FRAMING[detector];
  const side = (box.width / width + box.height / height) / 2;
  const angle = landmarks ? tiltOf(landmarks.leftEye, landmarks.rightEye) : 0;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return { x: x + below * side * Math.sin(angle), y: y - below * side * Math.cos(angle), side, angle };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const tiltOf = (left: Place, right: Place) => Math.atan2(right.y - left.y, right.x - left.x);
