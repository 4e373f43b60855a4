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
  for (let y = 0, from = 0, to = 0; y < side; y++, to += side) {
    const filter = lines[from++]!;
    if (filter > 4) return null;
    for (let x = 0; x < side; x++) {
      const left = x > 0 ? image[to + x - 1]! : 0;
      const above = y > 0 ? image[to + x - side]! : 0;
      const corner = x > 0 && y > 0 ? image[to + x - side - 1]! : 0;
      image[to + x] = lines[from++]! + guess(filter, left, above, corner);
    }
  }
  return image;
}

function guess(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
