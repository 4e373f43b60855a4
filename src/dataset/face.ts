/** A schematic face in coordinates of -1 to 1 from edge to edge; grey levels are 0 (black) to 1 (white). */
export interface DrawnFace {
  /** Slope of the brows: positive draws their inner ends down. */
  readonly browSlant: number;
  /** How far the brows are raised. */
  readonly browHeight: number;
  /** Height of the eyes, 1 for calm ones. */
  readonly eyeOpening: number;
  /** Bend of the mouth: positive lifts its corners. */
  readonly mouthCurve: number;
  /** 0 closed to 1 wide open. */
  readonly mouthOpening: number;
  /** 1 for a calm mouth. */
  readonly mouthWidth: number;
  /** Folds beside the nose, 0 to 1. */
  readonly noseWrinkle: number;
  readonly faceWidth: number;
  readonly eyeDistance: number;
  readonly browThickness: number;
  readonly noseLength: number;
  readonly hairline: number;
  readonly skin: number;
  readonly hair: number;
  readonly background: number;
  /** Radians. */
  readonly rotation: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly scale: number;
  /** Change of brightness from the middle to the right and the bottom edge. */
  readonly lightX: number;
  readonly lightY: number;
  readonly exposure: number;
  /** Added to each pixel, [side * side]; none where it is empty. */
  readonly noise: readonly number[];
}

/** Width of the soft edge of every shape: one and a half pixels of 48. */
const SOFTNESS = 3 / 48;

/** 1 inside, 0 outside, soft between; `distance` is negative inside. */
function cover(distance: number): number {
  const t = 0.5 - distance / SOFTNESS;
  return Math.min(1, Math.max(0, t));
}

/** Rough distance to an ellipse around the origin. */
function ellipse(x: number, y: number, radiusX: number, radiusY: number): number {
  return (Math.sqrt((x / radiusX) ** 2 + (y / radiusY) ** 2) - 1) * Math.min(radiusX, radiusY);
}

const blend = (under: number, over: number, share: number) => under + (over - under) * share;

/** Draws a face as grey bytes into `pixels`, a square. */
export function drawFace(face: DrawnFace, pixels: Uint8Array): void {
  const side = Math.sqrt(pixels.length);
  const cosine = Math.cos(face.rotation) / face.scale;
  const sine = Math.sin(face.rotation) / face.scale;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const u = (2 * column + 1) / side - 1;
      const v = (2 * row + 1) / side - 1;
      const x = cosine * (u - face.shiftX) + sine * (v - face.shiftY);
      const y = cosine * (v - face.shiftY) - sine * (u - face.shiftX);
      const light = face.exposure * (1 + face.lightX * u + face.lightY * v);
      const at = row * side + column;
      pixels[at] = Math.round(
        255 * Math.min(1, Math.max(0, shade(face, x, y) * light + (face.noise[at] ?? 0))),
      );
    }
  }
}

/** Grey level of the face at (x, y), before light and noise. */
function shade(face: DrawnFace, x: number, y: number): number {
  const head = cover(ellipse(x, y - 0.03, face.faceWidth, 0.92));
  if (head === 0) return face.background;
  const hair = cover(y - face.hairline + 0.25 * x * x);
  let level = blend(face.skin, face.hair, hair);
  level = drawEyes(face, Math.abs(x), y, level);
  level = drawNose(face, Math.abs(x), y, level);
  level = drawMouth(face, x, y, level);
  return blend(face.background, level, head);
}

/** Eyes and brows are symmetric: `side` is the distance from the middle line. */
function drawEyes(face: DrawnFace, side: number, y: number, under: number): number {
  const fromEye = side - face.eyeDistance;
  const opening = 0.085 * face.eyeOpening;
  let level = blend(under, 0.95, cover(ellipse(fromEye, y + 0.15, 0.15, opening)));
  const pupil = Math.min(0.075, opening);
  level = blend(level, 0.08, cover(ellipse(fromEye, y + 0.15, pupil, pupil)));
  const brow = -0.33 - face.browHeight - face.browSlant * fromEye;
  const browLine = Math.max(Math.abs(y - brow) - face.browThickness, Math.abs(fromEye) - 0.19);
  return blend(level, face.hair * 0.6, cover(browLine));
}

function drawNose(face: DrawnFace, side: number, y: number, under: number): number {
  const tip = -0.05 + face.noseLength;
  const nostril = ellipse(side - 0.08, y - tip, 0.05, 0.03);
  const fold = Math.max(Math.abs(side - 0.16 - 0.35 * (y - 0.05)) - 0.02, Math.abs(y - 0.08) - 0.14);
  const level = blend(under, under * 0.5, cover(nostril));
  return blend(level, level * 0.55, cover(fold) * Math.min(1, face.noseWrinkle));
}

function drawMouth(face: DrawnFace, x: number, y: number, under: number): number {
  const halfWidth = 0.3 * face.mouthWidth;
  const middle = 0.48 + face.mouthCurve * (0.09 - x * x * 1.4);
  const taper = Math.max(0, 1 - (x / halfWidth) ** 2);
  const halfHeight = 0.025 + 0.17 * face.mouthOpening * Math.sqrt(taper);
  const lips = Math.max(Math.abs(y - middle) - halfHeight - 0.02, Math.abs(x) - halfWidth);
  const inside = Math.max(Math.abs(y - middle) - halfHeight + 0.02, Math.abs(x) - halfWidth + 0.03);
  const level = blend(under, under * 0.45, cover(lips));
  return face.mouthOpening > 0.1 ? blend(level, 0.06, cover(inside)) : level;
}
