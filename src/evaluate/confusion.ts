/** Counts by true class (rows) and predicted class (columns). */
export type ConfusionMatrix = readonly (readonly number[])[];

/** @param labels true classes, @param predicted classes of the same images, both in [0, classes) */
export function confusionMatrix(labels: Uint8Array, predicted: Uint8Array, classes: number): ConfusionMatrix {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [i, label] of labels.entries()) matrix[label]![predicted[i]!]!++;
  return matrix;
}

/** The counts that all metrics follow from, by class. */
export interface Tally {
  readonly total: number;
  readonly truePositives: readonly number[];
  /** Images of the class. */
  readonly support: readonly number[];
  /** Images that were called the class. */
  readonly predicted: readonly number[];
}

export function tally(matrix: ConfusionMatrix): Tally {
  const support = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  return {
    total: support.reduce((sum, count) => sum + count, 0),
    truePositives: matrix.map((row, i) => row[i]!),
    support,
    predicted: matrix.map((_, j) => matrix.reduce((sum, row) => sum + row[j]!, 0)),
  };
}
