import type { FeatureExtractor } from './feature';

/** Side of a cell in pixels, and of a block in cells. */
const CELL = 8;
const BLOCK = 2;
/** Bins of unsigned orientations: 20 degrees each. */
const ORIENTATIONS = 9;
const DEGREES = 180 / ORIENTATIONS;
/** Largest value of a normalised block before it is normalised again. */
const CLIP = 0.2;
/** Keeps blocks without any gradient finite. */
const EPSILON = 1e-5;

const BLOCK_WIDTH = BLOCK * BLOCK * ORIENTATIONS;
const blocksAlong = (side: number) => Math.floor(side / CELL) - BLOCK + 1;

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005) with their parameters for people: cells of 8x8 pixels, nine
 * orientations, overlapping blocks of 2x2 cells, L2-Hys. Each pixel votes for one cell and one orientation. 900 numbers
 * for 48x48 pixels.
 */
export const HOG: FeatureExtractor = {
  width: (side) => blocksAlong(side) ** 2 * BLOCK_WIDTH,
  extract(image, side, target) {
    const cells = cellHistograms(image, side);
    const cellsAlong = Math.floor(side / CELL);
    const blocks = blocksAlong(side);
    for (let y = 0; y < blocks; y++) {
      for (let x = 0; x < blocks; x++) {
        const block = target.subarray((y * blocks + x) * BLOCK_WIDTH, (y * blocks + x + 1) * BLOCK_WIDTH);
        copyBlock(cells, y * cellsAlong + x, cellsAlong, block);
        normalize(block);
        for (let i = 0; i < block.length; i++) block[i] = Math.min(block[i]!, CLIP);
        normalize(block);
      }
    }
  },
};

/** Mean gradient magnitude by cell and orientation, [cells, cells, 9]. */
function cellHistograms(image: Uint8Array, side: number): Float64Array {
  const cellsAlong = Math.floor(side / CELL);
  const histograms = new Float64Array(cellsAlong * cellsAlong * ORIENTATIONS);
  for (let y = 0; y < cellsAlong * CELL; y++) {
    for (let x = 0; x < cellsAlong * CELL; x++) {
      const i = y * side + x;
      // The gradient is unknown at the border, and counts as none.
      const down = y > 0 && y < side - 1 ? image[i + side]! - image[i - side]! : 0;
      const right = x > 0 && x < side - 1 ? image[i + 1]! - image[i - 1]! : 0;
      const cell = Math.floor(y / CELL) * cellsAlong + Math.floor(x / CELL);
      histograms[cell * ORIENTATIONS + orientationBin(down, right)]! += Math.hypot(down, right);
    }
  }
  return histograms.map((sum) => sum / (CELL * CELL));
}

/** Bin of a direction, in which a gradient and its opposite are one. */
function orientationBin(down: number, right: number): number {
  const degrees = (Math.atan2(down, right) * 180) / Math.PI;
  const unsigned = degrees < 0 ? degrees + 180 : degrees;
  return Math.floor(unsigned / DEGREES) % ORIENTATIONS;
}

function copyBlock(cells: Float64Array, first: number, cellsAlong: number, block: Float32Array): void {
  const line = BLOCK * ORIENTATIONS;
  for (let row = 0; row < BLOCK; row++) {
    const at = (first + row * cellsAlong) * ORIENTATIONS;
    block.set(cells.subarray(at, at + line), row * line);
  }
}

/** Divides by the Euclidean norm. */
function normalize(block: Float32Array): void {
  let squares = EPSILON * EPSILON;
  for (const value of block) squares += value * value;
  const norm = Math.sqrt(squares);
  for (let i = 0; i < block.length; i++) block[i]! /= norm;
}
