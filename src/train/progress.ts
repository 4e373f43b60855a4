import type { History } from './history';

/** Where a training stands. */
export interface TrainingProgress {
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  /** Means over the present epoch so far. */
  readonly loss: number;
  readonly accuracy: number;
  /** Of the last finished epoch; absent in the first. */
  readonly valLoss?: number;
  readonly valAccuracy?: number;
  readonly imagesPerSecond: number;
  /** Estimate for the rest of the run, in seconds. */
  readonly secondsLeft: number;
  /** Whether an epoch has just been validated. */
  readonly isEpochEnd: boolean;
  /** All finished epochs, those before a resume too. */
  readonly history: History;
}

/** Least time between two reports within an epoch, in milliseconds. */
const INTERVAL = 500;

/** True at most twice a second. */
export function throttle(): () => boolean {
  let last = 0;
  return () => {
    const now = performance.now();
    if (now - last < INTERVAL) return false;
    last = now;
    return true;
  };
}
