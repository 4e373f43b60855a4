import sharp from 'sharp';
import type { Images } from './dataset';

/** Pixels of the picture for one of an image. */
const ENLARGEMENT = 2;

/** The first rows x columns images in file order, as a PNG. */
export async function drawContactSheet(
  dataset: Images,
  { rows, columns }: { rows: number; columns: number },
): Promise<Uint8Array> {
  const { side } = dataset.spec;
  const width = columns * side;
  const sheet = new Uint8Array(rows * columns * side * side);
  for (let i = 0; i < rows * columns; i++) {
    const corner = Math.floor(i / columns) * side * side * columns + (i % columns) * side;
    for (let line = 0; line < side; line++) {
      const from = i * side * side + line * side;
      sheet.set(dataset.images.subarray(from, from + side), corner + line * width);
    }
  }
  return sharp(sheet, { raw: { width, height: rows * side, channels: 1 } })
    .resize(width * ENLARGEMENT, rows * side * ENLARGEMENT, { kernel: 'nearest' })
    .png()
    .toBuffer();
}
