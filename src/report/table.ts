/** What a cell holds: text, a number, an interval, or nothing. Not a number counts as nothing. */
export type Cell = string | number | readonly [low: number, high: number] | null | undefined;

/** How the cells of a column are written. */
export interface CellFormat {
  readonly decimals?: number;
  /** Write the sign of positive numbers too. */
  readonly signed?: boolean;
  /** Write 35,887 instead of 35887. */
  readonly thousands?: boolean;
  /** The cells are text as someone printed it; programs get the numbers. */
  readonly printed?: boolean;
}

/** One column of a table over rows of one type. */
export interface ReportColumn<Row> {
  readonly name: string;
  /** Without one, numbers get the decimals that the longest needs, and a missing cell stays empty. */
  readonly format?: CellFormat;
  /** The column's cell in a row. A method, so that a table over any rows is a `ReportTable`. */
  cell(row: Row): Cell;
}

/** A table as a value, which every format is made from. */
export interface ReportTable<Row = unknown> {
  readonly title?: string;
  readonly columns: readonly ReportColumn<Row>[];
  readonly rows: readonly Row[];
  /** Sentences printed below. */
  readonly notes?: readonly string[];
}

/** A column from its three parts. */
export function column<Row>(name: string, cell: (row: Row) => Cell, format?: CellFormat): ReportColumn<Row> {
  return { name, cell, format };
}

/** Columns over rows that are arrays, one for each name. */
export function arrayColumns(names: readonly string[]): ReportColumn<readonly Cell[]>[] {
  return names.map((name, at) => column(name, (row) => row[at]));
}

/** All cells of a table, row by row. */
export function cellsOf(table: ReportTable): Cell[][] {
  return table.rows.map((row) => table.columns.map((column) => column.cell(row)));
}
