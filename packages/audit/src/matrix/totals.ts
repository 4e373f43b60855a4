/** True positives and predictions of each class. */
export interface Totals {
  readonly truePositives: readonly number[];
  readonly predictions: readonly number[];
}
