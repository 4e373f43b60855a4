import type sharp from 'sharp';
import { openPicture, readPicture, type Strictness, undecodable } from './open-picture';

/** A picture with all its pixels in memory, upright. */
export interface DecodedPicture {
  /** 0 to 255, rows from the top, channels interleaved. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Grey, or red, green and blue in sRGB. */
  readonly channels: 1 | 3;
  /** What should be known of the picture, such as that it is the first frame of an animation. */
  readonly notes: readonly string[];
}

/**
 * All pixels of a picture: at most 192 MB of them.
 * @param picture encoded bytes, or the path of a file
 * @param name what errors call the picture
 * @throws FerlabError when it can't be decoded or has more than 64 megapixels
 */
export async function decodePicture(picture: Uint8Array | string, name: string): Promise<DecodedPicture> {
  return readTolerantly(picture, name, allPixels);
}

async function allPixels(image: sharp.Sharp, notes: readonly string[]): Promise<DecodedPicture> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return {
    pixels: new Uint8Array(data.buffer, data.byteOffset, data.length),
    width: info.width,
    height: info.height,
    channels: info.channels as 1 | 3,
    notes,
  };
}

/** Makes something of an opened picture. */
export type ReadPicture<T> = (image: sharp.Sharp, notes: readonly string[]) => Promise<T>;

/**
 * Opens a picture and reads it; a JPEG with damage that leaves a whole picture is read as browsers do, and that is noted.
 * @throws FerlabError as {@link openPicture}
 */
export async function readTolerantly<T>(
  picture: Uint8Array | string,
  name: string,
  read: ReadPicture<T>,
): Promise<T> {
  const bytes = typeof picture === 'string' ? readPicture(picture, name) : picture;
  const attempt = async (strictness: Strictness, more: readonly string[]) => {
    const { image, notes } = await openPicture(bytes, name, strictness);
    try {
      return await read(image, [...notes, ...more]);
    } catch (error) {
      throw undecodable(error, name);
    }
  };
  try {
    return await attempt('warning', []);
  } catch (error) {
    if (!/Corrupt JPEG data/.test((error as Error).message)) throw error;
    return attempt('error', ['a damaged JPEG, decoded as far as possible']);
  }
}
