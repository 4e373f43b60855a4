import { figureOf } from './cells';
import { type Column, inferSupports } from './columns';
import { type Draft, severalClaims, unreadable } from './draft';
import type { GridRow } from './grid';
import { columnOf, isUnclearAccuracy } from './words';

/** Columns of a table, the column of the names, and what is left out. */
export interface Layout {
  readonly columns: readonly Column[];
  readonly names: number;
  readonly width: number;
  readonly nameTitles: readonly string[];
}

/** The name of a row; empty where it has none. */
export const rowName = ({ names }: Pick<Layout, 'names'>, { cells }: GridRow): string =>
  (cells[names] ?? '').trim();

/** Row of the titles: the one among the first that names most measures. */
export function headOf(rows: readonly GridRow[]): number | undefined {
  let best: { at: number; known: number } | undefined;
  for (const [at, { cells }] of rows.slice(0, 5).entries()) {
    const known = cells.filter((cell) => columnOf(cell) !== undefined && figureOf(cell) === undefined).length;
    const isRow = cells.slice(1).some((cell) => figureOf(cell) !== undefined);
    if (known > (best?.known ?? 0) && !isRow) best = { at, known };
  }
  const useful = best && rows[best.at]!.cells.some((cell) => !['other', undefined].includes(columnOf(cell)));
  return useful ? best!.at : undefined;
}

/** Titles that lack one for the names are moved by one cell. */
export function shiftedTitles({ cells }: GridRow, body: readonly GridRow[]): readonly string[] {
  const first = cells[0] ?? '';
  const longer = body.filter((row) => row.cells.length === cells.length + 1).length;
  const named = columnOf(first) !== undefined && first !== '';
  return named && longer * 2 > body.length ? ['', ...cells] : cells;
}

interface About {
  readonly draft: Draft;
  readonly line: number;
}

/** Finds the columns that are used, and the one of the names. */
export function layOutClasses(
  titles: readonly string[],
  body: readonly GridRow[],
  { draft, line }: About,
): Layout {
  const named = nameColumns(titles, body);
  const names = named[0] ?? 0;
  const columns: Column[] = [];
  titles.forEach((title, index) => {
    if (index <= names || named.includes(index)) return;
    const kind = columnOf(title);
    const cells = body.map((row) => row.cells[index] ?? '');
    if (!kind || kind === 'other') {
      if (cells.some((cell) => figureOf(cell))) {
        draft.notes.push({
          line,
          text: title || `column ${index + 1}`,
          reason: kind ? 'not audited' : 'the title is not known',
        });
      }
      return;
    }
    if (isAggregate(title) && kind !== 'support') draft.uncertain ??= line;
    const full = body
      .filter((row) => row.cells.length === titles.length)
      .map((row) => row.cells[index] ?? '');
    columns.push({ kind, index, title, isPercent: kind !== 'support' && isPercentColumn(title, full) });
  });
  askForAccuracy(columns, line);
  const inferred = inferSupports(columns, { titles, body, names });
  if (inferred) draft.notes.push({ line, text: inferred.title, reason: inferred.why });
  const all = inferred ? [...columns, inferred.column] : columns;
  return {
    columns: withoutTwins(all, body, { draft, line }),
    names,
    width: titles.length,
    nameTitles: named.map((index) => titles[index] ?? ''),
  };
}

/** Beside recalls, and without precisions, a word for the accuracy may mean the precision. */
function askForAccuracy(columns: readonly Column[], line: number): void {
  const unclear = columns.find(({ kind, title }) => kind === 'accuracy' && isUnclearAccuracy(title));
  const kinds = columns.map(({ kind }) => kind);
  if (!unclear || kinds.includes('precision') || !kinds.includes('recall')) return;
  throw unreadable(
    `line ${line}: '${unclear.title}' may be the accuracy or the precision`,
    "title the column 'Accuracy' or 'Precision'",
  );
}

/** The columns left of the first measure that hold names: all of them, but for numbers of the rows and other counts. */
function nameColumns(titles: readonly string[], body: readonly GridRow[]): number[] {
  const first = titles.findIndex((title, index) => index > 0 && columnOf(title) !== undefined);
  const left = Array.from({ length: Math.max(1, first) }, (_, index) => index);
  if (left.length === 1) return left;
  const named = left.filter((index) => {
    const cells = body.map((row) => row.cells[index] ?? '').filter((cell) => cell !== '');
    return !isNumbering(index, body) && !(index > 0 && cells.every((cell) => figureOf(cell)));
  });
  return named.length > 0 ? named : [0];
}

/** Whether the first column only numbers the rows, which have their names in the next. */
function isNumbering(index: number, body: readonly GridRow[]): boolean {
  const rows = body.filter(({ cells }) => (cells[1] ?? '') !== '' && figureOf(cells[1]!) === undefined);
  const starts = [0, 1].some((start) => rows.every(({ cells }, i) => cells[0] === String(i + start)));
  return index === 0 && rows.length > 0 && starts;
}

/** Whether a title says that the figures are means over several evaluations. */
export function isAggregate(title: string): boolean {
  return /over (?:\w+ )?(?:seeds|runs|folds|trials)|\b(?:average|avg|mean|median)\b|[±]|\bstd\b|\bsd\b/i.test(
    title,
  );
}

/** Whether figures without a percent sign are hundredths, by their title and size. */
export function isPercentColumn(title: string, cells: readonly string[]): boolean {
  // The level of an interval, as in `Recall (95% CI)`, is none of the figures'.
  const own = title.replace(/\d\s*%/g, '');
  return /%|percent|prozent/i.test(own) || cells.some((cell) => Number(figureOf(cell)?.text ?? 0) > 1.5);
}

/** A measure that stands there twice with the same figures is read once; with others, the columns are several systems. */
function withoutTwins(
  columns: readonly Column[],
  body: readonly GridRow[],
  { draft, line }: About,
): Column[] {
  return columns.filter((column, at) => {
    const twin = columns.find((other, k) => other.kind === column.kind && k !== at);
    if (!twin) return true;
    const same = body.every(({ cells }) => (cells[column.index] ?? '') === (cells[twin.index] ?? ''));
    if (!same || column.kind === 'support') {
      const [a, b] = [column.title, twin.title].map((title) => `'${title}'`);
      throw severalClaims(`line ${line}: two columns are ${column.kind} (${a} and ${b})`);
    }
    const isSecond = column.index > twin.index;
    if (!isSecond) draft.notes.push({ line, text: column.title, reason: `the same as ${twin.title}` });
    return isSecond;
  });
}
