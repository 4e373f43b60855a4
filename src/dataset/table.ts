import type { DataFrame } from 'danfojs-node';
import { danfo } from './danfo';
import type { ImageDataset } from './dataset';
import { findDuplicateGroups } from './duplicates';
import { measureQuality } from './quality';

/**
 * The images as a Danfo table, a row an image in file order: emotion, usage, brightness, contrast, sharpness
 * and the group of exact copies it belongs to.
 */
export function buildTable(dataset: ImageDataset): DataFrame {
  const { classes, parts } = dataset.spec;
  const quality = measureQuality(dataset);
  const round = (values: Float32Array) => Array.from(values, (value) => Math.round(value * 100) / 100);
  const frames = danfo();
  return new frames.DataFrame({
    emotion: Array.from(dataset.labels, (label) => classes[label]!),
    usage: Array.from(dataset.usages, (usage) => parts[usage]?.name ?? ''),
    brightness: round(quality.brightness),
    contrast: round(quality.contrast),
    sharpness: round(quality.sharpness),
    duplicateGroup: Array.from(findDuplicateGroups(dataset)),
  });
}
