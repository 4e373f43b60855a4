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
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const cell = cellOf[y]! * CELLS + cellOf[x]!;
        target[cell * BINS + BIN_OF_CODE[codeAt(image, side, y, x)]!]!++;
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

/** Eight bits: whether each point is at least as bright as the pixel. */
function codeAt(image: Uint8Array, side: number, y: number, x: number): number {
  const centre = image[y * side + x]!;
  let code = 0;
  for (const [point, { down, right }] of STEPS.entries()) {
    if (brightness(image, side, y + down, x + right) >= centre) code |= 1 << point;
  }
  return code;
}

/** Grey level between pixels, by bilinear interpolation. */
function brightness(image: Uint8Array, side: number, y: number, x: number): number {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [bottom, right] = [Math.ceil(y), Math.ceil(x)];
  const [low, across] = [y - top, x - left];
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= side || column >= side ? 0 : image[row * side + column]!;
  const above = (1 - across) * at(top, left) + across * at(top, right);
  const below = (1 - across) * at(bottom, left) + across * at(bottom, right);
  return (1 - low) * above + low * below;
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
