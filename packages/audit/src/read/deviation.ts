import { type CellFigure, figureOf } from './cells';
import { type Draft, enter } from './draft';

/** Whether words say that what stands behind a plus-minus sign is a standard deviation, and no standard error or interval. */
function namesDeviation(words: string): boolean {
  return /\b(?:std|sd|s\.d\.|stdev|st\.? ?dev|standard deviations?)(?![a-z])/i.test(words);
}

/** A figure of a class, and its line. */
interface ClassPlace {
  readonly metric: string;
  readonly key: string;
  readonly line: number;
}

/** Enters what stands behind the plus-minus sign of an accuracy or of a figure of a class, where words say what it is. */
export function enterDeviation(draft: Draft, figure: CellFigure, words: string, place?: ClassPlace): boolean {
  const found = figure.isUncertain ? figureOf(figure.aside.replace(/^±\s*/, '')) : undefined;
  if (!found || !namesDeviation(`${words} ${found.aside}`)) return false;
  const isPercent = figure.text.endsWith('%') && !found.isPercent;
  const text = `${found.text}${isPercent ? '%' : ''}`;
  if (place) enter(draft.deviations, place.metric, { key: place.key, text, line: place.line });
  else draft.deviation ??= text;
  return true;
}
