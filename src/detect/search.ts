import { type Face, type RgbPicture, SMALLEST_FACE, scaleFace } from './face';

/** Pixels of the longer side beyond which a picture is made smaller before it is searched. */
export const SEARCHED_SIDE = 800;

interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** The size at which a picture is searched: its own, or smaller with the same proportions. */
export function searchedSize({ width, height }: Dimensions, longest = SEARCHED_SIDE): Dimensions {
  const factor = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** What a search needs: a picture of the size that is searched, and what finds faces in it. */
export interface Search {
  shrink(): Promise<RgbPicture> | RgbPicture;
  detect(picture: RgbPicture): Promise<Face[]>;
}

/** Faces in a picture, surest first, with boxes and landmarks in pixels of the picture itself. */
export async function searchFaces(picture: Dimensions, { shrink, detect }: Search): Promise<Face[]> {
  if (Math.min(picture.width, picture.height) < SMALLEST_FACE) return [];
  const searched = await shrink();
  const faces = await detect(searched);
  const factor = picture.width / searched.width;
  return factor === 1 ? faces : faces.map((face) => scaleFace(face, factor));
}
