import type { ClassMetric } from '../claim/claim';
import { ClaimError } from '../error';

export type Column = ClassMetric | 'support';

/** Column titles, in lower case without anything but letters and digits. */
const COLUMNS: ReadonlyMap<string, Column> = new Map(
  Object.entries({
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
    testimages: 'support',
    testsamples: 'support',
    items: 'support',
  } as const),
);

/** A column that is known: what it holds, where it stands, and whether its figures are percentages. */
export interface TitledColumn {
  readonly column: Column;
  readonly index: number;
  readonly isPercent: boolean;
}

export interface Titled {
  readonly columns: readonly TitledColumn[];
  readonly body: readonly (readonly string[])[];
}

/** What a title stands for; what it says in brackets does not count. */
export function columnOf(title: string): Column | undefined {
  return COLUMNS.get(plain(title.replace(/[([][^)\]]*[)\]]/g, '')));
}

/**
 * Finds the row that titles the columns, turning the table where the first column does.
 * @throws ClaimError when no title is known, one stands twice, or a row has more cells than titles
 */
export function findColumns(rows: readonly (readonly string[])[]): Titled {
  const isHead = (cells: readonly string[]) => cells.slice(1).some((cell) => columnOf(cell));
  const turned = rows.some(isHead) ? rows : transpose(rows);
  const at = turned.findIndex(isHead);
  if (at < 0) throw noTable(`no column title is known: ${rows[0]!.join(', ').slice(0, 200)}`);
  const titles = turned[at]!;
  const body = turned.slice(at + 1);
  const longer = body.find((cells) => cells.length > titles.length);
  if (longer) {
    throw noTable(
      `the row of '${longer[0]}' has ${longer.length} cells for ${titles.length} titles`,
      'give every row one cell for each title; if commas stand before decimals, separate cells by ; or quote them',
    );
  }
  const columns = titles.flatMap((title, index): TitledColumn[] => {
    const column = index === 0 ? undefined : columnOf(title);
    if (!column) return [];
    return [{ column, index, isPercent: isPercentColumn(title, body, index) }];
  });
  const twice = columns.find(({ column }, k) => columns.some((other, l) => l < k && other.column === column));
  if (twice) {
    throw noTable(
      `two columns are titled ${twice.column}`,
      'keep the columns of one system and one test set',
    );
  }
  return { columns, body };
}

function isPercentColumn(title: string, body: Titled['body'], index: number): boolean {
  return title.includes('%') || body.some((cells) => Number(figureText(cells[index] ?? '')) > 1);
}

function transpose(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ''));
}

/** The error for a text that is no table of figures. */
export function noTable(why: string, remedy?: string): ClaimError {
  const titles = [...new Set(COLUMNS.values())].join(', ');
  return new ClaimError(`can't read the table: ${why}`, {
    remedy: remedy ?? `title the columns with ${titles} and begin each row with its class`,
  });
}

/** Letters and digits in lower case. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A figure with a decimal point, whichever mark stood there. */
export function figureText(cell: string): string {
  return /^\d*,\d+\s*%?$/.test(cell) ? cell.replace(',', '.') : cell;
}
