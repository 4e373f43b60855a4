import type { Claim, MeanKind } from '../claim/claim';
import { validateClaim } from '../claim/schema';
import { ClaimError } from '../error';
import { readRows } from './paste-rows';
import { columnOf, figureText, findColumns, noTable, plain, type TitledColumn } from './paste-titles';

/** Row titles that stand for means over the classes. */
const MEAN_ROWS: ReadonlyMap<string, MeanKind> = new Map(
  Object.entries({
    macroavg: 'macro',
    macroaverage: 'macro',
    macro: 'macro',
    weightedavg: 'weighted',
    weightedaverage: 'weighted',
    weighted: 'weighted',
    microavg: 'micro',
    microaverage: 'micro',
    micro: 'micro',
    overall: 'unspecified',
    average: 'unspecified',
    avg: 'unspecified',
    avgtotal: 'unspecified',
    mean: 'unspecified',
    total: 'unspecified',
  } as const),
);

const ACCURACY_ROWS = new Set(['accuracy', 'acc', 'overallaccuracy']);

/** A line that prints the accuracy by itself, such as `Accuracy: 79.0`. */
const OVERALL = /^(?:overall\s+)?acc(?:uracy)?\s*[:=]\s*([\d.,]+\s*%?)$/i;

/** A figure behind a plus-minus sign. */
const UNCERTAINTY = /(?:±|\\pm|\+\s*\/?-)\s*[{$]*[\d.]/;

/** Cells that say that there is no figure. */
const NO_FIGURE = /^(?:|[-–—]+|n\/?a|nan|none|null|\?)$/i;

/**
 * Reads a claim from a table as a reviewer pastes it: Markdown, LaTeX (tabular), CSV or tab-separated text, or
 * scikit-learn's classification report. One row titles the columns, the first column names the classes; a table
 * whose first column names the measures is turned. Commas before decimals are read as points, percentages by their
 * signs, by the sign in the title of their column, or by figures above 1 in it.
 * @param options whatever else is known of the claim, such as title, dataset or rounding
 * @throws ClaimError when no table of figures can be made out, or figures have a plus-minus and `aggregation` is
 * not given
 */
export function claimFromTable(text: string, options: Partial<Claim> = {}): Claim {
  const rows = readRows(text, (cell) => columnOf(cell) !== undefined);
  if (UNCERTAINTY.test(text) && !options.aggregation) throw unknownAggregation();
  if (rows.length < 3) throw noTable('it has fewer than three rows');
  const { columns, body } = findColumns(rows);
  const draft = emptyDraft();
  for (const cells of body) addRow(draft, cells, columns);
  return validateClaim({ title: 'pasted table', ...toClaim(draft), ...options });
}

/** Figures with a plus-minus are often means over runs, which one matrix need not yield: to guess would be unsound. */
function unknownAggregation(): ClaimError {
  return new ClaimError("can't tell what the figures with a plus-minus sign are means of", {
    remedy:
      "pass aggregation: { kind: 'runs', count: 5 } for means over 5 runs, { kind: 'single' } for one evaluation " +
      'with its interval',
  });
}

interface Draft {
  readonly classes: string[];
  readonly supports: Map<string, number>;
  readonly perClass: Map<string, Map<string, string>>;
  readonly means: Map<string, Map<string, string>>;
  accuracy?: string;
  n?: number;
}

function emptyDraft(): Draft {
  return { classes: [], supports: new Map(), perClass: new Map(), means: new Map() };
}

/** What a row is about: a mean over the classes, the accuracy, or a class. */
interface RowKind {
  readonly label: string;
  readonly mean: MeanKind | undefined;
  readonly isAccuracy: boolean;
}

function addRow(draft: Draft, cells: readonly string[], columns: readonly TitledColumn[]): void {
  const label = cells[0] ?? '';
  const overall = OVERALL.exec(label);
  if (overall) {
    const text = figureText(overall[1]!);
    draft.accuracy = Number(text) > 1 ? `${text}%` : text;
    return;
  }
  const row = { label, mean: MEAN_ROWS.get(plain(label)), isAccuracy: ACCURACY_ROWS.has(plain(label)) };
  if (!row.mean && !row.isAccuracy) draft.classes.push(label);
  for (const titled of columns) {
    const cell = cells[titled.index] ?? '';
    if (!NO_FIGURE.test(cell)) addCell(draft, cell, { row, titled });
  }
}

function addCell(
  draft: Draft,
  cell: string,
  { row, titled: { column, isPercent } }: { row: RowKind; titled: TitledColumn },
): void {
  const { label, mean, isAccuracy } = row;
  const text = figureText(cell);
  const figure = isPercent && !text.includes('%') ? `${text}%` : text;
  if (column === 'support') addCount(draft, mean || isAccuracy ? undefined : label, cell);
  else if (isAccuracy || (mean && column === 'accuracy')) draft.accuracy = figure;
  else if (mean) addFigure(draft.means, mean, { key: column, figure });
  else addFigure(draft.perClass, column, { key: label, figure });
}

function addFigure(
  tables: Draft['means'],
  table: string,
  { key, figure }: { key: string; figure: string },
): void {
  const figures = tables.get(table) ?? new Map<string, string>();
  tables.set(table, figures.set(key, figure));
}

/** Counts may be written with separators between groups of three digits. */
function addCount(draft: Draft, label: string | undefined, cell: string): void {
  const grouped = /^\d{1,3}(?:[.,\s'’]\d{3})+$/.test(cell);
  const count = Number(grouped ? cell.replace(/\D/g, '') : cell);
  if (label === undefined) draft.n = count;
  else draft.supports.set(label, count);
}

function toClaim({ classes, supports, perClass, means, accuracy, n }: Draft): Partial<Claim> {
  const tables = (maps: Draft['means']) =>
    Object.fromEntries([...maps].map(([name, figures]) => [name, Object.fromEntries(figures)]));
  return {
    classes,
    ...(supports.size && { supports: Object.fromEntries(supports) }),
    ...(perClass.size && { perClass: tables(perClass) }),
    ...(means.size && { means: tables(means) }),
    ...(accuracy !== undefined && { accuracy }),
    ...(n !== undefined && { n }),
  };
}
