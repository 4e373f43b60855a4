import { crc32 } from 'node:zlib';

/** Bytes before the first chunk of a PNG. */
const SIGNATURE = 8;

/** Bytes of a chunk beside its content: length, type, checksum. */
const FRAME = 12;

/**
 * Checks every chunk against its checksum. Decoders drop or use a damaged chunk besides the pixels without a word, and with
 * the orientation or the profile in it the picture is another one. What follows the end or is cut off, decoders notice.
 * @throws Error naming the first chunk that is damaged
 */
export function checkPngChunks(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE;
  while (at + FRAME <= bytes.length) {
    const end = at + FRAME + view.getUint32(at);
    if (end > bytes.length) return;
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      throw new Error(`its chunk ${type} does not match its checksum`);
    if (type === 'IEND') return;
    at = end;
  }
}
