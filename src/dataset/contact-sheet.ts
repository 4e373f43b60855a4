import sharp from 'sharp';
import { IMAGE_PIXELS, IMAGE_SIZE, type ImageDataset } from './dataset';

/** Pixels of the picture for one of an image. */
const ENLARGEMENT = 2;

/** The first rows x columns images in file order, as a PNG. */
export async function drawContactSheet(
  dataset: Pick<ImageDataset, 'images'>,
  { rows, columns }: { rows: number; columns: number },
): Promise<Uint8Array> {
  const width = columns * IMAGE_SIZE;
  const sheet = new Uint8Array(rows * columns * IMAGE_PIXELS);
  for (let i = 0; i < rows * columns; i++) {
    const corner = Math.floor(i / columns) * IMAGE_PIXELS * columns + (i % columns) * IMAGE_SIZE;
    for (let line = 0; line < IMAGE_SIZE; line++) {
      const from = i * IMAGE_PIXELS + line * IMAGE_SIZE;
      sheet.set(dataset.images.subarray(from, from + IMAGE_SIZE), corner + line * width);
    }
  }
  return sharp(sheet, { raw: { width, height: rows * IMAGE_SIZE, channels: 1 } })
    .resize(width * ENLARGEMENT, rows * IMAGE_SIZE * ENLARGEMENT, { kernel: 'nearest' })
    .png()
    .toBuffer();
}
