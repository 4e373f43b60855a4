import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { loadDocument, saveJson } from '../run/json-file';
import type { LabelledProbabilities } from '../run/predictions';

/** What a training of the lab predicts, and what it took. */
export interface LabOutcome {
  /** Of the part whose accuracy is claimed. */
  readonly reported: LabelledProbabilities;
  readonly untouched: LabelledProbabilities;
  /** Of the images that were learnt; of the honest training alone. */
  readonly training: LabelledProbabilities | null;
  /** Images of the training part. */
  readonly learnt: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly parameters: number;
  readonly machine: string;
  readonly datasetSha256: string;
}

const predictions = z.strictObject({ labels: z.array(z.int()), probabilities: z.array(z.number()) });
const FORMAT = {
  format: 'ferlab-leak-outcome-1',
  schema: z.strictObject({
    format: z.literal('ferlab-leak-outcome-1'),
    reported: predictions,
    untouched: predictions,
    training: predictions.nullable(),
    learnt: z.int(),
    epochs: z.int(),
    seconds: z.number(),
    parameters: z.int(),
    machine: z.string(),
    datasetSha256: z.string(),
  }),
  remedy: 'delete the file and repeat the study',
};

const pathOf = (folder: string) => join(folder, 'outcome.json');

/** Whether a training of the lab has been done and predicted. */
export const hasOutcome = (folder: string): boolean => existsSync(pathOf(folder));

export function saveOutcome(folder: string, outcome: LabOutcome): void {
  const plain = (some: LabelledProbabilities) => ({
    labels: [...some.labels],
    probabilities: Array.from(some.probabilities, (probability) => Number(probability.toPrecision(5))),
  });
  const { reported, untouched, training, ...rest } = outcome;
  saveJson(pathOf(folder), {
    format: FORMAT.format,
    ...rest,
    reported: plain(reported),
    untouched: plain(untouched),
    training: training && plain(training),
  });
}

/** @throws FerlabError when it is missing or broken */
export function loadLabOutcome(folder: string): LabOutcome {
  const { format: _, ...rest } = loadDocument(pathOf(folder), FORMAT);
  const typed = ({ labels, probabilities }: z.infer<typeof predictions>): LabelledProbabilities => ({
    labels: Uint8Array.from(labels),
    probabilities: Float32Array.from(probabilities),
  });
  const { reported, untouched, training } = rest;
  return {
    ...rest,
    reported: typed(reported),
    untouched: typed(untouched),
    training: training && typed(training),
  };
}
