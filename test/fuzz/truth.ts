import { createHash } from 'node:crypto';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import type { RandomStream } from '../../src/random';

/** Pixels of an image of FER-2013. */
export const PIXELS = 48 * 48;

/** One image as it has to be read. */
export interface Row {
  /** Index into the classes of FER-2013. */
  readonly label: number;
  /** Index into its parts. */
  readonly part: number;
  readonly pixels: Uint8Array;
}

/** Some rows with images of noise, of which no two are alike; every class and part can occur. */
export function drawRows(random: RandomStream, count: number): Row[] {
  return Array.from({ length: count }, () => ({
    label: random.integer(7),
    part: random.integer(3),
    pixels: drawImage(random),
  }));
}

/** Noise of a random range, so that numbers of one, two and three digits come together. */
export function drawImage(random: RandomStream): Uint8Array {
  const lowest = random.integer(200);
  const range = 1 + random.integer(256 - lowest);
  // Words of a linear congruence: the stream's own numbers would take most of the fuzzer's time.
  let word = random.integer(2 ** 31);
  return Uint8Array.from({ length: PIXELS }, () => {
    word = (Math.imul(word, 1103515245) + 12345) & 0x7fffffff;
    return lowest + ((word >> 8) % range);
  });
}

/**
 * Rows of all classes whose images speak for their class as those of FER-2013 do on average, so that the order of the
 * classes can be known by the pixels: block means along the weights of the class's evidence.
 */
export function drawEvidentRows(random: RandomStream, count: number): Row[] {
  const { side, weights } = FER2013.classEvidence;
  const block = FER2013.side / side;
  return drawRows(random, count).map((row, i) => {
    const label = i % 7;
    const largest = Math.max(...weights[label]!.slice(0, side * side).map(Math.abs));
    const pixels = row.pixels.map((value, at) => {
      const [x, y] = [at % FER2013.side, Math.floor(at / FER2013.side)];
      const weight = weights[label]![Math.floor(y / block) * side + Math.floor(x / block)]!;
      return Math.round(96 + (64 * weight) / largest + (value % 64));
    });
    return { ...row, label, pixels };
  });
}

/** What tells one row from another. */
export const keyOf = ({ label, part, pixels }: Row): string =>
  `${label} ${part} ${createHash('md5').update(pixels).digest('hex')}`;

export const PART_NAMES: readonly string[] = FER2013.parts.map(({ name }) => name);

/** One of some things. */
export const pick = <T>(random: RandomStream, things: readonly T[]): T =>
  things[random.integer(things.length)]!;

/** True once in so many times. */
export const rarely = (random: RandomStream, times: number): boolean => random.integer(times) === 0;
