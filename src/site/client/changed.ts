import { exactMcNemar, pairedInterval } from '../../evaluate/paired-interval';
import type { Judged } from './images';

/** One image as two models see it. */
export interface JudgedPair {
  readonly first: Judged;
  readonly second: Judged;
}

/** How two models differ on an image. */
export type PredictionChange = 'first' | 'second' | 'both-wrong';

/** The images that are test images of both models, in the order of the data. */
export function pairsOf(first: readonly Judged[], second: readonly Judged[]): JudgedPair[] {
  const byRow = new Map(second.map((image) => [image.row, image]));
  return first.flatMap((image) => {
    const other = byRow.get(image.row);
    return other ? [{ first: image, second: other }] : [];
  });
}

const isRight = ({ truth, predicted }: Judged) => truth === predicted;

/** Which model alone recognises an image, or that both are wrong in their own ways; null where they agree. */
export function changeOf({ first, second }: JudgedPair): PredictionChange | null {
  if (first.predicted === second.predicted) return null;
  if (isRight(first)) return 'first';
  return isRight(second) ? 'second' : 'both-wrong';
}

/** Accuracies on some images, and by how much the second model's is larger. Shares between -1 and 1. */
export interface PairedAccuracy {
  readonly images: number;
  readonly firstRight: number;
  readonly secondRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Two-sided, of the exact McNemar test. */
  readonly p: number;
}

/** Compares two models on the images of both. */
export function compare(pairs: readonly JudgedPair[]): PairedAccuracy {
  const images = pairs.length;
  const firstRight = pairs.filter(({ first }) => isRight(first)).length;
  const secondRight = pairs.filter(({ second }) => isRight(second)).length;
  const onlyFirst = pairs.filter((pair) => changeOf(pair) === 'first').length;
  const onlySecond = pairs.filter((pair) => changeOf(pair) === 'second').length;
  const counts = { images, onlyFirst, onlySecond };
  return {
    ...counts,
    firstRight,
    secondRight,
    difference: images === 0 ? 0 : (onlySecond - onlyFirst) / images,
    interval: pairedInterval(counts),
    p: exactMcNemar(counts),
  };
}
