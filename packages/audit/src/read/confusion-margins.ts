import { countOf, figureOf } from './cells';
import { sameClass } from './confusion-labels';
import type { Draft } from './draft';
import type { GridRow } from './grid';
import { columnOf, plain } from './words';

const TOTAL =
  /^(?:∑|Σ|total|totals|sum|row ?total|column ?total|gesamt|summe|somme|totale|合计|合計|итого)$/i;
/** Words for totals that name classes too, such as N for normal beats and ALL for a leukaemia. */
const MAYBE_TOTAL = /^(?:all|overall|n|support|items|samples)$/i;

/** Numbers of wrong answers of each class, as mlr prints them; they follow from the matrix. */
const WRONG = /^-err\.-$/;
/** Shares of the predictions, and the accuracy at their end, as SPSS prints them. */
const OVERALL = /^overall percentage$/i;

/** Measures of the classes beside a matrix that are named otherwise elsewhere. */
const BESIDE: readonly (readonly [RegExp, string])[] = [
  [/^(?:class[ .]?)?error(?: rate)?$/i, 'FNR'],
  [/^percent(?:age)? correct$/i, 'Recall'],
];

/** The name of a measure that stands beside a matrix whose rows are true classes. */
export function besideTitle(label: string): string {
  return BESIDE.find(([pattern]) => pattern.test(label.trim()))?.[1] ?? label;
}

/** A column of a matrix. */
export interface MatrixColumn {
  readonly label: string;
  readonly index: number;
}

/** What stands at the margins of a matrix, beside its classes. */
export interface Margins {
  readonly inner: readonly MatrixColumn[];
  readonly rows: readonly GridRow[];
  readonly totalColumn: MatrixColumn | undefined;
  readonly totalRow: GridRow | undefined;
  /** Columns and rows with a measure of each class. */
  readonly measureColumns: readonly MatrixColumn[];
  readonly measureRows: readonly GridRow[];
  /** The row whose last figure is the accuracy. */
  readonly overallRow: GridRow | undefined;
}

/** Tells the classes of a matrix from totals and measures beside them. */
export function marginsOf(columns: readonly MatrixColumn[], body: readonly GridRow[]): Margins {
  const named = (label: string) => body.find(({ cells }) => plain(cells[0]!) === plain(label));
  const isOnBothSides = (label: string) =>
    named(label) !== undefined && columns.some((column) => plain(column.label) === plain(label));
  const isTotal = (label: string) =>
    TOTAL.test(label) || (MAYBE_TOTAL.test(label) && !(isOnBothSides(label) && !isSum(label, columns, body)));
  const isShort = (label: string) =>
    !TOTAL.test(label) && body.some(({ cells }) => sameClass(cells[0]!, label) && !isTotal(cells[0]!));
  const isMeasure = (label: string) => isClassMeasure(label) && !isOnBothSides(label);
  const totalColumns = columns.filter(({ label }) => isTotal(label) && !isShort(label));
  const totalRows = body.filter(({ cells }) => isTotal(cells[0]!));
  const measureColumns = columns.filter(({ label }) => isMeasure(besideTitle(label)) && !isShort(label));
  const measureRows = body.filter(({ cells }) => isMeasure(cells[0]!));
  const wrongColumns = columns.filter(({ label }) => WRONG.test(label));
  const otherRows = body.filter(({ cells }) => WRONG.test(cells[0]!) || OVERALL.test(cells[0]!));
  const outerColumns = [...totalColumns, ...measureColumns, ...wrongColumns];
  const outerRows = [...totalRows, ...measureRows, ...otherRows];
  return {
    inner: columns.filter((column) => !outerColumns.includes(column)),
    rows: body.filter((row) => !outerRows.includes(row)),
    overallRow: otherRows.find(({ cells }) => OVERALL.test(cells[0]!)),
    totalColumn: totalColumns[0],
    totalRow: totalRows[0],
    measureColumns,
    measureRows,
  };
}

function isClassMeasure(label: string): boolean {
  return ['precision', 'recall', 'f1', 'accuracy', 'fnr'].includes(columnOf(label) ?? '');
}

/** Whether the cells of a column are what the cells beside them add up to. */
function isSum(label: string, columns: readonly MatrixColumn[], body: readonly GridRow[]): boolean {
  const own = columns.find((column) => plain(column.label) === plain(label))!;
  return body.every(({ cells }) => {
    const values = columns.map(({ index }) =>
      Number(figureOf(cells[index] ?? '')?.text.replace('%', '') ?? 0),
    );
    const sum = values.reduce((a, b) => a + b, 0);
    const total = values[columns.indexOf(own)]!;
    return Math.abs(sum - 2 * total) <= 0.03 * total;
  });
}

/** Totals at the margins are the supports, the predictions and n. */
export function addTotals(
  draft: Draft,
  { totalColumn, totalRow, rows }: Margins,
  { places, transposed }: { places: readonly number[]; transposed: boolean },
): void {
  const right = totalColumn && rows.map(({ cells }) => countOf(cells[totalColumn.index] ?? ''));
  const below = totalRow && places.map((index) => countOf(totalRow.cells[index] ?? ''));
  const [supports, predictions] = transposed ? [below, right] : [right, below];
  if (supports?.every((count) => count !== undefined)) {
    for (const [i, name] of draft.classes.entries()) draft.supports.set(name, supports[i]!);
  }
  if (predictions) notePredictions(draft, predictions, totalRow?.line ?? draft.matrix!.line);
  const corner = totalRow && totalColumn ? countOf(totalRow.cells[totalColumn.index] ?? '') : undefined;
  if (corner !== undefined) draft.n = corner;
}

/** What stands where the margins meet: the error rate below the errors of the classes, the accuracy below their recalls. */
export function addCorner(draft: Draft, { measureColumns, totalRow, overallRow }: Margins): void {
  for (const { label, index } of measureColumns) {
    const isError = besideTitle(label) === 'FNR';
    const error = isError ? figureOf(totalRow?.cells[index] ?? '') : undefined;
    if (error) draft.errorRate ??= error.text;
    const right = isError ? undefined : figureOf(overallRow?.cells[index] ?? '');
    if (!right || !overallRow) continue;
    const text = right.isPercent ? right.text : `${right.text}%`;
    draft.accuracies.push({ text, line: overallRow.line });
  }
}

/** Tells totals of predictions that are not what the columns add up to. */
function notePredictions(draft: Draft, predictions: readonly (number | undefined)[], line: number): void {
  if (draft.matrix!.normalised !== 'counts' || predictions.includes(undefined)) return;
  predictions.forEach((count, j) => {
    const sum = draft.matrix!.cells.reduce((all, row) => all + Number(row[j] ?? 0), 0);
    if (count === sum) return;
    const reason = `the predictions of ${draft.classes[j]} add up to ${sum}`;
    draft.notes.push({ line, text: String(count), reason });
  });
}
