import type { ImageDataset } from './dataset';
import { pixelsPerImage } from './spec';

/** Copies some images of a data set into one array, [rows.length, side, side]. */
export function copyImages({ spec, images }: ImageDataset, rows: readonly number[]): Uint8Array {
  const size = pixelsPerImage(spec);
  const copied = new Uint8Array(rows.length * size);
  for (const [i, row] of rows.entries()) copied.set(images.subarray(row * size, (row + 1) * size), i * size);
  return copied;
}
