import type { Judged } from './images';

/** What cells show: images, or a share of their row, their column or of all. */
export type Unit = 'count' | 'row' | 'column' | 'all';

/** Numbers by true class (rows) and predicted class (columns). */
export type CellValues = readonly (readonly number[])[];

/** Images by true class and predicted class. */
export function matrixOf(
  images: readonly Pick<Judged, 'truth' | 'predicted'>[],
  classes: number,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { truth, predicted } of images) matrix[truth]![predicted]!++;
  return matrix;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The matrix in another unit; a share of nothing is 0. */
export function inUnit(matrix: CellValues, unit: Unit): number[][] {
  const rows = matrix.map(sum);
  const columns = matrix.map((_, j) => sum(matrix.map((row) => row[j]!)));
  const all = sum(rows);
  const whole = {
    count: () => 1,
    row: (i: number) => rows[i]!,
    column: (_: number, j: number) => columns[j]!,
    all: () => all,
  }[unit];
  return matrix.map((row, i) => row.map((value, j) => (whole(i, j) === 0 ? 0 : value / whole(i, j))));
}

/** One matrix less another, cell by cell. */
export const minus = (one: CellValues, other: CellValues): number[][] =>
  one.map((row, i) => row.map((value, j) => value - other[i]![j]!));
