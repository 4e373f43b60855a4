import { drawPhotograph } from '../../../dataset/drawn-photograph';
import type { RgbPicture } from '../../../detect/face';
import type { DecodedPicture } from '../../../preprocess/decode-picture';
import { checkFormat, MAX_PIXELS } from '../../../preprocess/picture-format';

/** A picture for the screen and for the networks. */
export interface LiveFrame {
  readonly shown: ImageData;
  readonly picture: DecodedPicture;
  /** The picture as it is searched for faces; null for one that is made as the commands make it. */
  readonly searched: RgbPicture | null;
}

/**
 * Decodes a picture as the browser does: upright by its EXIF orientation, on black where it is transparent.
 * @throws Error that says what is wrong and what to do
 */
export async function frameOfFile(file: File): Promise<LiveFrame> {
  const start = new Uint8Array(await file.slice(0, 256).arrayBuffer());
  const format = checkFormat(start, file.name);
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error(`${file.name}: this browser can't decode it as ${format}; save it as JPEG or PNG`);
  });
  try {
    if (bitmap.width * bitmap.height > MAX_PIXELS)
      throw new Error(`${file.name}: it has more than ${MAX_PIXELS / 1e6} megapixels; make it smaller`);
    return new FrameReader().read(bitmap, { width: bitmap.width, height: bitmap.height });
  } finally {
    bitmap.close();
  }
}

interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Reads the pixels of images or videos, each in one canvas that is used again. */
export class FrameReader {
  readonly #whole = new Canvas();
  readonly #small = new Canvas();

  /** @param searched the size at which it is searched for faces: the browser scales it, which is quick */
  read(source: CanvasImageSource, size: Dimensions, searched?: Dimensions): LiveFrame {
    const shown = this.#whole.pixelsOf(source, size);
    const picture: DecodedPicture = { ...size, pixels: withoutAlpha(shown.data), channels: 3, notes: [] };
    if (!searched) return { shown, picture, searched: null };
    const pixels = withoutAlpha(this.#small.pixelsOf(source, searched).data);
    return { shown, picture, searched: { ...searched, pixels } };
  }
}

class Canvas {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;

  pixelsOf(source: CanvasImageSource, { width, height }: Dimensions): ImageData {
    if (this.#canvas.width !== width || this.#canvas.height !== height)
      Object.assign(this.#canvas, { width, height });
    this.#context.drawImage(source, 0, 0, width, height);
    return this.#context.getImageData(0, 0, width, height);
  }
}

/** Drawn people, as schematic as the built-in sample. @param labels which emotion each shows */
export function frameOfDrawing(seed: number, labels: readonly number[]): LiveFrame {
  const { pixels, width, height } = drawPhotograph({ seed, labels });
  const shown = greyImage(pixels, width, height);
  return { shown, picture: { pixels, width, height, channels: 1, notes: [] }, searched: null };
}

/** Grey levels [height, width] for the screen. */
export function greyImage(levels: Uint8Array, width: number, height: number): ImageData {
  const shown = new ImageData(width, height);
  for (const [i, level] of levels.entries()) shown.data.set([level, level, level, 255], 4 * i);
  return shown;
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}
