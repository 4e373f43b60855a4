import Papa from 'papaparse';
import { FerlabError } from '../errors';
import type { Claim, ClassMetric, MeanKind, MeanMetric } from './claim';
import { validateClaim } from './schema';

/** Column titles, in lower case without anything but letters and digits. */
const COLUMNS: Readonly<Record<string, ClassMetric | 'support'>> = {
  precision: 'precision',
  prec: 'precision',
  p: 'precision',
  ppv: 'precision',
  recall: 'recall',
  r: 'recall',
  sensitivity: 'recall',
  tpr: 'recall',
  f1: 'f1',
  f1score: 'f1',
  fscore: 'f1',
  fmeasure: 'f1',
  accuracy: 'accuracy',
  acc: 'accuracy',
  support: 'support',
  supports: 'support',
  samples: 'support',
  n: 'support',
  count: 'support',
  images: 'support',
};

/** Row titles that stand for means over the classes. */
const MEAN_ROWS: Readonly<Record<string, MeanKind>> = {
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
};

const ACCURACY_ROWS = new Set(['accuracy', 'acc', 'overallaccuracy']);

/**
 * Reads a claim from a table as a reviewer pastes it: Markdown, LaTeX (tabular), CSV or tab-separated text, or
 * scikit-learn's classification report. The first row titles the columns, the first column names the classes.
 * @param options whatever else is known of the claim, such as title, dataset or rounding
 * @throws FerlabError when no table of figures can be made out
 */
export function claimFromTable(text: string, options: Partial<Claim> = {}): Claim {
  const [titles, ...rows] = readRows(text);
  if (!titles || rows.length < 2) throw noTable('it has fewer than three rows');
  const columns = titles.map((title) => COLUMNS[plain(title)]);
  if (!columns.some((column) => column)) throw noTable(`no column title is known: ${titles.join(', ')}`);
  const draft = rows.reduce((claim, cells) => addRow(claim, cells, columns), emptyDraft());
  return validateClaim({ title: 'pasted table', ...toClaim(draft), ...options });
}

interface Draft {
  readonly classes: string[];
  readonly supports: Record<string, number>;
  readonly perClass: Record<string, Record<string, string>>;
  readonly means: Record<string, Record<string, string>>;
  accuracy?: string;
  n?: number;
}

function emptyDraft(): Draft {
  return { classes: [], supports: {}, perClass: {}, means: {} };
}

function noTable(why: string): FerlabError {
  const remedy = `title the columns with ${[...new Set(Object.values(COLUMNS))].join(', ')} and begin each row with its class`;
  return new FerlabError(`can't read the table: ${why}`, { remedy });
}

/** Letters and digits in lower case. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Takes a figure out of its markup: bold, dollar signs, an uncertainty behind a plus-minus sign. */
function cleanCell(cell: string): string {
  const bare = cell
    .replace(/\\(?:textbf|textit|mathbf|emph|underline)\s*\{([^{}]*)\}/g, '$1')
    .replace(/[*_$`{}]/g, '')
    .replace(/\\%/g, '%')
    .replace(/\\,|~/g, '');
  return bare.split(/±|\\pm/)[0]!.trim();
}

/** Splits a pasted text into rows of cells. */
function readRows(text: string): string[][] {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^\|?[\s|:-]+\|?$/.test(line));
  const rows = splitRows(lines);
  return rows.map((cells) => cells.map(cleanCell)).filter((cells) => cells.some((cell) => cell !== ''));
}

function splitRows(lines: readonly string[]): string[][] {
  if (lines.some((line) => /^\|.*\|$/.test(line))) {
    return lines.filter((line) => line.includes('|')).map((line) => line.replace(/^\||\|$/g, '').split('|'));
  }
  if (lines.some((line) => line.includes('&'))) {
    const body = lines.filter((line) => line.includes('&'));
    return body.map((line) =>
      line.replace(/\\(?:top|mid|bottom)rule|\\hline|\\\\.*$/g, '').split(/(?<!\\)&/),
    );
  }
  const joined = lines.join('\n');
  if (/[,;\t]/.test(lines[0] ?? '')) return Papa.parse<string[]>(joined, { skipEmptyLines: true }).data;
  return alignReport(lines.map((line) => line.split(/\s{2,}/)));
}

/** In scikit-learn's report the title row lacks the first cell, and the accuracy row the columns before its last two. */
function alignReport(rows: string[][]): string[][] {
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row, index) => {
    if (row.length === width) return row;
    if (index === 0) return [...new Array<string>(width - row.length).fill(''), ...row];
    return [row[0]!, ...new Array<string>(width - row.length).fill(''), ...row.slice(1)];
  });
}

function addRow(
  draft: Draft,
  cells: readonly string[],
  columns: readonly (ClassMetric | 'support' | undefined)[],
): Draft {
  const label = cells[0] ?? '';
  const mean = MEAN_ROWS[plain(label)];
  const isAccuracy = ACCURACY_ROWS.has(plain(label));
  if (!mean && !isAccuracy) draft.classes.push(label);
  columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    if (!column || index === 0 || cell === '' || /^[-–—]+$/.test(cell)) return;
    if (column === 'support') addCount(draft, mean || isAccuracy ? undefined : label, cell);
    else if (isAccuracy || (mean && column === 'accuracy')) draft.accuracy = cell;
    else if (mean) addFigure(draft.means, mean, column as MeanMetric, cell);
    else addFigure(draft.perClass, column, label, cell);
  });
  return draft;
}

function addFigure(
  tables: Record<string, Record<string, string>>,
  table: string,
  key: string,
  cell: string,
): void {
  tables[table] = { ...tables[table], [key]: cell };
}

/** Counts may be written with thousands separators. */
function addCount(draft: Draft, label: string | undefined, cell: string): void {
  const count = Number(cell.replace(/[\s,'’]/g, ''));
  if (label === undefined) draft.n = count;
  else draft.supports[label] = count;
}

function toClaim({ classes, supports, perClass, means, accuracy, n }: Draft): Partial<Claim> {
  const figures = [
    accuracy,
    ...Object.values({ ...perClass, ...means }).flatMap((table) => Object.values(table)),
  ];
  const percent = figures.some(
    (figure) => figure !== undefined && !figure.includes('%') && Number(figure) > 1,
  );
  return {
    classes,
    ...(Object.keys(supports).length && { supports }),
    ...(Object.keys(perClass).length && { perClass }),
    ...(Object.keys(means).length && { means }),
    ...(accuracy !== undefined && { accuracy }),
    ...(n !== undefined && { n }),
    ...(percent && { scale: 'percent' as const }),
  };
}
