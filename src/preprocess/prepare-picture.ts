import sharp from 'sharp';
import { type DecodedPicture, readTolerantly } from './decode-picture';
import { readPicture } from './open-picture';
import { decodePlain } from './plain-picture';
import { cutRegion, type Region } from './region';

export interface PictureOptions {
  /** What errors call the picture. */
  readonly name: string;
  /** Side of the image that is made, in pixels. */
  readonly side: number;
}

/** A picture as networks and data sets take it. */
export interface PreparedPicture {
  /** Grey levels 0 to 255, shape [side, side]. `normalize` makes them shares of white. */
  readonly image: Uint8Array;
  /** What should be known of the picture, such as that it is the first frame of an animation. */
  readonly notes: readonly string[];
}

/**
 * The way of every picture (Section III.1 of the paper): decode, turn upright by its EXIF orientation, make it grey,
 * scale it as a whole to a square. Grey is the relative luminance of Rec. 709 on the sRGB curve, as sharp computes it;
 * transparent parts become black. A grey picture of that size keeps every level.
 * @param picture encoded bytes, or the path of a file
 * @throws FerlabError when it can't be decoded or has more than 64 megapixels
 */
export async function preparePicture(
  picture: Uint8Array | string,
  { name, side }: PictureOptions,
): Promise<PreparedPicture> {
  const bytes = typeof picture === 'string' ? readPicture(picture, name) : picture;
  const plain = decodePlain(bytes, side);
  if (plain) return { image: plain, notes: [] };
  return readTolerantly(bytes, name, async (image, notes) => ({
    image: await toSquare(image, side),
    notes,
  }));
}

/**
 * A region of a picture, such as a face, levelled, grey and scaled to [side, side] as {@link preparePicture} does it.
 * What lies over the edge repeats the edge.
 */
export async function prepareRegion(
  picture: DecodedPicture,
  region: Region,
  side: number,
): Promise<Uint8Array> {
  const { pixels, width, height, channels } = cutRegion(picture, region);
  return toSquare(sharp(pixels, { raw: { width, height, channels } }), side);
}

/** Grey levels [side, side]: the one way from an upright picture to what networks take. */
async function toSquare(image: sharp.Sharp, side: number): Promise<Uint8Array> {
  const grey = await image.resize(side, side, { fit: 'fill' }).greyscale().raw().toBuffer();
  return new Uint8Array(grey.buffer, grey.byteOffset, grey.length);
}
