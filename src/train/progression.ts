import { describeEnvironment, type TrainingEnvironment } from '../run/environment';
import type { History } from '../run/history';

/** How far a run has come; with the tensors, all that the next step depends on. */
export interface Progression {
  /** Epochs that are finished. */
  readonly epoch: number;
  /** Steps of the present epoch that are finished. */
  readonly step: number;
  /** Sums over the present epoch's images so far. */
  readonly lossSum: number;
  readonly correct: number;
  readonly history: History;
  /** Seconds spent so far; nothing that is computed depends on it. */
  readonly seconds: number;
  /** When the first part of the run began. */
  readonly startedAt: string;
  /** Where it has been trained so far. */
  readonly environments: readonly TrainingEnvironment[];
}

/** Where a run stands before its first step. */
export function beginning(): Progression {
  const startedAt = new Date().toISOString();
  const environments = [{ event: 'start', at: startedAt, ...describeEnvironment() }] as const;
  return { epoch: 0, step: 0, lossSum: 0, correct: 0, history: [], seconds: 0, startedAt, environments };
}
