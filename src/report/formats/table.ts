/** A table as values, which every format is made from. */
export interface ReportTable {
  readonly columns: readonly string[];
  /** Cells are text, numbers, intervals `[low, high]`, or null where there is no value. */
  readonly rows: readonly (readonly unknown[])[];
  readonly title?: string;
  /** Sentences printed below. */
  readonly notes?: readonly string[];
  /** How the cells of each column are written; see {@link formatRows} for columns without. */
  readonly formats?: readonly (ColumnFormat | undefined)[];
}

export interface ColumnFormat {
  readonly decimals?: number;
  /** Write the sign of positive numbers too. */
  readonly signed?: boolean;
  /** Write 35,887 instead of 35887. */
  readonly thousands?: boolean;
  /** The cells are text as someone printed it; programs get the numbers. */
  readonly printed?: boolean;
}

/** What a column in percent holds for a share. */
export const percent = (share: number) => 100 * share;

const MAX_DECIMALS = 4;
const SIGNIFICANT_DIGITS = 5;
const isMissing = (value: unknown) =>
  value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));

/**
 * The cells as a reader wants them. Numbers of one column have the same decimals: those of its format, else as many as
 * its longest needs, at most four and five digits in all. What is missing is empty, or a dash in a column with a format.
 */
export function formatRows(table: ReportTable): string[][] {
  const formats = table.columns.map((_, column) => {
    const given = table.formats?.[column];
    return { decimals: neededDecimals(table.rows.map((row) => row[column])), ...given, given };
  });
  return table.rows.map((row) =>
    formats.map((format, column) =>
      isMissing(row[column]) ? (format.given ? '–' : '') : formatCell(row[column], format),
    ),
  );
}

function neededDecimals(cells: readonly unknown[]): number {
  const numbers = cells.filter((cell) => typeof cell === 'number' && Number.isFinite(cell)) as number[];
  const largest = Math.max(1, ...numbers.map(Math.abs));
  const most = Math.max(0, Math.min(MAX_DECIMALS, SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(largest))));
  return Math.max(
    0,
    ...numbers.map((value) => String(Number(value.toFixed(most))).split('.')[1]?.length ?? 0),
  );
}

function formatCell(value: unknown, format: ColumnFormat & { decimals: number }): string {
  if (Array.isArray(value)) {
    return value
      .map((end) =>
        typeof end === 'number' ? formatNumber(end, { decimals: format.decimals }) : String(end),
      )
      .join(' to ');
  }
  return typeof value === 'number' ? formatNumber(value, format) : String(value);
}

function formatNumber(value: number, { decimals, signed, thousands }: ColumnFormat & { decimals: number }) {
  const size = thousands
    ? Math.abs(value).toLocaleString('en', {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      })
    : Math.abs(value).toFixed(decimals);
  const isZero = Number(size.replace(/,/g, '')) === 0;
  return `${value < 0 && !isZero ? '−' : signed && !isZero ? '+' : ''}${size}`;
}

/** Columns whose every filled cell starts with a number are aligned to the right. */
export function numericColumns(table: ReportTable): boolean[] {
  const rows = formatRows(table);
  const numeric = (text: string) => text === '' || text === '–' || /^[-+−±]?[.\d]/.test(text);
  return table.columns.map((_, column) => rows.every((row) => numeric(row[column]!)));
}

/**
 * The same table for programs: intervals are two columns, printed numbers are numbers, and numbers are rounded as they
 * are printed, so that no format says more than another.
 */
export function flatTable(table: ReportTable): { columns: string[]; rows: unknown[][] } {
  const isInterval = table.columns.map((_, column) => table.rows.some((row) => Array.isArray(row[column])));
  const names = table.columns.flatMap((name, column) =>
    isInterval[column] ? [`${name}, low`, `${name}, high`] : [name],
  );
  const rows = table.rows.map((row) =>
    table.columns.flatMap((_, column) => {
      const values = isInterval[column] ? ((row[column] ?? [null, null]) as unknown[]) : [row[column]];
      return values.map((value) => plainValue(value, table.formats?.[column]));
    }),
  );
  return { columns: names, rows };
}

function plainValue(value: unknown, format: ColumnFormat | undefined): unknown {
  if (isMissing(value)) return null;
  if (format?.printed) return Number(String(value).replace(/,/g, ''));
  if (typeof value === 'number' && format?.decimals !== undefined)
    return Number(value.toFixed(format.decimals));
  return value;
}
