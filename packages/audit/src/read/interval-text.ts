import type { PrintedInterval } from '../claim/claim';
import { type CellFigure, figureOf } from './cells';
import type { Draft } from './draft';

const ENDS =
  /^(?:accuracy\b)?[\s:([]*(?:(?:9[059](?:[.·]0)?\s*%?\s*-?\s*)?(?:ci|c\.i\.|confidence intervals?|confidence)\s*[:=,]?\s*)?[[(]?\s*(\d*[.,·]?\d+\s*%?)\s*(?:,\s|;|\bto\b|[-–—])\s*(\d*[.,·]?\d+\s*%?)\s*[\])]*$/i;

const LEVEL = /\b(9[059])(?:[.·]0)?\s*%/;

/** Whether words name a confidence interval. */
function namesInterval(words: string): boolean {
  return /\bci\b|\bc\.i\.|confidence/i.test(words);
}

/**
 * Reads an interval such as `95% CI: 0.71-0.75` or, below a title such as `Accuracy (95% CI)`, `0.71, 0.75`; undefined where
 * nothing calls it a confidence interval, as a range of runs looks like one.
 * @param isPercent ends without a percent sign are hundredths
 */
export function intervalIn(text: string, title: string, isPercent: boolean): PrintedInterval | undefined {
  const words = `${text} ${title}`;
  const [, low, high] = ENDS.exec(text.slice(0, 100).trim()) ?? [];
  const ends = [low, high].map((end) => end && figureOf(end));
  if (!namesInterval(words) || !ends[0] || !ends[1]) return undefined;
  const isScaled = isPercent || ends.some((end) => end && Number(end.text.replace('%', '')) > 1.5);
  const [from, to] = ends.map((end) => {
    const { text: digits, isPercent: isMarked } = end as CellFigure;
    return isScaled && !isMarked ? `${digits}%` : digits;
  });
  const level = (LEVEL.exec(text) ?? LEVEL.exec(title))?.[1];
  return { low: from!, high: to!, ...(level && level !== '95' && { level: `${level}%` as '90%' }) };
}

/** Enters what stands in brackets behind a figure, if it is an interval. */
export function enterInterval(
  draft: Draft,
  { table, key }: { table: string; key: string },
  { figure, title }: { figure: CellFigure; title: string },
): boolean {
  const found = intervalIn(figure.aside, title, figure.text.endsWith('%'));
  if (!found) return false;
  const intervals = draft.intervals.get(table) ?? new Map<string, PrintedInterval>();
  draft.intervals.set(table, intervals.set(key, found));
  return true;
}
