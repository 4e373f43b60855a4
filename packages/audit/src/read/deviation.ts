import { type CellFigure, figureOf } from './cells';
import type { Draft } from './draft';

/** Whether words say that what stands behind a plus-minus sign is a standard deviation, and no standard error or interval. */
function namesDeviation(words: string): boolean {
  return /\b(?:std|sd|s\.d\.|stdev|st\.? ?dev|standard deviations?)(?![a-z])/i.test(words);
}

/** Enters what stands behind the plus-minus sign of an accuracy, where words say what it is. */
export function enterDeviation(draft: Draft, figure: CellFigure, words: string): boolean {
  const found = figure.isUncertain ? figureOf(figure.aside.replace(/^±\s*/, '')) : undefined;
  if (!found || !namesDeviation(`${words} ${found.aside}`)) return false;
  const isPercent = figure.text.endsWith('%') && !found.isPercent;
  draft.deviation ??= `${found.text}${isPercent ? '%' : ''}`;
  return true;
}
