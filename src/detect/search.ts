import { type DetectorName, type Face, type RgbPicture, SMALLEST_FACE, scaleFace } from './face';

/**
 * Pixels of the longer side beyond which a picture is made smaller before it is searched. Viola and Jones's detector finds
 * as many of the annotated faces at 640 as at 800 (docs/faces.md), in seven tenths of the time.
 */
export const SEARCHED_SIDE: Readonly<Record<DetectorName, number>> = { mtcnn: 800, 'viola-jones': 640 };

interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** The size at which a picture is searched: its own, or smaller with the same proportions. */
export function searchedSize({ width, height }: Dimensions, longest: number): Dimensions {
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
