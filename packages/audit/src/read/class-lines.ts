import { figureOf } from './cells';
import type { Block, GridRow } from './grid';
import type { Line } from './lines';
import { columnOf } from './words';

/** A line for each class, such as `Accuracy of plane : 55 %`, or `Sad: precision=0.71, recall=0.70`. */
export function classLines(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  const read = [accuracyOf, measuresOf].find((one) => one(lines[at]!.text) !== undefined);
  if (!read) return undefined;
  const rows: GridRow[] = [];
  let titles: readonly string[] | undefined;
  let next = at;
  for (; next < lines.length; next++) {
    const { text, number } = lines[next]!;
    if (text.trim() === '') continue;
    const found = read(text);
    titles ??= found?.titles;
    if (!found || found.titles.join() !== titles!.join()) break;
    rows.push({ line: number, cells: found.cells });
  }
  if (rows.length < 2) return undefined;
  const head = { line: lines[at]!.number, cells: ['Class', ...titles!] };
  return { blocks: [{ type: 'grid', rows: [head, ...rows] }], next };
}

interface ClassLine {
  readonly titles: readonly string[];
  readonly cells: readonly string[];
}

const ACCURACY_OF =
  /^\s*(accuracy|precision|recall|f1(?:[- ]score)?) (?:of|for)(?: (?:the )?class)?\s*:?\s*(\S.{0,60}?)\s*(?::|=|\bis\b)\s*([\d.,]+\s*%?)\s*$/i;

/** The whole test set, as in PyTorch's tutorial. */
const OVERALL = /^the (?:network|model|net|classifier)\b/i;

function accuracyOf(text: string): ClassLine | undefined {
  const [, measure, name, figure] = ACCURACY_OF.exec(text.slice(0, 200)) ?? [];
  return measure && /\p{L}|\d/u.test(name!) && !OVERALL.test(name!) && figureOf(figure!)
    ? { titles: [measure], cells: [name!, figure!] }
    : undefined;
}

function measuresOf(text: string): ClassLine | undefined {
  const match = /^\s*[-*•]?\s*([^:=|]{1,60}?)\s*[:–—-]\s+(.*[:=].*)$/.exec(text.slice(0, 300));
  const pairs = (match?.[2] ?? '').split(/[,;|]\s+/).map((pair) => pair.split(/\s*[:=]\s*/));
  if (!match || pairs.length < 2) return undefined;
  const isPair = ([title = '', figure = '', ...rest]: string[]) =>
    rest.length === 0 && columnOf(title) !== undefined && figureOf(figure) !== undefined;
  return pairs.every(isPair)
    ? { titles: pairs.map(([title]) => title!), cells: [match[1]!, ...pairs.map(([, figure]) => figure!)] }
    : undefined;
}
