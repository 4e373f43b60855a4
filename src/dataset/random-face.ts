import type { RandomStream } from '../random';
import type { DrawnFace } from './face';
import { pixelsPerImage } from './spec';
import { SAMPLE } from './specs/sample';

/** How a schematic face shows each emotion; see {@link DrawnFace} for the units. */
const EXPRESSIONS: readonly Pick<
  DrawnFace,
  'browSlant' | 'browHeight' | 'eyeOpening' | 'mouthCurve' | 'mouthOpening' | 'mouthWidth' | 'noseWrinkle'
>[] = [
  {
    browSlant: 0.55,
    browHeight: -0.05,
    eyeOpening: 0.75,
    mouthCurve: -0.25,
    mouthOpening: 0.15,
    mouthWidth: 0.85,
    noseWrinkle: 0.2,
  }, // angry
  {
    browSlant: 0.3,
    browHeight: -0.03,
    eyeOpening: 0.5,
    mouthCurve: -0.45,
    mouthOpening: 0.25,
    mouthWidth: 0.7,
    noseWrinkle: 1,
  }, // disgust
  {
    browSlant: -0.4,
    browHeight: 0.08,
    eyeOpening: 1.25,
    mouthCurve: -0.15,
    mouthOpening: 0.5,
    mouthWidth: 0.8,
    noseWrinkle: 0,
  }, // fear
  {
    browSlant: 0,
    browHeight: 0.03,
    eyeOpening: 0.75,
    mouthCurve: 0.75,
    mouthOpening: 0.4,
    mouthWidth: 1.15,
    noseWrinkle: 0,
  }, // happy
  {
    browSlant: -0.45,
    browHeight: 0,
    eyeOpening: 0.65,
    mouthCurve: -0.55,
    mouthOpening: 0,
    mouthWidth: 0.8,
    noseWrinkle: 0,
  }, // sad
  {
    browSlant: 0,
    browHeight: 0.15,
    eyeOpening: 1.35,
    mouthCurve: 0,
    mouthOpening: 1,
    mouthWidth: 0.6,
    noseWrinkle: 0,
  }, // surprise
  {
    browSlant: 0,
    browHeight: 0,
    eyeOpening: 0.95,
    mouthCurve: 0.05,
    mouthOpening: 0,
    mouthWidth: 0.9,
    noseWrinkle: 0,
  }, // neutral
];

/** Share of an expression's strength that varies, so that weak ones overlap with neutral. */
const INTENSITY = { lowest: 0.25, highest: 1.1 };

/** A face of a random person that shows an emotion, with a random strength unless it is given. */
export function randomFace(stream: RandomStream, label: number, shownStrength?: number): DrawnFace {
  const between = (low: number, high: number) => low + (high - low) * stream.uniform();
  const drawn = between(INTENSITY.lowest, INTENSITY.highest);
  const strength = shownStrength ?? drawn;
  const neutral = EXPRESSIONS[6]!;
  const shown = EXPRESSIONS[label]!;
  const mix = (key: keyof typeof neutral, spread: number) =>
    neutral[key] + strength * (shown[key] - neutral[key]) + between(-spread, spread);
  return {
    browSlant: mix('browSlant', 0.12),
    browHeight: mix('browHeight', 0.03),
    eyeOpening: Math.max(0.1, mix('eyeOpening', 0.15)),
    mouthCurve: mix('mouthCurve', 0.15),
    mouthOpening: Math.max(0, mix('mouthOpening', 0.1)),
    mouthWidth: mix('mouthWidth', 0.1),
    noseWrinkle: Math.max(0, mix('noseWrinkle', 0.1)),
    faceWidth: between(0.62, 0.8),
    eyeDistance: between(0.26, 0.36),
    browThickness: between(0.03, 0.06),
    noseLength: between(0.2, 0.32),
    hairline: between(-0.75, -0.5),
    skin: between(0.45, 0.85),
    hair: between(0.05, 0.4),
    background: between(0.05, 0.95),
    rotation: between(-0.2, 0.2),
    shiftX: between(-0.1, 0.1),
    shiftY: between(-0.08, 0.08),
    scale: between(0.88, 1.1),
    lightX: between(-0.25, 0.25),
    lightY: between(-0.15, 0.15),
    exposure: between(0.75, 1.15),
    noise: Array.from({ length: pixelsPerImage(SAMPLE) }, () => stream.normal() * 0.035),
  };
}
