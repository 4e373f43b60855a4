/** Predictions as the site's scripts hold them; probabilities in ten-thousandths, [count, classes]. */
export interface PackedPredictions {
  readonly rows: readonly number[];
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
}

/** One image of a cell. */
export interface CellImage {
  readonly row: number;
  readonly truth: number;
  readonly predicted: number;
  /** Probabilities of all classes. */
  readonly probabilities: readonly number[];
  /** The largest of them. */
  readonly confidence: number;
}

/** What cells show: images, or a share of their row, their column or of all. */
export type Unit = 'count' | 'row' | 'column' | 'all';

/** All images with what was predicted of them; the first of equally probable classes counts. */
export function imagesOf({ rows, labels, probabilities }: PackedPredictions): CellImage[] {
  const classes = probabilities.length / rows.length;
  return rows.map((row, i) => {
    const own = probabilities.slice(i * classes, (i + 1) * classes).map((value) => value / 10_000);
    const confidence = Math.max(...own);
    return { row, truth: labels[i]!, predicted: own.indexOf(confidence), probabilities: own, confidence };
  });
}

/** Images by true class (rows) and predicted class (columns). */
export function matrixOf(images: readonly CellImage[], classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { truth, predicted } of images) matrix[truth]![predicted]!++;
  return matrix;
}

/** The matrix in another unit; a share of nothing is 0. */
export function inUnit(matrix: readonly (readonly number[])[], unit: Unit): number[][] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const whole = {
    count: () => 1,
    row: (i: number) => sum(matrix[i]!),
    column: (_: number, j: number) => sum(matrix.map((row) => row[j]!)),
    all: () => sum(matrix.map(sum)),
  }[unit];
  return matrix.map((row, i) => row.map((value, j) => (whole(i, j) === 0 ? 0 : value / whole(i, j))));
}
