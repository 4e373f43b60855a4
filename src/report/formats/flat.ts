import { type CellFormat, cellsOf, type ReportTable } from '../table';
import { isMissing } from './cells';

/** What a program gets for a cell. */
export type PlainValue = string | number | null;

/** A table for programs. */
export interface FlatTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly PlainValue[])[];
}

/**
 * The same table for programs: intervals are two columns, printed numbers are numbers, and numbers are rounded as they
 * are printed, so that no format says more than another.
 */
export function flatTable(table: ReportTable): FlatTable {
  const cells = cellsOf(table);
  const isInterval = table.columns.map((_, at) => cells.some((row) => Array.isArray(row[at])));
  const names = table.columns.flatMap(({ name }, at) =>
    isInterval[at] ? [`${name}, low`, `${name}, high`] : [name],
  );
  const rows = cells.map((row) =>
    table.columns.flatMap(({ format }, at) => {
      const cell = row[at];
      if (!isInterval[at]) return [plainValue(cell as string | number | null, format)];
      const [low, high] = Array.isArray(cell) ? (cell as [number, number]) : [null, null];
      return [plainValue(low, format), plainValue(high, format)];
    }),
  );
  return { columns: names, rows };
}

function plainValue(value: PlainValue | undefined, format: CellFormat | undefined): PlainValue {
  if (isMissing(value)) return null;
  if (format?.printed) return Number(String(value).replace(/,/g, ''));
  if (typeof value === 'number' && format?.decimals !== undefined)
    return Number(value.toFixed(format.decimals));
  return value;
}
