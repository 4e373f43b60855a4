import { decimalsOf } from '../numbers/decimals';
import { type CellFigure, countOf, figureOf, isBlank } from './cells';
import type { Layout } from './class-layout';
import type { Column } from './columns';
import { enterDeviation } from './deviation';
import { type Draft, enter, severalClaims, unreadable } from './draft';
import type { GridRow } from './grid';
import { enterInterval } from './interval-text';
import { meanOf } from './mean-words';
import { enterMeasure } from './measures';
import { pairOf } from './pairs';
import { columnOf, isAccuracy, isRate, isSamplesMean, isSpread, plain } from './words';

/** Enters a row into the draft: a class, a mean, the accuracy, or a note. */
export function readRow(draft: Draft, row: GridRow, layout: Layout): void {
  const name = row.cells.slice(0, layout.names + 1).findLast((cell) => cell !== '') ?? '';
  const pair = pairOf(name);
  if (pair && enterMeasure(draft, pair.label, { cell: pair.value.text, line: row.line })) return;
  const label = name.replace(/\s*[:.]$/, '');
  const mean = meanOf(label);
  const cells = aligned(row, layout, mean !== undefined || isAccuracy(label));
  const figures = layout.columns.flatMap((column): Entry[] => {
    const cell = cells[column.index] ?? '';
    return isBlank(cell) ? [] : [{ column, cell, line: row.line }];
  });
  if (isSpread(label)) {
    draft.notes.push({ line: row.line, text: row.cells.join(' ').trim(), reason: 'no class, but a spread' });
  } else if (isSamplesMean(label)) {
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

/** @param place of the interval that may stand behind the figure; none where its figure's intervals are not audited */
function figureText(
  { column, cell, line }: Entry,
  draft: Draft,
  place?: { table: string; key: string; isItems?: boolean; isClass?: boolean },
): string {
  const figure = figureOf(cell);
  if (!figure) {
    throw unreadable(
      `line ${line}: '${cell}' is not a figure`,
      'write a figure as it is printed, or - where there is none',
    );
  }
  if (figure.isUncertain) draft.uncertain ??= line;
  const text = withPercent(figure, column.isPercent);
  const about = { figure: { ...figure, text }, title: column.title };
  const isInterval = hasIntervals(place) && enterInterval(draft, place, about);
  const ofClass = place?.isClass && { metric: column.kind, key: place.key, line };
  const isDeviation =
    (place === ACCURACY || (ofClass && ['precision', 'recall', 'f1'].includes(column.kind))) &&
    enterDeviation(draft, about.figure, column.title, ofClass || undefined);
  if (figure.aside !== '' && !isDeviation && !isInterval && !place?.isItems) {
    draft.notes.push({ line, text: figure.aside, reason: `stands behind ${figure.text}` });
  }
  return text;
}

/** Intervals are audited of the accuracy and of recalls. */
function hasIntervals<T extends { table: string }>(place: T | undefined): place is T {
  return place !== undefined && /^(?:accuracy|perClass\.recall)$/.test(place.table);
}

function withPercent({ text, isPercent }: CellFigure, isColumn: boolean): string {
  return !isPercent && (isColumn || Number(text) > 1.5) ? `${text}%` : text;
}

/** Where the interval of the overall accuracy is kept. */
const ACCURACY = { table: 'accuracy', key: '' } as const;

function readAccuracyRow(draft: Draft, figures: readonly Entry[], line: number): void {
  const printed = figures.filter(({ column, cell }) => column.kind !== 'support' && figureOf(cell));
  const texts = [...new Set(printed.map((entry) => figureText(entry, draft, ACCURACY)))];
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
    } else if (isRate(column.kind))
      draft.notes.push({ line, text: cell, reason: `a mean of the ${column.kind}` });
    else if (column.kind === 'accuracy') {
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
    throw severalClaims(`line ${line}: the class '${label}' occurs twice`);
  }
  draft.classes.push(label);
  for (const entry of figures) {
    const { column, cell } = entry;
    if (column.kind !== 'support') {
      enter(isRate(column.kind) ? draft.rates : draft.perClass, column.kind, {
        key: label,
        text: figureText(entry, draft, {
          table: `perClass.${column.kind}`,
          key: label,
          isItems: column.kind === 'recall' && enterItems(draft, label, cell),
          isClass: true,
        }),
        line,
      });
      continue;
    }
    const count = countOf(cell);
    if (count === undefined) {
      throw unreadable(
        `line ${line}: '${cell}' is not a number of items`,
        'write whole numbers below the title of the supports',
      );
    }
    draft.supports.set(label, count);
  }
}

/** The items of a class where its recall stands beside its fraction, as in `90.0% (45/50)`, and is that fraction. */
function enterItems(draft: Draft, label: string, cell: string): boolean {
  const { text = '', aside = '' } = figureOf(cell) ?? {};
  const [, right, items] = /^(\d+)\s*\/\s*(\d+)$/.exec(aside) ?? [];
  const share = (100 * Number(right)) / Number(items);
  const digits = Number(text.replace('%', ''));
  const unit = 10 ** -decimalsOf(text);
  const isShare = [share, share / 100].some((value) => Math.abs(value - digits) <= unit);
  if (isShare && !draft.supports.has(label)) draft.supports.set(label, Number(items));
  return isShare && draft.supports.get(label) === Number(items);
}
