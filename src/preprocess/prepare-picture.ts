import { openPicture, readPicture, type Strictness, undecodable } from './open-picture';

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
  options: PictureOptions,
): Promise<PreparedPicture> {
  const bytes = typeof picture === 'string' ? await readPicture(picture, options.name) : picture;
  try {
    return await prepare(bytes, options, 'warning');
  } catch (error) {
    if (!/Corrupt JPEG data/.test((error as Error).message)) throw error;
    const { image, notes } = await prepare(bytes, options, 'error');
    return { image, notes: [...notes, 'a damaged JPEG, read as far as decoders can'] };
  }
}

async function prepare(
  bytes: Uint8Array,
  { name, side }: PictureOptions,
  strictness: Strictness,
): Promise<PreparedPicture> {
  const { image, notes } = await openPicture(bytes, name, strictness);
  try {
    const grey = await image.resize(side, side, { fit: 'fill' }).greyscale().raw().toBuffer();
    return { image: new Uint8Array(grey.buffer, grey.byteOffset, grey.length), notes };
  } catch (error) {
    throw undecodable(error, name);
  }
}
