import { type CellFigure, countOf, figureOf, isBlank } from './cells';
import { type Column, inferSupports } from './columns';
import { type Draft, emptyDraft, enter, severalSystems, unreadable } from './draft';
import type { Grid, GridRow } from './grid';
import { enterMeasure } from './measures';
import { pairOf } from './pairs';
import { rowsKind } from './rows-kind';
import { columnOf, isAccuracy, isSamplesMean, isSystemRow, meanOf, plain, rowsBelow } from './words';

/** Columns of a table, the column of the names, and what is left out. */
interface Layout {
  readonly columns: readonly Column[];
  readonly names: number;
  readonly width: number;
  readonly nameTitles: readonly string[];
}

/** Reads a table whose columns are measures and whose rows are classes; undefined when no column is known. */
export function readClassTable(grid: Grid): Draft | undefined {
  const at = headOf(grid.rows);
  if (at === undefined) return undefined;
  const draft = emptyDraft();
  for (const row of grid.rows.slice(0, at)) {
    draft.notes.push({ line: row.line, text: row.cells.join(' ').trim(), reason: 'stands above the titles' });
  }
  const body = grid.rows.slice(at + 1);
  if (namesMeasures(body)) return undefined;
  const titles = shiftedTitles(grid.rows[at]!, body);
  const layout = layOut(titles, body, { draft, line: grid.rows[at]!.line });
  if (layout.columns.every(({ kind }) => kind === 'support')) return undefined;
  checkRows(layout, body);
  for (const row of body) readRow(draft, row, layout);
  return draft;
}

/** Whether the rows are measures, so that the columns must be classes. */
function namesMeasures(body: readonly GridRow[]): boolean {
  const measures = body.filter(({ cells }) =>
    ['precision', 'recall', 'f1'].includes(columnOf(cells[0] ?? '') ?? ''),
  );
  return measures.length > 1 && measures.length * 2 >= body.length;
}

/** Row of the titles: the one among the first that names most measures. */
function headOf(rows: readonly GridRow[]): number | undefined {
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
function shiftedTitles({ cells }: GridRow, body: readonly GridRow[]): readonly string[] {
  const first = cells[0] ?? '';
  const longer = body.filter((row) => row.cells.length === cells.length + 1).length;
  const named = columnOf(first) !== undefined && first !== '';
  return named && longer * 2 > body.length ? ['', ...cells] : cells;
}

interface About {
  readonly draft: Draft;
  readonly line: number;
}

function layOut(titles: readonly string[], body: readonly GridRow[], { draft, line }: About): Layout {
  const first = titles.findIndex((title, index) => index > 0 && columnOf(title) !== undefined);
  const isIndex = (index: number) =>
    body.every(({ cells }, i) => cells[index] === String(i) || (cells[index] ?? '') === '');
  const left = Array.from({ length: Math.max(1, first) }, (_, index) => index);
  const named = left.filter((index) => left.length === 1 || !isIndex(index));
  const names = named[0] ?? 0;
  const columns: Column[] = [];
  titles.forEach((title, index) => {
    if (index <= names || left.includes(index)) return;
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

function isAggregate(title: string): boolean {
  return /over (?:\w+ )?(?:seeds|runs|folds|trials)|\b(?:average|avg|mean|median)\b|[±]|\bstd\b|\bsd\b/i.test(
    title,
  );
}

function isPercentColumn(title: string, cells: readonly string[]): boolean {
  return /%|percent|prozent/i.test(title) || cells.some((cell) => Number(figureOf(cell)?.text ?? 0) > 1.5);
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
      throw unreadable(
        `line ${line}: two columns are ${column.kind} (${a} and ${b})`,
        'keep the columns of one system and one test set',
      );
    }
    const isSecond = column.index > twin.index;
    if (!isSecond) draft.notes.push({ line, text: column.title, reason: `the same as ${twin.title}` });
    return isSecond;
  });
}

/** Refuses rows that are no classes. */
function checkRows({ columns, names, nameTitles }: Layout, body: readonly GridRow[]): void {
  const labels = body.map(({ cells }) => cells[names] ?? '');
  const isMean = (label: string) => meanOf(label) !== undefined || isAccuracy(label) || isSamplesMean(label);
  const classes = labels.filter((label) => label !== '' && !isMean(label) && columnOf(label) === undefined);
  if (classes.length === 0) return;
  const hasMeans = labels.some(
    (label) => (isMean(label) && !/^(?:mean|avg|average)$/i.test(label)) || isAccuracy(label),
  );
  const kind = rowsKind({
    titles: nameTitles,
    labels: classes,
    hasSupport: columns.some((column) => column.kind === 'support'),
    hasMeans: hasMeans || labels.some((label) => meanOf(label) !== undefined && !classes.some(isSystemRow)),
    hasAccuracyColumn: columns.some((column) => column.kind === 'accuracy'),
  });
  if (kind === 'systems') throw severalSystems('the rows', classes.slice(0, 3).join(', '));
  if (kind === 'unknown') {
    const [first = ''] = classes;
    throw unreadable(
      `the rows (${first}, ...) may be classes or systems, and nothing tells which`,
      "title the first column 'Class' if they are the classes of one evaluation",
    );
  }
  if (nameTitles.length > 1) {
    const second = nameTitles.slice(1).filter((title) => title !== '' && rowsBelow(title) !== 'classes');
    if (second.length > 0)
      throw severalSystems(`the rows, by their column ${second[0]},`, classes.slice(0, 3).join(', '));
  }
}

function readRow(draft: Draft, row: GridRow, layout: Layout): void {
  const pair = pairOf(row.cells[layout.names] ?? '');
  if (pair && enterMeasure(draft, pair.label, { cell: pair.value.text, line: row.line })) return;
  const label = (row.cells[layout.names] ?? '').replace(/\s*[:.]$/, '');
  const mean = meanOf(label);
  const cells = aligned(row, layout, mean !== undefined || isAccuracy(label));
  const figures = layout.columns.flatMap((column): Entry[] => {
    const cell = cells[column.index] ?? '';
    return isBlank(cell) ? [] : [{ column, cell, line: row.line }];
  });
  if (isSamplesMean(label)) {
    draft.severalLabels = true;
    draft.notes.push({ line: row.line, text: label, reason: 'a mean over items with several labels' });
  } else if (label === '') {
    if (figures.length > 0)
      draft.notes.push({ line: row.line, text: row.cells.join(' ').trim(), reason: 'the row has no name' });
  } else if (isAccuracy(label)) readAccuracyRow(draft, figures, row.line);
  else if (mean) readMeanRow(draft, figures, mean);
  else if (columnOf(label) !== undefined && figures.length < layout.columns.length) {
    for (const { cell, line } of figures.slice(0, 1)) enterMeasure(draft, label, { cell, line });
  } else readClassRow(draft, figures, { label, line: row.line, cells });
}

interface Entry {
  readonly column: Column;
  readonly cell: string;
  readonly line: number;
}

/** A row that is short is filled: means and accuracies stand flush right; a row that is long is an error. */
function aligned(
  { line, cells }: GridRow,
  { width, columns, names }: Layout,
  isSummary: boolean,
): readonly string[] {
  let row = cells;
  while (row.length > width && (row.at(-1) ?? '') === '') row = row.slice(0, -1);
  if (row.length > width) {
    throw unreadable(
      `line ${line}: the row of '${row[0]}' has ${row.length} cells for ${width} titles`,
      'give every row one cell for each title; if commas stand before decimals, separate cells by ; or quote them',
    );
  }
  if (row.length === width || !isSummary) return row;
  const last = columns.at(-1);
  const figures = row.slice(names + 1);
  const isCount = last?.kind === 'support' && countOf(figures.at(-1) ?? '') !== undefined;
  if (!isCount) return row;
  return [...row.slice(0, names + 1), ...new Array<string>(width - row.length).fill(''), ...figures];
}

function figureText({ column, cell, line }: Entry, draft: Draft): string {
  const figure = figureOf(cell);
  if (!figure) {
    throw unreadable(
      `line ${line}: '${cell}' is no figure`,
      'write a figure as it is printed, or - where there is none',
    );
  }
  if (figure.isUncertain) draft.uncertain ??= line;
  if (figure.aside !== '' && !figure.isUncertain) {
    draft.notes.push({ line, text: figure.aside, reason: `stands behind ${figure.text}` });
  }
  return withPercent(figure, column.isPercent);
}

function withPercent({ text, isPercent }: CellFigure, isColumn: boolean): string {
  return !isPercent && (isColumn || Number(text) > 1.5) ? `${text}%` : text;
}

function readAccuracyRow(draft: Draft, figures: readonly Entry[], line: number): void {
  const printed = figures.filter(({ column, cell }) => column.kind !== 'support' && figureOf(cell));
  const texts = [...new Set(printed.map((entry) => figureText(entry, draft)))];
  if (texts.length > 1) {
    throw unreadable(
      `line ${line}: the row of the accuracy has the figures ${texts.join(', ')}`,
      'keep one figure in that row; means over the classes have a name such as macro avg',
    );
  }
  if (texts.length) draft.accuracies.push({ text: texts[0]!, line });
  const support = figures.find(({ column }) => column.kind === 'support');
  const isAccuracyAgain = printed.some(({ cell }) => cell === support?.cell);
  const count = support && !isAccuracyAgain ? countOf(support.cell) : undefined;
  if (count !== undefined) addItems(draft, count, line);
}

function addItems(draft: Draft, count: number, line: number): void {
  if (draft.n !== undefined && draft.n !== count) {
    draft.notes.push({ line, text: String(count), reason: `another row gives n = ${draft.n}` });
  }
  draft.n ??= count;
}

function readMeanRow(draft: Draft, figures: readonly Entry[], mean: string): void {
  for (const entry of figures) {
    const { column, cell, line } = entry;
    if (column.kind === 'support') {
      const count = countOf(cell);
      if (count === undefined) draft.notes.push({ line, text: cell, reason: 'no number of items' });
      else addItems(draft, count, line);
    } else if (column.kind === 'accuracy') {
      if (mean === 'macro') draft.notes.push({ line, text: cell, reason: 'a mean of class accuracies' });
      else draft.accuracies.push({ text: figureText(entry, draft), line });
    } else enter(draft.means, mean, { key: column.kind, text: figureText(entry, draft), line });
  }
}

function readClassRow(
  draft: Draft,
  figures: readonly Entry[],
  { label, line, cells }: { label: string; line: number; cells: readonly string[] },
): void {
  if (figures.length === 0) {
    const isTitle = cells.filter((cell) => cell !== '').length < 2;
    if (isTitle) {
      draft.notes.push({ line, text: label, reason: 'a row without figures' });
      return;
    }
  }
  if (draft.classes.some((name) => plain(name) === plain(label) && name.trim() === label.trim())) {
    throw unreadable(
      `line ${line}: the class '${label}' stands there twice`,
      'keep the rows of one system and one test set',
    );
  }
  draft.classes.push(label);
  for (const entry of figures) {
    const { column, cell } = entry;
    if (column.kind !== 'support') {
      enter(draft.perClass, column.kind, { key: label, text: figureText(entry, draft), line });
      continue;
    }
    const count = countOf(cell);
    if (count === undefined) {
      throw unreadable(
        `line ${line}: '${cell}' is no number of items`,
        'write whole numbers below the title of the supports',
      );
    }
    draft.supports.set(label, count);
  }
}
