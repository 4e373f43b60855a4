import { decodePlainJpeg } from './plain-jpeg';
import { decodePlainPng } from './plain-png';

/** Grey levels [side, side] of a plain grey JPEG or PNG of exactly this size; null for every other picture. */
export const decodePlain = (bytes: Uint8Array, side: number): Uint8Array | null =>
  bytes[0] === 0xff ? decodePlainJpeg(bytes, side) : decodePlainPng(bytes, side);
