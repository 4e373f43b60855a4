import { type CellFigure, countOf, figureOf } from './cells';

/** A line such as `Accuracy: 79.0 %` or `n = 3589`. */
export interface Pair {
  readonly label: string;
  readonly value: CellFigure;
}

/** Reads a line of a label, a colon or an equals sign, and a figure; undefined if it is none. */
export function pairOf(text: string): Pair | undefined {
  const at = Math.max(text.lastIndexOf(':'), text.lastIndexOf('='), text.lastIndexOf('：'));
  if (at < 1 || at > 120) return undefined;
  const label = text
    .slice(0, at)
    .replace(/[\s:=：*#>-]+$/, '')
    .replace(/^[\s*#>•-]+/, '');
  const value = figureOf(
    text
      .slice(at + 1)
      .replace(/[*`_]/g, '')
      .replace(/[.;,]?\s*$/, ''),
  );
  return value && /\p{L}/u.test(label) && !/[:=：]/.test(label) ? { label, value } : undefined;
}

/** The number of items that a line names, such as `n = 3,589`, `Total samples: 3589` or `Total Number of Instances  699`. */
export function itemsOf(text: string): number | undefined {
  const match =
    /^\W*(?:n|total(?: number of)?(?: test)? (?:samples|images|instances|items)|test samples|number of (?:test )?(?:samples|images|items))\s*[:=]?\s*([\d.,' ]+)$/i.exec(
      text.slice(0, 200).trim(),
    );
  return match ? countOf(match[1]!) : undefined;
}
