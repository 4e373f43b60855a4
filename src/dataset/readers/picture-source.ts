import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { decodePlain } from '../../preprocess/plain-picture';

/** Bytes of the largest file that is looked at here. */
export const SMALL = 1 << 20;

/** Where an encoded picture lies: its bytes, a file's path, or a piece of an open archive. Threads can be told of each. */
export type PictureSource = Uint8Array | string | ZipPiece;

/** A file in a zip archive, stored or deflated. */
export interface ZipPiece {
  /** Descriptor of the archive, which stays open until the picture is decoded. */
  readonly archive: number;
  /** Where its header begins. */
  readonly start: number;
  readonly packedSize: number;
  readonly size: number;
  readonly crc: number;
  readonly method: number;
}

/** Bytes of the header before a file, without its names; and how it begins. */
const LOCAL_HEADER = 30;
const LOCAL_MARK = 0x04034b50;

const STORED = 0;
const DEFLATED = 8;

/**
 * The levels [side, side] of a plain picture; null for every other one and for whatever goes wrong: it is left to a reader
 * that takes longer and says what is wrong.
 */
export function decodeSource(source: PictureSource | null, side: number): Uint8Array | null {
  const bytes = source === null ? null : bytesOf(source);
  return bytes && decodePlain(bytes, side);
}

function bytesOf(source: PictureSource): Uint8Array | null {
  if (source instanceof Uint8Array) return source;
  return typeof source === 'string' ? readSmallFile(source) : readZipPiece(source);
}

function readSmallFile(path: string): Uint8Array | null {
  let file = -1;
  try {
    // A pipe would be waited for.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(file);
    return status.isFile() && status.size <= SMALL ? readAt(file, 0, status.size) : null;
  } catch {
    return null;
  } finally {
    if (file >= 0) closeSync(file);
  }
}

/** The bytes of a small file of an archive that match its checksum; null for every other one. */
export function readZipPiece({ archive, start, packedSize, size, crc, method }: ZipPiece): Uint8Array | null {
  if (packedSize > SMALL || size > SMALL) return null;
  const header = readAt(archive, start, LOCAL_HEADER);
  if (header?.readUInt32LE(0) !== LOCAL_MARK) return null;
  const lengths = header.readUInt16LE(26) + header.readUInt16LE(28); // of the name and of what is added
  const packed = readAt(archive, start + LOCAL_HEADER + lengths, packedSize);
  const bytes = packed && unpacked(packed, method, size);
  return bytes?.length === size && crc32(bytes) === crc ? bytes : null;
}

function readAt(file: number, start: number, length: number): Buffer | null {
  const bytes = Buffer.allocUnsafe(length);
  return readSync(file, bytes, 0, length, start) === length ? bytes : null;
}

/** Null for another method than storing and deflating, and for damaged data. */
function unpacked(packed: Buffer, method: number, size: number): Buffer | null {
  if (method === STORED) return packed;
  if (method !== DEFLATED || size === 0) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: size });
  } catch {
    return null;
  }
}
