/** Cells along a side of a descriptor, and orientations of each. */
const CELLS = 4;
const ORIENTATIONS = 8;
/** Side of a cell in pixels. */
const CELL = 4;
/** Spread of the weight around the centre: half the width of all cells. */
const SPREAD = (CELLS * CELL) / 2;
/** Largest share of a number in the length of the others before they are normalised. */
const CLIP = 0.2;
/** Steps between centres in pixels. */
const STEP = 4;

/** Numbers of a descriptor. */
export const SIFT_WIDTH = CELLS * CELLS * ORIENTATIONS;

/** Rows, and columns, of the centres of a dense grid: those whose cells lie inside the image. */
export function gridCentres(side: number): number[] {
  const centres: number[] = [];
  for (let at = SPREAD; at <= side - SPREAD; at += STEP) centres.push(at);
  return centres;
}

/**
 * Upright SIFT descriptors (Lowe 2004, section 6; Rey Otero and Delbracio 2014, algorithm 12) of the grid of
 * {@link gridCentres}, [centres², 128], row by row: 4x4 cells of 4x4 pixels, eight orientations, trilinear votes weighted
 * by a Gaussian, clipped at 0.2 and normalised to length 1; zeros where there is no gradient. The image is not smoothed.
 */
export function denseSift(image: Uint8Array, side: number): Float32Array {
  const centres = gridCentres(side);
  const votes = votesOf(image, side);
  const descriptors = new Float32Array(centres.length ** 2 * SIFT_WIDTH);
  for (const [y, row] of centres.entries()) {
    for (const [x, column] of centres.entries()) {
      const at = (y * centres.length + x) * SIFT_WIDTH;
      const descriptor = descriptors.subarray(at, at + SIFT_WIDTH);
      addVotes(votes, row, column, descriptor);
      normalize(descriptor);
    }
  }
  return descriptors;
}

/** What each pixel says: an orientation bin with its share of the magnitude, and the share of the next bin. */
interface Votes {
  readonly side: number;
  readonly bins: Uint8Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function votesOf(image: Uint8Array, side: number): Votes {
  const bins = new Uint8Array(side * side);
  const first = new Float64Array(side * side);
  const second = new Float64Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const { down, right } = gradientAt(image, side, y, x);
      const turns = (Math.atan2(right, down) / (2 * Math.PI) + 1) * ORIENTATIONS;
      const bin = Math.floor(turns);
      const magnitude = Math.hypot(down, right);
      const at = y * side + x;
      bins[at] = bin % ORIENTATIONS;
      second[at] = magnitude * (turns - bin);
      first[at] = magnitude - second[at]!;
    }
  }
  return { side, bins, first, second };
}

/** A pixel's part in a descriptor: its place from the centre, a cell, and what its votes count there. */
interface Share {
  readonly down: number;
  readonly right: number;
  readonly cell: number;
  readonly weight: number;
}

/** All shares of the pixels around a centre: bilinear in the cells, Gaussian in the distance. */
const SHARES: readonly Share[] = sharesAround();

function sharesAround(): Share[] {
  const reach = SPREAD * (1 + 1 / CELLS);
  const shares: Share[] = [];
  for (let down = -reach + 1; down < reach; down++) {
    for (let right = -reach + 1; right < reach; right++) {
      const gaussian = Math.exp(-(down * down + right * right) / (2 * SPREAD * SPREAD));
      for (let cell = 0; cell < CELLS * CELLS; cell++) {
        const weight = overlap(Math.floor(cell / CELLS), down) * overlap(cell % CELLS, right);
        if (weight > 0) shares.push({ down, right, cell, weight: weight * gaussian });
      }
    }
  }
  return shares;
}

/** Linear in the distance from the middle of a cell: 1 there, 0 in the middle of its neighbours. */
function overlap(cell: number, offset: number): number {
  const middle = (cell - (CELLS - 1) / 2) * CELL;
  return Math.max(0, 1 - Math.abs(offset - middle) / CELL);
}

function addVotes(
  { side, bins, first, second }: Votes,
  y: number,
  x: number,
  descriptor: Float32Array,
): void {
  for (const { down, right, cell, weight } of SHARES) {
    const [row, column] = [y + down, x + right];
    if (row < 0 || column < 0 || row >= side || column >= side) continue;
    const at = row * side + column;
    const bin = bins[at]!;
    const next = (bin + 1) % ORIENTATIONS;
    descriptor[cell * ORIENTATIONS + bin]! += weight * first[at]!;
    descriptor[cell * ORIENTATIONS + next]! += weight * second[at]!;
  }
}

function normalize(descriptor: Float32Array): void {
  const most = CLIP * lengthOf(descriptor);
  if (most === 0) return;
  for (let i = 0; i < descriptor.length; i++) descriptor[i] = Math.min(descriptor[i]!, most);
  const length = lengthOf(descriptor);
  for (let i = 0; i < descriptor.length; i++) descriptor[i]! /= length;
}

function lengthOf(descriptor: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < descriptor.length; i++) squares += descriptor[i]! * descriptor[i]!;
  return Math.sqrt(squares);
}

/** Central differences; at the border the difference to the one neighbour. */
function gradientAt(image: Uint8Array, side: number, y: number, x: number) {
  const [above, below] = [Math.max(0, y - 1), Math.min(side - 1, y + 1)];
  const [left, right] = [Math.max(0, x - 1), Math.min(side - 1, x + 1)];
  return {
    down: (image[below * side + x]! - image[above * side + x]!) / (below - above),
    right: (image[y * side + right]! - image[y * side + left]!) / (right - left),
  };
}
