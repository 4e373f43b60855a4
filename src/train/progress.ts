import type { History } from '../run/history';
import type { Progression } from './progression';

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

/** How long a training is and how fast it goes. */
export interface Pace {
  readonly epochs: number;
  /** Steps of an epoch. */
  readonly steps: number;
  /** Images of a step. */
  readonly stepImages: number;
  readonly imagesPerSecond: number;
}

/** Describes a progression; one without steps has just finished an epoch. */
export function progressOf(at: Progression, pace: Pace): TrainingProgress {
  const { epochs, steps, stepImages, imagesPerSecond } = pace;
  const last = at.history.at(-1);
  const isEpochEnd = at.step === 0;
  const seen = at.step * stepImages;
  const stepsLeft = (epochs - at.epoch) * steps - at.step;
  return {
    epoch: isEpochEnd ? at.epoch : at.epoch + 1,
    epochs,
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

/** Tells whoever watches a training where it stands: at most twice a second, and after each epoch. */
export class ProgressReporter {
  #last = Number.NEGATIVE_INFINITY;
  #epochStart = 0;
  #firstStep = 0;
  #imagesPerSecond = 0;

  constructor(
    private readonly pace: Omit<Pace, 'imagesPerSecond'>,
    private readonly report: (progress: TrainingProgress) => void = () => {},
  ) {}

  /** Speed is that of the present epoch, without the validation. @param step that the epoch goes on from */
  startEpoch(step: number): void {
    this.#epochStart = performance.now();
    this.#firstStep = step;
  }

  step(at: Progression): void {
    const now = performance.now();
    const images = (at.step - this.#firstStep) * this.pace.stepImages;
    this.#imagesPerSecond = (1000 * images) / (now - this.#epochStart);
    if (now - this.#last < INTERVAL) return;
    this.#last = now;
    this.#tell(at);
  }

  endEpoch(at: Progression): void {
    this.#tell(at);
  }

  #tell(at: Progression): void {
    this.report(progressOf(at, { ...this.pace, imagesPerSecond: this.#imagesPerSecond }));
  }
}
