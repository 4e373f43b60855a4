import type { ImageDataset } from '../dataset/dataset';
import { isSample } from '../dataset/specs';
import type { Results } from '../evaluate/results';

/** A title that says whether the data was the synthetic sample, and whether copies were left out. */
export function titled(
  title: string,
  { isSynthetic, isWithoutCopies }: Pick<Results, 'isSynthetic' | 'isWithoutCopies'>,
): string {
  return [title, ...(isWithoutCopies ? ['without copies'] : [])]
    .join(', ')
    .concat(isSynthetic ? ' (synthetic sample)' : '');
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
  isWithoutCopies,
}: Pick<Results, 'classifier' | 'split' | 'test' | 'isWithoutCopies'>): string {
  const { title, seed } = classifier;
  const images = `${test.count.toLocaleString('en')} test ${test.count === 1 ? 'image' : 'images'}`;
  const copies = isWithoutCopies ? ['without copies of training images'] : [];
  const parts = [`${split.protocol} split`, ...(seed === null ? [] : [`seed ${seed}`]), images, ...copies];
  return [title, ...parts].join(', ');
}

/** What the reader of a table has to know of the data: what differs from the official copy, and what was assumed. */
export function dataNotes({ copy }: Results['dataset']): string[] {
  if (!copy) return [];
  return [
    ...(copy.differences ? [`The data ${copy.differences}.`] : []),
    ...(copy.isOrderAssumed ? [`The classes of the data: ${copy.classes}.`] : []),
  ];
}

/** How the 95 % intervals are computed; goes below the tables. */
export const INTERVALS_NOTE =
  '95 % intervals: Wilson for accuracy, recall, precision and one-vs-rest accuracy; Wilson, transformed from TP / (TP + FP + FN), for F1 (arXiv 2309.14621); percentile bootstrap over images (1,000 draws) for the other means. They cover the choice of test images, not the choice of the seed.';
