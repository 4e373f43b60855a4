import type { ImageDataset } from '../dataset/dataset';
import { repeatFinal } from '../evaluate/final';
import { numbersOf } from '../evaluate/results';
import { type PredictionMemory, predictValidation } from '../predict/predict-run';
import { loadRunPredictions, openRun } from '../run/open-run';
import { type Predictions, predictedClasses } from '../run/predictions';
import { modelFiles } from '../run/published-models';
import { splitOf } from '../run/record';
import { listNumbers } from './numbers';
import { loadNumbers } from './numbers-file';

/** Numbers that are not counts may differ by this much: another processor adds in another order. One image is more. */
const TOLERANCE = 1e-4;

export interface VerifiedNumber {
  readonly name: string;
  readonly published: number;
  /** What came out here; absent where nothing of that name did. */
  readonly here: number | undefined;
  readonly isReproduced: boolean;
}

export interface Verification {
  readonly model: string;
  readonly seconds: number;
  /** Images of both parts whose predicted class is another than in the published predictions. */
  readonly otherClasses: number;
  readonly images: number;
  /** Largest difference of a probability from the published one. */
  readonly largestDifference: number;
  readonly numbers: readonly VerifiedNumber[];
}

/**
 * Evaluates a published model again, writing nothing, and compares every published number with what comes out.
 * @param memory of what other models' verifications predicted from this dataset
 * @throws FerlabError when the data is not FER-2013 as published, or the weights are not those that were published
 */
export function verifyModel(
  folder: string,
  model: string,
  dataset: ImageDataset,
  memory?: PredictionMemory,
): Verification {
  const start = performance.now();
  const test = repeatFinal(folder, dataset, memory);
  const run = openRun(folder);
  const validation = predictValidation(run, dataset, memory);
  const { seed } = splitOf(run.record);
  const recomputed = listNumbers(numbersOf({ validation, test, seed }));
  const here = new Map(recomputed.map(({ name, value }) => [name, value]));
  const files = modelFiles(folder);
  const differences = [validation, test].map((own) => compare(own, loadRunPredictions(run, own.part)));
  return {
    model,
    seconds: (performance.now() - start) / 1000,
    otherClasses: differences.reduce((sum, { otherClasses }) => sum + otherClasses, 0),
    images: validation.rows.length + test.rows.length,
    largestDifference: Math.max(...differences.map(({ largest }) => largest)),
    numbers: listNumbers(loadNumbers(files.results)).map(({ name, value }) => {
      const own = here.get(name);
      return { name, published: value, here: own, isReproduced: isSame(value, own) };
    }),
  };
}

function isSame(published: number, here: number | undefined): boolean {
  if (here === undefined) return false;
  return Number.isInteger(published) ? here === published : Math.abs(here - published) <= TOLERANCE;
}

function compare(own: Predictions, published: Predictions): { otherClasses: number; largest: number } {
  const classes = predictedClasses(published);
  return {
    otherClasses: predictedClasses(own).filter((label, i) => label !== classes[i]).length,
    largest: own.probabilities.reduce(
      (most, probability, i) => Math.max(most, Math.abs(probability - (published.probabilities[i] ?? 2))),
      0,
    ),
  };
}
