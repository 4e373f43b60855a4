import sharp from 'sharp';
import { drawPhotograph } from '../../dataset/drawn-photograph';
import { type DecodedPicture, decodePicture } from '../../preprocess/decode-picture';
import type { Panel } from '../../report/figures/panels';

/** A picture that goes through the stages. */
export interface Photograph {
  readonly name: string;
  readonly picture: DecodedPicture;
  /** Whether it may show a person; notebooks are not stored with pictures of people. */
  readonly showsPeople: boolean;
}

/** Pixels of the width at which a figure shows a picture. */
const SHOWN_WIDTH = 200;

const SURPRISE = 5;

/** Of the drawn expression: a strong one is a caricature, which detectors do not take for a face. */
const STRENGTH = 0.2;

/**
 * Reads a picture; where no path is given, a surprised face is drawn.
 * @throws FerlabError when it can't be decoded
 */
export async function openPhotograph(path: string, seed: number): Promise<Photograph> {
  if (path) return { name: path, picture: await decodePicture(path, path), showsPeople: true };
  const picture = drawPhotograph({ seed, labels: [SURPRISE], strength: STRENGTH });
  return { name: 'drawn face', picture, showsPeople: false };
}

/** A picture as a panel of a figure, small and grey. @returns with the pixels of the panel for each of the picture */
export async function panelOf(
  { pixels, width, height, channels }: Pick<DecodedPicture, 'pixels' | 'width' | 'height' | 'channels'>,
  title: string,
): Promise<{ panel: Panel; factor: number }> {
  const factor = Math.min(1, SHOWN_WIDTH / width);
  const { data, info } = await sharp(pixels, { raw: { width, height, channels } })
    .resize(Math.max(1, Math.round(width * factor)))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const panel = { title, values: data, width: info.width, height: info.height, colours: 'grey' } as const;
  return { panel, factor: info.width / width };
}
