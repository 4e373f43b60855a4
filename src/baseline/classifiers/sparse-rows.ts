import { type FeatureMatrix, rowOf } from '../features/feature';

/** Rows of features without their zeros, each with a constant 1 behind the features. */
export interface SparseRows {
  readonly count: number;
  /** Features and the constant. */
  readonly width: number;
  /** Where each row begins in the two others, [count + 1]. */
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

/** Leaves the zeros out: histograms have few other numbers. */
export function sparseRows(features: FeatureMatrix): SparseRows {
  const { count, width } = features;
  const filled = features.values.reduce((sum, value) => sum + Number(value !== 0), 0) + count;
  const starts = new Uint32Array(count + 1);
  const columns = new Uint32Array(filled);
  const values = new Float32Array(filled);
  let at = 0;
  const push = (column: number, value: number) => {
    columns[at] = column;
    values[at++] = value;
  };
  for (let i = 0; i < count; i++) {
    const row = rowOf(features, i);
    for (let j = 0; j < width; j++) if (row[j] !== 0) push(j, row[j]!);
    push(width, 1);
    starts[i + 1] = at;
  }
  return { count, width: width + 1, starts, columns, values };
}

/** Product of each row with a vector [width]; written into `target` [count]. */
export function timesVector(rows: SparseRows, vector: Float64Array, target: Float64Array): void {
  const { count, starts, columns, values } = rows;
  for (let i = 0; i < count; i++) {
    const end = starts[i + 1]!;
    let sum = 0;
    for (let at = starts[i]!; at < end; at++) sum += values[at]! * vector[columns[at]!]!;
    target[i] = sum;
  }
}

/** Adds each row times its factor [count] to `target` [width]; rows with factor 0 cost nothing. */
export function addWeightedRows(rows: SparseRows, factors: Float64Array, target: Float64Array): void {
  const { count, starts, columns, values } = rows;
  for (let i = 0; i < count; i++) {
    const factor = factors[i]!;
    if (factor === 0) continue;
    const end = starts[i + 1]!;
    for (let at = starts[i]!; at < end; at++) target[columns[at]!]! += factor * values[at]!;
  }
}

/** Adds the square of each number times the weight of its row [count] to `target` [width]. */
export function addWeightedSquares(rows: SparseRows, weights: Float64Array, target: Float64Array): void {
  const { count, starts, columns, values } = rows;
  for (let i = 0; i < count; i++) {
    const end = starts[i + 1]!;
    for (let at = starts[i]!; at < end; at++) target[columns[at]!]! += weights[i]! * values[at]! ** 2;
  }
}
