import type { FeatureExtractor } from './feature';

/** Points on a circle of one pixel around each pixel. */
const POINTS = 8;
/** Cells along a side, whose histograms stand one after another. */
const CELLS = 6;
/** Patterns with one run of ones: 58 of them; one more bin holds all others. */
const PATTERNS = POINTS * (POINTS - 1) + 2;
const BINS = PATTERNS + 1;

/**
 * Histograms of uniform local binary patterns (Ojala, Pietikäinen and Mäenpää 2002) in 6x6 cells, as in Ahonen, Hadid and
 * Pietikäinen 2006: each pixel is compared with eight points on a circle of radius 1, interpolated bilinearly; outside of
 * the image is black. 2,124 numbers for 48x48 pixels, each a share of its cell.
 */
export const LBP: FeatureExtractor = {
  width: () => CELLS * CELLS * BINS,
  extract(image, side, target) {
    target.fill(0);
    const cellOf = Uint8Array.from({ length: side }, (_, at) => Math.floor((at * CELLS) / side));
    const sizes = new Uint32Array(CELLS * CELLS);
    const codes = codesOf(image, side);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const cell = cellOf[y]! * CELLS + cellOf[x]!;
        target[cell * BINS + BIN_OF_CODE[codes[y * side + x]!]!]!++;
        sizes[cell]!++;
      }
    }
    for (let i = 0; i < target.length; i++) target[i]! /= sizes[Math.floor(i / BINS)]!;
  },
};

/** Steps to the points: the first lies to the right, the others follow against the clock. Rounded so that whole steps are whole. */
const STEPS = Array.from({ length: POINTS }, (_, point) => {
  const angle = (2 * Math.PI * point) / POINTS;
  const rounded = (value: number) => Math.round(value * 1e5) / 1e5;
  return { down: rounded(-Math.sin(angle)), right: rounded(Math.cos(angle)) };
});

/** Between which two lines, or columns, of the framed image a point lies, for each line of the image. */
interface Places {
  readonly before: Uint16Array;
  readonly after: Uint16Array;
  /** How far it lies behind the first: [0, 1). */
  readonly fraction: Float64Array;
}

function placesOf(step: number, side: number): Places {
  const at = Float64Array.from({ length: side }, (_, line) => line + step);
  return {
    before: Uint16Array.from(at, (place) => Math.floor(place) + 1),
    after: Uint16Array.from(at, (place) => Math.ceil(place) + 1),
    fraction: at.map((place) => place - Math.floor(place)),
  };
}

/** Eight bits of each pixel: whether each point, interpolated bilinearly, is at least as bright as the pixel. */
function codesOf(image: Uint8Array, side: number): Uint8Array {
  const framed = frame(image, side);
  const codes = new Uint8Array(side * side);
  for (const [point, { down, right }] of STEPS.entries()) {
    const [rows, columns] = [placesOf(down, side), placesOf(right, side)];
    for (let y = 0; y < side; y++) {
      const [top, bottom] = [rows.before[y]! * (side + 2), rows.after[y]! * (side + 2)];
      const low = rows.fraction[y]!;
      for (let x = 0; x < side; x++) {
        const left = columns.before[x]!;
        const next = columns.after[x]!;
        const across = columns.fraction[x]!;
        const above = (1 - across) * framed[top + left]! + across * framed[top + next]!;
        const below = (1 - across) * framed[bottom + left]! + across * framed[bottom + next]!;
        if ((1 - low) * above + low * below >= image[y * side + x]!) codes[y * side + x]! |= 1 << point;
      }
    }
  }
  return codes;
}

/** The image in a black frame of one pixel. */
function frame(image: Uint8Array, side: number): Uint8Array {
  const framed = new Uint8Array((side + 2) * (side + 2));
  for (let y = 0; y < side; y++)
    framed.set(image.subarray(y * side, (y + 1) * side), (y + 1) * (side + 2) + 1);
  return framed;
}

/** Bin of each code: by the number of ones and by where their run on the circle begins; the last is for several runs. */
const BIN_OF_CODE = Uint8Array.from({ length: 1 << POINTS }, (_, code) => binOf(code));

function binOf(code: number): number {
  const bits = Array.from({ length: POINTS }, (_, point) => (code >> point) & 1);
  const ones = bits.reduce((sum, bit) => sum + bit, 0);
  if (ones === 0) return 0;
  if (ones === POINTS) return PATTERNS - 1;
  const starts = [...bits.keys()].filter((point) => bits[point] === 1 && bits.at(point - 1) === 0);
  if (starts.length > 1) return PATTERNS;
  return 1 + (ones - 1) * POINTS + ((POINTS - starts[0]!) % POINTS);
}
