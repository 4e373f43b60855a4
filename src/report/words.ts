import type { ImageDataset } from '../dataset/dataset';
import { isSample } from '../dataset/specs';
import type { Results } from '../evaluate/results';

/** A title that says so if the data was the synthetic sample. */
export function titled(title: string, { isSynthetic }: Pick<Results, 'isSynthetic'>): string {
  return isSynthetic ? `${title} (synthetic sample)` : title;
}

/** A title that says so if the dataset is the synthetic sample. */
export function titledFor(title: string, { spec }: Pick<ImageDataset, 'spec'>): string {
  return titled(title, { isSynthetic: isSample(spec) });
}

/** What the numbers are of, for subtitles and notes. */
export function describeResults({
  classifier,
  split,
  test,
}: Pick<Results, 'classifier' | 'split' | 'test'>): string {
  const { title, seed } = classifier;
  const images = `${test.count.toLocaleString('en')} test ${test.count === 1 ? 'image' : 'images'}`;
  return [title, `${split.protocol} split`, ...(seed === null ? [] : [`seed ${seed}`]), images].join(', ');
}

/** How the 95 % intervals are computed; goes below the tables. */
export const INTERVALS_NOTE =
  '95 % intervals: Wilson for accuracy, recall, precision and one-vs-rest accuracy; Wilson, transformed from TP / (TP + FP + FN), for F1 (arXiv 2309.14621); percentile bootstrap over images (1,000 draws) for the other means. They cover the choice of test images, not the seed.';
