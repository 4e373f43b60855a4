/** One epoch, as it is kept: nothing in it depends on the clock. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  readonly learningRate: number;
  /** Means over the training images as they were augmented, with dropout on. */
  readonly loss: number;
  readonly accuracy: number;
  /** On the validation part, with averaged weights if averaging is on. */
  readonly valLoss: number;
  readonly valAccuracy: number;
}

export type History = readonly EpochResult[];

/** The first epoch with the highest validation accuracy, or null before the first. */
export function bestEpoch(history: History): EpochResult | null {
  return history.reduce<EpochResult | null>(
    (best, epoch) => (best && best.valAccuracy >= epoch.valAccuracy ? best : epoch),
    null,
  );
}

/** Whether the best validation accuracy is at least `patience` epochs old; 0 is endless patience. */
export function isPatienceOver(history: History, patience: number): boolean {
  const best = bestEpoch(history);
  return patience > 0 && best !== null && history.length - best.epoch >= patience;
}
