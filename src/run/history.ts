import { z } from 'zod';
import { type DocumentFormat, loadDocument, saveJson } from './json-file';

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

const share = z.number().min(0).max(1);
const epochs: z.ZodType<EpochResult[]> = z
  .array(
    z.strictObject({
      epoch: z.int().min(1),
      learningRate: z.number().min(0),
      loss: z.number(),
      accuracy: share,
      valLoss: z.number(),
      valAccuracy: share,
    }),
  )
  .refine((all) => all.every(({ epoch }, i) => epoch === i + 1), 'the epochs must be numbered from 1');

export const historySchema: z.ZodType<History> = epochs;

interface HistoryDocument {
  readonly format: 'ferlab-history-2';
  readonly epochs: History;
}

/** The first form was the list of the epochs alone. */
const HISTORY: DocumentFormat<HistoryDocument> = {
  format: 'ferlab-history-2',
  schema: z.strictObject({ format: z.literal('ferlab-history-2'), epochs }),
  migrate: (value) => ({ format: 'ferlab-history-2', epochs: value }),
  remedy: 'restore the history that the training wrote, or train again',
};

/** Reads the history of a run, also one of an earlier version. @throws FerlabError that names the wrong fields */
export function loadHistory(path: string): History {
  return loadDocument(path, HISTORY).epochs;
}

/** @throws FerlabError when the disk is full */
export function saveHistory(path: string, history: History): void {
  saveJson(path, { format: 'ferlab-history-2', epochs: history } satisfies HistoryDocument);
}
