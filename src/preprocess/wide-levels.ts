import type sharp from 'sharp';

/** Values of a picture as numbers, channels interleaved. */
export interface WidePicture {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Values of a picture whose levels are no bytes, as they are in the file. */
export async function readWide(picture: sharp.Sharp, space: string): Promise<WidePicture> {
  const kept = space === 'b-w' || space === 'grey16' ? space : space === 'rgb16' ? 'rgb16' : 'scrgb';
  const { data, info } = await picture
    .pipelineColourspace(kept)
    .toColourspace(kept)
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true });
  const values = new Float32Array(data.buffer, data.byteOffset, data.length / 4);
  return { values, width: info.width, height: info.height, channels: info.channels };
}

export interface Levels {
  /** 0 to 255. */
  readonly bytes: Uint8Array;
  /** How the values were taken, where that is a choice. */
  readonly notes: readonly string[];
}

/**
 * Levels of a picture with float values: of 0 to 1 (the usual form) or of 0 to 255.
 * @throws Error where the values are of neither range
 */
export function floatLevels(values: Float32Array): Levels {
  const { lowest, highest } = rangeOf(values);
  if (!(lowest >= 0 && highest <= 255)) {
    throw new Error(`its float values range from ${lowest} to ${highest}, not from 0 to 1 or from 0 to 255`);
  }
  const white = highest <= 1 ? 1 : 255;
  return { bytes: scaled(values, white), notes: [`float values of 0 to ${white}`] };
}

/** Levels of 16 bits: of the full range, or bytes that someone kept in 16 bits. */
export function wordLevels(values: Float32Array): Levels {
  const white = rangeOf(values).highest <= 255 ? 255 : 65535;
  return { bytes: scaled(values, white), notes: white === 255 ? ['16-bit values of 0 to 255'] : [] };
}

function scaled(values: Float32Array, white: number): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round((value * 255) / white));
}

/** NaN anywhere makes both ends NaN. */
function rangeOf(values: Float32Array): { lowest: number; highest: number } {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) return { lowest: value, highest: value };
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest };
}
