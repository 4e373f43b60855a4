import { datasetNamed } from '../claim/datasets';
import type { UnusedText } from '../report/understood';
import { figureOf, isBlank } from './cells';
import { enterDeviation } from './deviation';
import { type Draft, emptyDraft } from './draft';
import type { Grid, GridRow } from './grid';
import { enterInterval } from './interval-text';
import { meanOf } from './mean-words';
import { enterMeasure, measureOf } from './measures';
import { type SystemColumn, type SystemLayout, systemLayout } from './systems-layout';
import { isSpread } from './words';

/** The figures of one system on one data set. */
export interface SystemDraft {
  /** Such as `ResNet-50, RAF-DB`. */
  readonly title: string;
  /** A data set that is built in, if the row or the column names one. */
  readonly dataset: string | undefined;
  readonly draft: Draft;
}

/**
 * Reads a table whose rows are systems (models, folds, data sets) and whose columns are overall measures, possibly of
 * several data sets side by side. Undefined when no column is such a measure.
 */
export function readSystems(grid: Grid): SystemDraft[] | undefined {
  const layout = systemLayout(grid.rows);
  if (!layout) return undefined;
  const found: SystemDraft[] = [];
  const spreads: UnusedText[] = [];
  let above: readonly string[] = [];
  let heading = '';
  for (const row of layout.body) {
    const names = namesOf(row, layout, above);
    above = names;
    const full = layout.columns.filter(({ index }) => figureOf(row.cells[index] ?? '') !== undefined);
    if (full.length === 0) heading = row.cells.find((cell) => !isBlank(cell)) ?? heading;
    else if (names.some(isSpread))
      spreads.push({ line: row.line, text: names.join(' '), reason: 'a spread' });
    else found.push(...readRow(row, { layout, names, heading }));
  }
  const [first] = found;
  first?.draft.notes.push(...layout.notes, ...spreads);
  return found.length > 0 ? found : undefined;
}

/** The names of a row; a blank one goes on from the row above, as where cells span rows. */
function namesOf({ cells }: GridRow, { names }: SystemLayout, above: readonly string[]): string[] {
  const own = names.map((index) => cells[index] ?? '');
  const isContinued = own.some((name) => name !== '');
  return own.map((name, i) => (name === '' && isContinued ? (above[i] ?? '') : name));
}

interface About {
  readonly layout: SystemLayout;
  readonly names: readonly string[];
  readonly heading: string;
}

/** One claim for each group of columns: those of one data set, or all. */
function readRow(row: GridRow, { layout, names, heading }: About): SystemDraft[] {
  const isMean = names.some((name) => meanOf(name) !== undefined);
  return [...layout.groups].flatMap(([group, columns]): SystemDraft[] => {
    const draft = emptyDraft();
    const words = [heading, ...names, group].filter((word) => word !== '');
    for (const column of columns) readCell(draft, row, column);
    if (draft.accuracies.length === 0 && draft.means.size + draft.agreement.size + draft.topK.size === 0)
      return [];
    // A row of means over the others is of no evaluation of its own.
    if (isMean) draft.uncertain ??= row.line;
    const dataset = words.map(datasetNamed).find((id) => id !== undefined);
    return [{ title: words.join(', ') || `line ${row.line}`, dataset, draft }];
  });
}

function readCell(draft: Draft, row: GridRow, column: SystemColumn): void {
  const cell = row.cells[column.index] ?? '';
  const figure = figureOf(cell);
  if (!figure) {
    if (!isBlank(cell)) draft.notes.push({ line: row.line, text: cell, reason: 'no figure' });
    return;
  }
  if (figure.aside !== '') {
    const shown = column.isPercent && !figure.isPercent ? `${figure.text}%` : figure.text;
    const about = { figure: { ...figure, text: shown }, title: column.title };
    const isAccuracy = measureOf(column.measure)?.type === 'accuracy';
    const isUsed =
      isAccuracy &&
      (enterInterval(draft, { table: 'accuracy', key: '' }, about) ||
        enterDeviation(draft, about.figure, column.title));
    if (!isUsed)
      draft.notes.push({ line: row.line, text: figure.aside, reason: `stands behind ${figure.text}` });
    // An interval may be of one evaluation or of several.
    draft.uncertain ??= row.line;
  }
  const isBare = column.isPercent && !figure.isPercent && !figure.isUncertain;
  const text = isBare ? `${figure.text}%` : cell;
  if (figure.isUncertain && column.isPercent) {
    enterMeasure(draft, column.measure, { cell: `${figure.text.replace('%', '')}% ±`, line: row.line });
  } else enterMeasure(draft, column.measure, { cell: text, line: row.line });
  if (column.isMean) draft.uncertain ??= row.line;
}
