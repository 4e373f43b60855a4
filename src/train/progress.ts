import type { RunConfig } from '../run/config';
import type { History } from '../run/history';
import type { Progression } from './checkpoint';

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

/** How fast a training goes. */
export interface Pace {
  /** Steps of an epoch. */
  readonly steps: number;
  /** Images of a step. */
  readonly stepImages: number;
  readonly imagesPerSecond: number;
}

/** Describes a progression; one without steps has just finished an epoch. */
export function progressOf(config: RunConfig, at: Progression, pace: Pace): TrainingProgress {
  const { steps, stepImages, imagesPerSecond } = pace;
  const last = at.history.at(-1);
  const isEpochEnd = at.step === 0;
  const seen = at.step * stepImages;
  const stepsLeft = (config.epochs - at.epoch) * steps - at.step;
  return {
    epoch: isEpochEnd ? at.epoch : at.epoch + 1,
    epochs: config.epochs,
    step: isEpochEnd ? steps : at.step,
    steps,
    loss: isEpochEnd ? last!.loss : at.lossSum / seen,
    accuracy: isEpochEnd ? last!.accuracy : at.correct / seen,
    valLoss: last?.valLoss,
    valAccuracy: last?.valAccuracy,
    imagesPerSecond,
    secondsLeft: (stepsLeft * stepImages) / imagesPerSecond,
    isEpochEnd,
    history: at.history,
  };
}

/** Least time between two reports within an epoch, in milliseconds. */
const INTERVAL = 500;

/** True at most twice a second. */
export function throttle(): () => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - last < INTERVAL) return false;
    last = now;
    return true;
  };
}
