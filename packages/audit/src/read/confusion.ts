import { countOf, figureOf, isBlank } from './cells';
import { type Draft, type DraftMatrix, emptyDraft, unreadable } from './draft';
import type { Grid, GridRow } from './grid';
import { columnOf, plain } from './words';

const PREDICTED =
  /predi|predit|pred\b|classified|output|estimat|assigned|vorherg|voraus|wynik|预测|預測|予測|예측|предсказ/i;
const TRUE =
  /actual|aktual|true|real|refer|truth|gold|target|observ|label|wahr|tatsächlich|vrai|真实|真實|実際|실제|истин/i;
const TOTAL =
  /^(?:total|totals|sum|all|overall|row ?total|column ?total|gesamt|summe|somme|totale|合计|合計|итого|n|support|items|samples)$/i;

/** Reads a table as a confusion matrix; undefined when it is none. */
export function readConfusion(grid: Grid, linesAbove: readonly string[]): Draft | undefined {
  return grid.isBare ? readArray(grid) : readTitled(grid, linesAbove);
}

/** An array without titles: as many rows as columns, names beside the rows or none. */
function readArray({ rows, rowsArePredictions }: Grid): Draft | undefined {
  const width = rows[0]!.cells.length - 1;
  const names = rows.map(({ cells }) => cells[0]!);
  if (rows.some(({ cells }) => cells.length !== width + 1) || width !== rows.length) return undefined;
  const cells = rows.map((row) => row.cells.slice(1));
  const draft = emptyDraft();
  draft.classes = names.every((name) => name !== '') ? names : [];
  draft.matrix = toMatrix(cells, { line: rows[0]!.line, transposed: rowsArePredictions ?? false });
  return draft;
}

interface Labels {
  readonly bare: readonly string[];
  /** What stood before or behind every label, such as `Predicted`. */
  readonly common: string;
}

/** Takes off the word that all labels begin or end with. */
function bareLabels(labels: readonly string[]): Labels {
  const words = labels.map((label) => label.replace(/[:_]/g, ' ').trim().split(/\s+/));
  const first = words[0]?.[0] ?? '';
  const last = words[0]?.at(-1) ?? '';
  const longer = labels.length > 1 && words.every((own) => own.length > 1);
  const marks = (word: string) => PREDICTED.test(word) || TRUE.test(word) || /^class$/i.test(word);
  if (longer && marks(first) && words.every((own) => own[0] === first)) {
    return { bare: words.map((own) => own.slice(1).join(' ')), common: first };
  }
  if (longer && marks(last) && words.every((own) => own.at(-1) === last)) {
    return { bare: words.map((own) => own.slice(0, -1).join(' ')), common: last };
  }
  return { bare: labels, common: '' };
}

function isTotal(label: string): boolean {
  return TOTAL.test(label.trim());
}

/** Whether a short title stands for a class, as in `Neutral (N)` or `N`. */
function sameClass(long: string, short: string): boolean {
  const [a, b] = [plain(long), plain(short)];
  if (a === b) return true;
  const inBrackets = /[([]([^()[\]]+)[)\]]/.exec(long)?.[1];
  return (
    (inBrackets !== undefined && plain(inBrackets) === b) ||
    (b.length > 0 && b.length < a.length && a.startsWith(b))
  );
}

function readTitled(grid: Grid, linesAbove: readonly string[]): Draft | undefined {
  const at = headOf(grid.rows);
  if (at === undefined) return undefined;
  const head = grid.rows[at]!;
  const body = grid.rows.slice(at + 1);
  const columns = head.cells.slice(1).map((label, index) => ({ label, index: index + 1 }));
  const full = columns.filter(
    ({ label, index }) => label !== '' || body.some(({ cells }) => !isBlank(cells[index] ?? '')),
  );
  const isMatrixColumn = (label: string) =>
    !isTotal(label) || body.some(({ cells }) => sameClass(cells[0]!, label) && !isTotal(cells[0]!));
  const inner = full.filter(({ label }) => isMatrixColumn(label));
  const rows = body.filter(({ cells }) => !isTotal(cells[0]!));
  const columnLabels = bareLabels(inner.map(({ label }) => label));
  const rowLabels = bareLabels(rows.map(({ cells }) => cells[0]!));
  if (rows.length < 2 || inner.length < rows.length) return undefined;
  const order = match(rowLabels.bare, columnLabels.bare);
  if (!order) return undefined;
  const extra = inner.filter((_, k) => !order.includes(k));
  if (extra.length > 0)
    throw rejectColumns(
      extra.map(({ label }) => label),
      head.line,
    );
  const places = order.map((k) => inner[k]!.index);
  const cells = rows.map((row) => places.map((index) => row.cells[index] ?? ''));
  if (!cells.flat().every((cell) => isBlank(cell) || figureOf(cell) !== undefined)) return undefined;
  const clues = {
    corner: head.cells[0]!,
    above: [...grid.rows.slice(0, at).flatMap((row) => row.cells), ...linesAbove],
  };
  const transposed = rowsArePredicted(clues, rowLabels.common, columnLabels.common);
  const draft = emptyDraft();
  draft.classes = [...rowLabels.bare];
  draft.matrix = toMatrix(cells, { line: head.line, transposed });
  addTotals(draft, { body, full, places, transposed });
  return draft;
}

/** The row of the titles: the first below which every row holds as many figures as there are titles. */
function headOf(rows: readonly GridRow[]): number | undefined {
  for (let at = 0; at < Math.min(3, rows.length - 2); at++) {
    const { cells } = rows[at]!;
    const titles = cells.slice(1).filter((cell) => cell !== '');
    const measures = titles.filter((title) => columnOf(title) !== undefined && !isTotal(title)).length;
    const below = rows.slice(at + 1);
    const filled = below.every((row) => row.cells.slice(1).some((cell) => figureOf(cell) !== undefined));
    if (titles.length > 1 && measures < 2 && filled) return at;
  }
  return undefined;
}

/** For each row the column of the same class; undefined when one has none. */
function match(rows: readonly string[], columns: readonly string[]): number[] | undefined {
  const exact = rows.map((row) => columns.findIndex((column) => plain(row) === plain(column)));
  const found = exact.every((k) => k >= 0)
    ? exact
    : rows.map((row, i) => {
        const own = exact[i]!;
        if (own >= 0) return own;
        const long = (column: string, k: number) =>
          (sameClass(row, column) || sameClass(column, row)) && !exact.includes(k);
        const inOrder = columns[i] !== undefined && long(columns[i]!, i);
        return inOrder ? i : columns.findIndex(long);
      });
  const distinct = new Set(found).size === rows.length;
  return found.every((k) => k >= 0) && distinct ? found : undefined;
}

function rejectColumns(labels: readonly string[], line: number) {
  return unreadable(
    `line ${line}: the matrix has columns that are not classes of its rows (${labels.join(', ')})`,
    'leave out the items that got no class, and say so, or write a claim with the class figures alone',
  );
}

/** Whether the rows of a matrix are predictions, by the words around it. */
function rowsArePredicted(
  { corner, above }: { corner: string; above: readonly string[] },
  rows: string,
  columns: string,
): boolean {
  if (PREDICTED.test(rows) || TRUE.test(columns)) return true;
  if (TRUE.test(rows) || PREDICTED.test(columns)) return false;
  const [first = '', second = ''] = corner.split(/\s*(?:\\|\/|\||↓|→|vs\.?|by)\s*/);
  if (second !== '') return PREDICTED.test(first) && !PREDICTED.test(second);
  if (PREDICTED.test(first)) return true;
  // caret prints the name of the columns above them.
  return /^prediction/i.test(corner) || above.some((text) => /^\s*reference\s*$/i.test(text));
}

interface Totals {
  readonly body: readonly GridRow[];
  readonly full: readonly { label: string; index: number }[];
  readonly places: readonly number[];
  readonly transposed: boolean;
}

/** Totals at the margins are the supports, the predictions and n. */
function addTotals(draft: Draft, { body, full, places, transposed }: Totals): void {
  const totalColumn = full.find(({ label, index }) => isTotal(label) && !places.includes(index));
  const totalRow = body.find(({ cells }) => isTotal(cells[0]!));
  const rows = body.filter((row) => row !== totalRow);
  const right = totalColumn && rows.map(({ cells }) => countOf(cells[totalColumn.index] ?? ''));
  const below = totalRow && places.map((index) => countOf(totalRow.cells[index] ?? ''));
  const [supports, predictions] = transposed ? [below, right] : [right, below];
  if (supports?.every((count) => count !== undefined)) {
    for (const [i, name] of draft.classes.entries()) draft.supports.set(name, supports[i]!);
  }
  const line = totalRow?.line ?? draft.matrix!.line;
  if (predictions?.every((count) => count !== undefined) && draft.matrix!.normalised === 'counts') {
    predictions.forEach((count, j) => {
      const sum = draft.matrix!.cells.reduce((all, row) => all + Number(row[j] ?? 0), 0);
      if (count !== sum) {
        draft.notes.push({
          line,
          text: String(count),
          reason: `the predictions of ${draft.classes[j]} add up to ${sum}`,
        });
      }
    });
  }
  const corner = totalRow && totalColumn ? countOf(totalRow.cells[totalColumn.index] ?? '') : undefined;
  if (corner !== undefined) draft.n = corner;
}

/** The cells as counts or as shares, by what they add up to. */
function toMatrix(
  cells: readonly (readonly string[])[],
  { line, transposed }: { line: number; transposed: boolean },
): DraftMatrix {
  const printed = transposed ? cells.map((_, j) => cells.map((row) => row[j]!)) : cells;
  const side = { rows: 'columns', columns: 'rows', all: 'all', counts: 'counts' } as const;
  const kind = kindOf(cells, line);
  const normalised = transposed ? side[kind.normalised] : kind.normalised;
  const value = (cell: string): string | number | null => {
    if (isBlank(cell)) return null;
    if (normalised === 'counts') return countOf(cell) ?? null;
    const { text, isPercent } = figureOf(cell)!;
    return kind.isPercent && !isPercent ? `${text}%` : text;
  };
  return { normalised, cells: printed.map((row) => row.map(value)), line };
}

function kindOf(
  cells: readonly (readonly string[])[],
  line: number,
): { normalised: DraftMatrix['normalised']; isPercent: boolean } {
  const full = cells.flat().filter((cell) => !isBlank(cell));
  const hasPercent = full.some((cell) => figureOf(cell)?.isPercent);
  const numbers = cells.map((row) =>
    row.map((cell) => (isBlank(cell) ? 0 : Number(figureOf(cell)!.text.replace('%', '')))),
  );
  const rows = numbers.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = numbers.map((_, j) => numbers.reduce((sum, row) => sum + row[j]!, 0));
  const all = rows.reduce((a, b) => a + b, 0);
  const whole = full.every((cell) => countOf(cell) !== undefined) && !hasPercent;
  const near = (sums: readonly number[], one: number) =>
    sums.every((sum) => Math.abs(sum - one) <= 0.03 * one || sum === 0);
  if (whole && near(rows, 100)) {
    throw unreadable(
      `line ${line}: the rows of the matrix add up to about 100, so its cells may be counts or percentages`,
      'put percent signs behind percentages, or give the supports beside the counts',
    );
  }
  if (whole) return { normalised: 'counts', isPercent: false };
  for (const one of [1, 100]) {
    const isPercent = one === 100;
    if (near(rows, one)) return { normalised: 'rows', isPercent };
    if (near(columns, one)) return { normalised: 'columns', isPercent };
    if (near([all], one)) return { normalised: 'all', isPercent };
  }
  const isPercent = hasPercent || Math.max(...numbers.flat()) > 1;
  const shown = rows.map((sum) => sum.toFixed(2)).join(', ');
  if (Math.max(...rows) > (isPercent ? 130 : 1.3) || Math.min(...rows) < (isPercent ? 70 : 0.7)) {
    throw unreadable(
      `line ${line}: the rows of the matrix add up to ${shown}, so it's not clear what its cells are shares of`,
      'say what each cell was divided by: write the matrix into a claim as rows, columns, all or counts',
    );
  }
  return { normalised: 'rows', isPercent };
}
