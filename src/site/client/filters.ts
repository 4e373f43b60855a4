import type { Judged } from './images';

/** Which images are wanted; an empty text wants all. */
export interface Filter {
  /** Index of the true and of the predicted class. */
  readonly truth: string;
  readonly predicted: string;
  readonly correct: '' | 'right' | 'wrong';
  readonly copies: '' | 'with' | 'without';
  /** Least and largest confidence, in percent. */
  readonly from: string;
  readonly to: string;
  /** Least and largest mean grey level, 0 to 255. */
  readonly darkest: string;
  readonly brightest: string;
}

/** Whether an image passes. @param brightness of the image; undefined where the site does not know it */
export function passes(image: Judged, filter: Filter, brightness: number | undefined): boolean {
  const { truth, predicted, confidence, hasCopy } = image;
  if (!isClass(filter.truth, truth) || !isClass(filter.predicted, predicted)) return false;
  if (filter.correct && (filter.correct === 'right') !== (truth === predicted)) return false;
  if (filter.copies && hasCopy !== (filter.copies === 'with')) return false;
  if (!isWithin(100 * confidence, filter.from, filter.to)) return false;
  return brightness === undefined || isWithin(brightness, filter.darkest, filter.brightest);
}

const isClass = (wanted: string, label: number) => wanted === '' || Number(wanted) === label;

const isWithin = (value: number, from: string, to: string) =>
  (from === '' || value >= Number(from)) && (to === '' || value <= Number(to));
