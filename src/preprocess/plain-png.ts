import { inflateSync } from 'node:zlib';
import { checkPngChunks } from './png-chunks';

/** Where the content of the first chunk begins, and where the next chunk does. */
const HEADER = 16;
const CHUNKS = 33;

/** Chunks that say nothing about the levels of a grey picture. */
const IDLE = new Set(['tIME', 'pHYs', 'IEND']);

/**
 * Grey levels [side, side] of a PNG of the kind that copies of small data sets are made of: grey, 8 bits, not interlaced, of
 * exactly this size, without profile, text or transparency. Null for every other picture and at the least damage: a decoder
 * for everything, which takes longer to start, judges it.
 */
export function decodePlainPng(bytes: Uint8Array, side: number): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < CHUNKS || view.getUint32(HEADER) !== side || view.getUint32(HEADER + 4) !== side)
    return null;
  // Bit depth, colour type, compression, filters, interlacing.
  if (bytes.subarray(HEADER + 8, HEADER + 13).join() !== '8,0,0,0,0') return null;
  const packed = pixelData(bytes, view);
  if (!packed) return null;
  try {
    checkPngChunks(bytes);
    return unfiltered(inflateSync(packed, { maxOutputLength: side * (side + 1) }), side);
  } catch {
    return null;
  }
}

/** The compressed lines; null where other chunks may change what is seen, or the end is not that of the file. */
function pixelData(bytes: Uint8Array, view: DataView): Uint8Array | null {
  const pieces: Uint8Array[] = [];
  let type = '';
  let at = CHUNKS;
  while (at + 12 <= bytes.length && type !== 'IEND') {
    const length = view.getUint32(at);
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IDAT') pieces.push(bytes.subarray(at + 8, at + 8 + length));
    else if (!IDLE.has(type)) return null;
    at += 12 + length;
  }
  const isWhole = type === 'IEND' && at === bytes.length && pieces.length > 0;
  return isWhole ? (pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)) : null;
}

/** Lines as they were before PNG's filters; null for an unknown filter or a wrong length. */
function unfiltered(lines: Uint8Array, side: number): Uint8Array | null {
  if (lines.length !== side * (side + 1)) return null;
  const image = new Uint8Array(side * side);
  const line = { lines, image, side, from: 0, to: 0 };
  for (; line.to < image.length; line.from += side + 1, line.to += side) {
    const undo = UNDO[lines[line.from]!];
    if (!undo) return null;
    undo(line);
  }
  return image;
}

/** One filtered line: where its filter's number lies, and where its levels go. */
interface FilteredLine {
  readonly lines: Uint8Array;
  readonly image: Uint8Array;
  readonly side: number;
  from: number;
  to: number;
}

// A loop for each filter: half of the time goes here, and a choice at each pixel would double it. What lies left of a line and
// above the first one counts as 0.

function undoNone({ lines, image, side, from, to }: FilteredLine): void {
  for (let x = 0; x < side; x++) image[to + x] = lines[from + 1 + x]!;
}

function undoSub({ lines, image, side, from, to }: FilteredLine): void {
  for (let x = 0, left = 0; x < side; x++) {
    left = (left + lines[from + 1 + x]!) & 255;
    image[to + x] = left;
  }
}

function undoUp(line: FilteredLine): void {
  const { lines, image, side, from, to } = line;
  if (to === 0) undoNone(line);
  else for (let x = 0; x < side; x++) image[to + x] = lines[from + 1 + x]! + image[to + x - side]!;
}

function undoAverage({ lines, image, side, from, to }: FilteredLine): void {
  for (let x = 0, left = 0; x < side; x++) {
    const above = to === 0 ? 0 : image[to + x - side]!;
    left = (lines[from + 1 + x]! + ((left + above) >> 1)) & 255;
    image[to + x] = left;
  }
}

function undoPaeth(line: FilteredLine): void {
  const { lines, image, side, from, to } = line;
  if (to === 0) {
    undoSub(line);
    return;
  }
  for (let x = 0, left = 0, corner = 0; x < side; x++) {
    const above = image[to + x - side]!;
    const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
    const toCorner = Math.abs(left + above - 2 * corner);
    // All ones where the guess is not the left one, and where it is the corner: branches here are foreseen by no processor.
    const notLeft = ((toAbove - toLeft) | (toCorner - toLeft)) >> 31;
    const isCorner = (toCorner - toAbove) >> 31;
    const other = above ^ ((above ^ corner) & isCorner);
    const guess = left ^ ((left ^ other) & notLeft);
    left = (lines[from + 1 + x]! + guess) & 255;
    image[to + x] = left;
    corner = above;
  }
}

/** By the number of the filter. */
const UNDO = [undoNone, undoSub, undoUp, undoAverage, undoPaeth] as const;
