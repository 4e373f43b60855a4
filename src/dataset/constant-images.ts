import type { Images } from './dataset';
import { imageBlocks } from './image-source';
import { pixelsPerImage } from './spec';

/** Rows whose pixels all have one grey level: they show nothing, whatever their label says. */
export function findConstantImages(dataset: Images & { readonly count: number }): number[] {
  const size = pixelsPerImage(dataset.spec);
  const rows: number[] = [];
  let row = 0;
  for (const block of imageBlocks(dataset)) {
    for (let at = 0; at < block.length; at += size, row++) {
      if (block.subarray(at, at + size).every((level) => level === block[at])) rows.push(row);
    }
  }
  return rows;
}
