import { over, type Ratio } from './ratio';

type Matrix = readonly (readonly number[])[];

/** What is printed in each cell; undefined where a cell is divided by 0. */
export function cellValues(
  matrix: Matrix,
  normalised: 'rows' | 'columns' | 'all' | 'counts',
): (Ratio | undefined)[][] {
  const rows = matrix.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = matrix.map((_, j) => matrix.reduce((sum, row) => sum + row[j]!, 0));
  const n = rows.reduce((a, b) => a + b, 0);
  const divisor = (i: number, j: number) =>
    ({ rows: rows[i]!, columns: columns[j]!, all: n, counts: 1 })[normalised];
  return matrix.map((row, i) => row.map((cell, j) => over(cell, divisor(i, j))));
}
