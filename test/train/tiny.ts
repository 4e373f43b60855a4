import type { ImageDataset } from '../../src/dataset/dataset';
import { pixelsPerImage } from '../../src/dataset/spec';
import { SAMPLE } from '../../src/dataset/specs/sample';
import { randomStream } from '../../src/random';
import type { RunConfig } from '../../src/run/config';
import { buildConfig } from '../../src/run/profiles';

/** Images of each class in Training, PublicTest and PrivateTest. */
const COUNTS = [6, 2, 2];

/** Some noise, lighter from class to class: quick to make, and enough for some steps of some epochs. */
export function tinyDataset(seed = 1): ImageDataset {
  const classes = SAMPLE.classes.length;
  const size = pixelsPerImage(SAMPLE);
  const usages = COUNTS.flatMap((count, usage) => new Array<number>(count * classes).fill(usage));
  const labels = Uint8Array.from(usages, (_, row) => row % classes);
  const images = new Uint8Array(labels.length * size);
  const { integer } = randomStream(seed, 'tiny');
  for (let i = 0; i < images.length; i++) images[i] = integer(100) + 20 * labels[Math.floor(i / size)]!;
  const source = { path: '', format: 'noise', sha256: `noise ${seed}` };
  return { spec: SAMPLE, count: labels.length, images, labels, usages: Uint8Array.from(usages), source };
}

/** Three epochs of three steps in float32. */
export function tinyConfig(overrides: Partial<RunConfig> = {}): RunConfig {
  return buildConfig('smoke', { epochs: 3, batchSize: 14, precision: 'float32', ...overrides });
}
