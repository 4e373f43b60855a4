import { randomStream } from '../random';
import { contentHash } from './cache-writer';
import type { ImageDataset } from './dataset';
import { drawFace } from './face';
import { randomFace } from './random-face';
import { pixelsPerImage } from './spec';
import { SAMPLE } from './specs/sample';

/** Images of each class in each part. */
const SAMPLE_COUNTS = [210, 45, 45] as const;

const IMAGE_PIXELS = pixelsPerImage(SAMPLE);

/**
 * The built-in sample: 2,100 schematic faces, 300 of each emotion, whose brows, eyes and mouth follow the emotion
 * while identity, pose, light and noise vary. It stands in where there is no copy of the data; what is
 * made from it says so. The same seed gives the same bytes.
 */
export function buildSample(options: { seed: number }): ImageDataset {
  const classes = SAMPLE.classes.length;
  const perUsage = SAMPLE_COUNTS.map((count) => count * classes);
  const count = perUsage.reduce((sum, n) => sum + n, 0);
  const rows = {
    count,
    images: new Uint8Array(count * IMAGE_PIXELS),
    labels: new Uint8Array(count),
    usages: new Uint8Array(count),
  };
  let row = 0;
  for (const [usage, size] of perUsage.entries()) {
    for (let i = 0; i < size; i++, row++) {
      const label = i % classes;
      rows.labels[row] = label;
      rows.usages[row] = usage;
      const face = randomFace(randomStream(options.seed, 'sample', row), label);
      drawFace(face, rows.images.subarray(row * IMAGE_PIXELS, (row + 1) * IMAGE_PIXELS));
    }
  }
  const source = { path: '', format: 'synthetic sample', sha256: contentHash(rows) };
  return { spec: SAMPLE, ...rows, source };
}
