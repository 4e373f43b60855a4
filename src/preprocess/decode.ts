import sharp from 'sharp';
import { IMAGE_SIZE } from '../dataset/dataset';
import { FerlabError } from '../errors';

/** Pixels of the largest picture that is decoded: 64 megapixels, so that a small file can't fill the memory. */
const MAX_PIXELS = 64_000_000;

/**
 * Decodes a picture of any common format to grey levels 0 to 255, shape [48, 48]; other sizes are scaled
 * (Section III.1 of the paper). Grey is the relative luminance of Rec. 709 on the sRGB
 * curve, as sharp computes it; transparent parts become black.
 * @param name what errors call the picture
 * @throws FerlabError when it can't be decoded or has more than 64 megapixels
 */
export async function decodeGrey(picture: Uint8Array | string, name: string): Promise<Uint8Array> {
  try {
    return await sharp(picture, { limitInputPixels: MAX_PIXELS })
      .flatten({ background: '#000' })
      .resize(IMAGE_SIZE, IMAGE_SIZE, { fit: 'fill' })
      .greyscale()
      .raw()
      .toBuffer();
  } catch (error) {
    throw new FerlabError(`${name}: ${(error as Error).message.split('\n')[0]}`, {
      remedy: `a JPEG, PNG, WebP or TIFF of at most ${MAX_PIXELS / 1e6} megapixels is needed`,
      cause: error,
    });
  }
}
