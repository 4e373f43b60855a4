import sharp from 'sharp';
import type { Box } from '../detect/face';
import { escapeMarkup } from '../markup';
import type { DecodedPicture } from '../preprocess/decode-picture';
import { FONT_FAMILY, provideFont } from './static/fonts';

/** A box that is drawn into a picture, with a line of text at it. */
export interface Annotation {
  /** Null for a picture that is a face as a whole. */
  readonly box: Box | null;
  readonly text: string;
}

/** Pixels of the longer side of what is drawn; a larger picture is made smaller, a tiny one larger. */
const LARGEST = 1600;
const SMALLEST = 320;

/** A copy of a picture as PNG, with boxes and texts in it. */
export async function annotatePicture(
  picture: DecodedPicture,
  annotations: readonly Annotation[],
): Promise<Buffer> {
  provideFont();
  const longer = Math.max(picture.width, picture.height);
  const factor = Math.max(SMALLEST, Math.min(LARGEST, longer)) / longer;
  const width = Math.max(1, Math.round(picture.width * factor));
  const height = Math.max(1, Math.round(picture.height * factor));
  const { pixels, channels } = picture;
  const raw = { width: picture.width, height: picture.height, channels };
  return sharp(pixels, { raw, limitInputPixels: false })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('srgb')
    .composite([{ input: Buffer.from(drawing(annotations, { width, height, factor })) }])
    .png()
    .toBuffer();
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly factor: number;
}

function drawing(annotations: readonly Annotation[], canvas: Canvas): string {
  const { width, height } = canvas;
  const marks = annotations.map((annotation) => mark(annotation, canvas)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${marks}</svg>`;
}

const TEXT = 15;

function mark({ box, text }: Annotation, { width, height, factor }: Canvas): string {
  const rectangle = box
    ? { x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor }
    : { x: 1, y: 1, width: width - 2, height: height - 2 };
  const textWidth = text.length * TEXT * 0.56 + 10;
  const x = Math.max(0, Math.min(rectangle.x, width - textWidth));
  const y = rectangle.y >= TEXT + 8 ? rectangle.y - TEXT - 8 : Math.min(rectangle.y, height - TEXT - 8);
  const frame = attributes(rectangle);
  const label = attributes({ x, y, width: textWidth, height: TEXT + 8 });
  return (
    `<rect ${frame} fill="none" stroke="#fff" stroke-width="4"/>` +
    `<rect ${frame} fill="none" stroke="#0b5fa5" stroke-width="2"/>` +
    `<rect ${label} fill="#0b5fa5"/>` +
    `<text x="${x + 5}" y="${y + TEXT + 2}" font-family="${FONT_FAMILY}" font-size="${TEXT}" fill="#fff">${escapeMarkup(text)}</text>`
  );
}

const attributes = (values: Readonly<Record<string, number>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${value.toFixed(1)}"`)
    .join(' ');
