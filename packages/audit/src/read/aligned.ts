import { figureOf, isBlank } from './cells';
import { bareLabels } from './confusion-labels';
import type { Block, GridRow } from './grid';
import type { Line } from './lines';
import { meanOf } from './mean-words';
import { pairOf } from './pairs';
import { columnOf, rowsBelow } from './words';

const RULE = /^[\s=+_*~─━═┄-]{3,}$/;
/** Lines between the titles and the first figures. */
const MAX_GAP = 4;

/** A table whose columns are made of blanks, such as the reports of scikit-learn, caret, Weka and pandas. */
export function alignedBlock(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  const head = lines[at]!;
  const first = nextFull(lines, at + 1);
  if (first === undefined || first > at + MAX_GAP || pairOf(head.text)) return undefined;
  if (isHeading(head.text)) return undefined;
  // Arrays and tables with bars have readers of their own.
  if (/^\s*(?:array\()?[[|]|<--/.test(lines[first]!.text)) return undefined;
  const titles = splitTitles(head.text);
  const known = titles.filter((title) => columnOf(title) !== undefined).length;
  const isHead = MATRIX_HEAD.test(head.text) || isNumbered(titles, lines, first);
  if (!isHead && namesRows(head.text, lines[first]!.text)) return undefined;
  const hasFigures = titles.some((title) => figureOf(title) !== undefined);
  if (hasFigures && !isHead && known < 2) return undefined;
  const start = isSubtitle(lines[first]!.text) ? nextFull(lines, first + 1) : first;
  if (start === undefined || figureWords(lines[start]!.text) < (known > 0 ? 1 : 2)) return undefined;
  if (known === 0 && titles.length < 2) return undefined;
  const chosen = known > 0 ? titles : bySize(titles, head.text, lines[start]!.text);
  const { rows, next } = takeRows(lines, start, chosen.length);
  if (rows.length === 0) return undefined;
  const subtitle = start === first ? '' : lines[first]!.text.trim();
  const cells = layOut(chosen, rows, subtitle);
  return (
    cells && {
      blocks: [
        {
          type: 'grid',
          rows: [{ line: head.number, cells: cells.titles }, ...cells.rows],
          isFlushRight: true,
        },
      ],
      next,
    }
  );
}

/** Headings such as Weka's `=== Summary ===`, and lines that end in a colon, are no titles of columns. */
function isHeading(text: string): boolean {
  return /^\s*={2,}\s.*\s={2,}\s*$/.test(text) || /^\s*\S+(?: \S+){2,}:\s*$/.test(text);
}

/** Whether the line below a head holds the titles and names the rows, rather than figures behind the name of a row. */
function namesRows(head: string, below: string): boolean {
  const { length } = head.trim().split(/\s{2,}|\t/);
  return MATRIX_HEAD.test(below) && !(length > 2 && figureWords(below) >= length - 1);
}

/** Single words for titles where the rows have as many, since long names may stand one blank apart. */
function bySize(titles: readonly string[], head: string, row: string): readonly string[] {
  const words = head.trim().split(/\s+/);
  const count = wordsOf(row).length;
  return count === words.length && count !== titles.length ? words : titles;
}

/** The line above a matrix that names its rows or its columns. */
const MATRIX_HEAD =
  /^\s*(?:predict|prediction|predicted|actual|true|reference|truth|pred|real|response|observed)\b/i;

/** Titles that are numbers, with rows that begin with them. */
function isNumbered(titles: readonly string[], lines: readonly Line[], first: number): boolean {
  if (!titles.every((title) => /^\d+$/.test(title)) || new Set(titles).size < titles.length) return false;
  const words = wordsOf(lines[first]!.text);
  return words.length === titles.length + 1 && words[0] === titles[0];
}

/** Index of the next line that is neither blank nor a rule. */
function nextFull(lines: readonly Line[], from: number): number | undefined {
  for (let i = from; i < lines.length; i++) {
    if (lines[i]!.text.trim() !== '' && !RULE.test(lines[i]!.text)) return i;
  }
  return undefined;
}

/** The second line of a pandas head: the name of the rows alone. */
function isSubtitle(text: string): boolean {
  return /^\s*[\p{L}_]+\s*$/u.test(text) && figureWords(text) === 0;
}

/** Words of a line, a figure with its uncertainty or what stands in brackets behind it being one. */
function wordsOf(text: string): string[] {
  const line = text
    .replace(/\s*(?:±|\+\s?\/?-)\s*/g, '±')
    .replace(/(\d%?)\s+\((?=[\d.])/g, '$1(')
    .replace(/\s*([–—])\s*(?=\d)/g, '$1')
    .trim();
  return line.split(/\s+/);
}

/** The cells of a row: its words, or the pieces between two blanks where these fit the titles, as in `Class 1  42  3`. */
function cellsOf(text: string, titles: number): string[] {
  const words = wordsOf(text);
  const pieces = text.trim().split(/\s{2,}|\t+/);
  const fits = pieces.length === titles || pieces.length === titles + 1;
  return fits && pieces.length > 2 && words.length !== titles && pieces.slice(1).every(isFigure)
    ? pieces
    : words;
}

function isFigure(word: string): boolean {
  return figureOf(word) !== undefined || (word !== '' && isBlank(word));
}

function figureWords(text: string): number {
  return wordsOf(text).filter((word) => figureOf(word) !== undefined).length;
}

/** Titles in a line: pieces between two blanks or more, or single words as far as they are known. */
function splitTitles(text: string): string[] {
  const line = text.replace(/\b(Class):\s+/g, '$1:').trim();
  const pieces = line.split(/\s{2,}|\t/);
  const words = line.split(/\s+/);
  const knownIn = (titles: readonly string[]) =>
    titles.filter((title) => columnOf(title) !== undefined).length;
  if (pieces.length > 2 && pieces.length + 2 >= words.length) return pieces;
  const greedy = greedyTitles(words);
  return knownIn(greedy) > knownIn(pieces) ? greedy : pieces.length > 1 ? pieces : words;
}

/** Known titles of up to four words; unknown words in front of them are one title. */
function greedyTitles(words: readonly string[]): string[] {
  const titles: string[] = [];
  let front: string[] = [];
  for (let i = 0; i < words.length; ) {
    const length = [4, 3, 2, 1].find(
      (n) => i + n <= words.length && columnOf(words.slice(i, i + n).join(' ')),
    );
    if (length) {
      if (front.length) titles.push(front.join(' '));
      front = [];
      titles.push(words.slice(i, i + length).join(' '));
    } else front.push(words[i]!);
    i += length ?? 1;
  }
  return front.length ? [...titles, ...(titles.length ? front : [front.join(' ')])] : titles;
}

function takeRows(
  lines: readonly Line[],
  start: number,
  titles: number,
): { rows: { line: number; words: string[] }[]; next: number } {
  const rows: { line: number; words: string[] }[] = [];
  let next = start;
  for (; next < lines.length; next++) {
    const { number, text } = lines[next]!;
    if (text.trim() === '' || RULE.test(text)) continue;
    const words = cellsOf(text, titles);
    if (pairOf(text) || !words.some(isFigure) || isSentence(words)) break;
    rows.push({ line: number, words });
  }
  return { rows, next };
}

/** Prose with a number in it, and titles of the next table. */
function isSentence(words: readonly string[]): boolean {
  const figures = words.filter(isFigure).length;
  return (
    words.length - figures > 8 ||
    (words.filter((word) => columnOf(word)).length > 1 && !meanOf(words.join(' ')))
  );
}

/** Gives every row its name and its figures; undefined when the figures don't fit the titles. */
function layOut(
  titles: readonly string[],
  rows: readonly { line: number; words: string[] }[],
  subtitle: string,
): { titles: string[]; rows: GridRow[] } | undefined {
  const namesLast = /^class$/i.test(titles.at(-1)!) && titles.length > 2;
  if (namesLast) return namesBehind(titles.slice(0, -1), rows);
  const first = columnOf(titles[0]!);
  // `Class` is the title of the names; `Class 1` and `Class:A` are names themselves.
  const isTitle = rowsBelow(titles[0]!) !== undefined && !/[\d:]/.test(titles[0]!);
  const isNamed = isTitle || (MATRIX_HEAD.test(titles[0]!) && bareLabels(titles).common === '');
  const isLonger = rows.every(({ words }) => words.length === titles.length + 1);
  const most = Math.max(...rows.map(({ words }) => trailingFigures(words)));
  const fewest = Math.min(...rows.map(({ words }) => words.length));
  const isTight = most === titles.length && fewest > titles.length - 1 && !allFigures(rows);
  const needsName = first !== undefined || (!isNamed && (isLonger || isTight));
  const all = needsName
    ? [subtitle, ...titles]
    : subtitle
      ? [`${subtitle} \\ ${titles[0]}`, ...titles.slice(1)]
      : [...titles];
  const columns = all.length - 1;
  if (columns < 1) return undefined;
  const laid = rows.map(({ line, words }) => ({ line, cells: flushRight(words, columns) }));
  return { titles: all, rows: withoutNumbers(laid) };
}

/** Takes the numbers of the rows off their names, as pandas prints them. */
function withoutNumbers(rows: GridRow[]): GridRow[] {
  const names = rows.map(({ cells }) => /^(\d+) (\p{L}.*)$/u.exec(cells[0]!));
  if (rows.length < 2 || !names.every((match, i) => match && Number(match[1]) === i)) return rows;
  return rows.map(({ line, cells }, i) => ({ line, cells: [names[i]![2]!, ...cells.slice(1)] }));
}

/** Rows of figures only, the first of which is the name of a class. */
function allFigures(rows: readonly { words: string[] }[]): boolean {
  return (
    rows.every(({ words }) => words.every(isFigure)) &&
    new Set(rows.map(({ words }) => words.length)).size === 1
  );
}

function trailingFigures(words: readonly string[]): number {
  let count = 0;
  while (count < words.length && isFigure(words.at(-1 - count)!)) count++;
  return count;
}

function flushRight(words: readonly string[], columns: number): string[] {
  const figures = Math.min(columns, trailingFigures(words), Math.max(1, words.length - 1));
  const split = words.length - figures;
  const empty = new Array<string>(columns - figures).fill('');
  return [words.slice(0, split).join(' '), ...empty, ...words.slice(split)];
}

/** Rows that end in the name of their class; means begin with theirs. */
function namesBehind(
  titles: readonly string[],
  rows: readonly { line: number; words: string[] }[],
): { titles: string[]; rows: GridRow[] } {
  const laid = rows.map(({ line, words }) => {
    const from = words.findIndex(isFigure);
    const leading = words.slice(0, from);
    const rest = words.slice(from);
    const figures = rest.slice(0, titles.length);
    const name = leading.length ? leading : rest.slice(titles.length);
    const empty = new Array<string>(Math.max(0, titles.length - figures.length)).fill('');
    return { line, cells: [name.join(' '), ...figures.map((word) => (isBlank(word) ? '' : word)), ...empty] };
  });
  return { titles: ['Class', ...titles], rows: laid };
}
