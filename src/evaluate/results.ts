import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FerlabError } from '../errors';
import { applyTemperature, fitTemperature } from '../predict/temperature';
import { type ClassifierDescription, describeClassifier } from '../run/classifier';
import { loadRunPredictions, openRun } from '../run/open-run';
import { classesOf, type Predictions, pickWithoutCopies } from '../run/predictions';
import { type DatasetRecord, isSampleData, type SplitChoice, splitOf } from '../run/record';
import type { NetworkRun, Run } from '../run/run';
import { runFiles } from '../run/run-folder';
import { loadTiming, type Timing } from '../run/timing';
import { type Calibration, calibrationOf } from './calibration';
import { type Evaluation, evaluatePredictions } from './evaluation';

/** All numbers of a run. */
export interface Numbers {
  readonly validation: Evaluation;
  readonly test: Evaluation;
  /** The logits divided by the temperature that fits the validation part best; the classes stay the same. */
  readonly tempered: {
    readonly temperature: number;
    /** Of the test part. */
    readonly test: Calibration;
    /** The same without copies; see {@link Evaluation}. */
    readonly withoutCopies: Calibration | null;
  };
}

/** A classifier with all its numbers: what tables and figures are made from. */
export interface Results extends Numbers {
  readonly classifier: ClassifierDescription;
  readonly dataset: DatasetRecord;
  readonly split: SplitChoice;
  /** Whether it saw schematic faces instead of photographs: every title says so then. */
  readonly isSynthetic: boolean;
  /** How it was trained, if it is a single network. */
  readonly training: TrainedNetwork | null;
  /** What a prediction costs; not a number that a check can repeat. */
  readonly cost?: Cost;
  /** Whether the test images are those that {@link withoutCopies} leaves. */
  readonly isWithoutCopies?: true;
}

/** What a classifier takes of a disk and of a machine. */
export interface Cost {
  /** Of the file of the weights, of an ensemble of its members'; null where it is missing. */
  readonly weightBytes: number | null;
  readonly timing: Timing | null;
}

/** How a network was trained. */
export type TrainedNetwork = Pick<NetworkRun, 'record' | 'history'>;

/**
 * Computes the results of a finished run from its saved predictions; nothing is trained or predicted.
 * @param folder of the run
 * @param name what tables call it; the folder's name unless given
 * @throws FerlabError when the run is not finished or its test part was not evaluated
 */
export function loadResults(folder: string, name?: string): Results {
  if (!existsSync(folder)) {
    throw new FerlabError(`${folder}: there is no such folder`, {
      remedy: 'give the folder of a run, in runs/',
    });
  }
  const run = openRun(folder);
  const { dataset } = run.record;
  const split = splitOf(run.record);
  const validation = loadRunPredictions(run, 'validation');
  const test = loadRunPredictions(run, 'test');
  return {
    classifier: describeClassifier(run, name),
    dataset,
    split,
    isSynthetic: isSampleData(dataset),
    training: run.kind === 'network' ? { record: run.record, history: run.history } : null,
    ...numbersOf({ validation, test, seed: split.seed }),
    cost: costOf(run),
  };
}

function costOf(run: Run): Cost {
  const { weightsSha256 } = run.record;
  const timing = loadTiming(run.folder);
  return {
    weightBytes: weightBytesOf(run),
    // Of other weights it says nothing.
    timing: timing?.weightsSha256 === weightsSha256 ? timing : null,
  };
}

function weightBytesOf(run: Run): number | null {
  const folders =
    run.kind === 'ensemble'
      ? run.record.members.map((name) => join(dirname(run.folder), name))
      : [run.folder];
  const sizes = folders.map((folder) => statSync(runFiles(folder).weights, { throwIfNoEntry: false })?.size);
  return sizes.reduce<number | null>(
    (sum, size) => (sum === null || size === undefined ? null : sum + size),
    0,
  );
}

/** All numbers that follow from the predictions of both parts. @param predictions.seed of the bootstrap */
export function numbersOf(predictions: {
  validation: Predictions;
  test: Predictions;
  seed: number;
}): Numbers {
  const { validation, test, seed } = predictions;
  const temperature = fitTemperature(validation);
  const probabilities = applyTemperature(test.probabilities, temperature, classesOf(test));
  const tempered = { ...test, probabilities };
  const rest = pickWithoutCopies(tempered);
  return {
    validation: evaluatePredictions(validation, { seed }),
    test: evaluatePredictions(test, { seed }),
    tempered: {
      temperature,
      test: calibrationOf(tempered),
      withoutCopies: rest && calibrationOf(rest),
    },
  };
}

/** The results on the test images of which the training part holds no copy; null where it holds none, or nobody looked. */
export function withoutCopies(results: Results): Results | null {
  const { test, tempered } = results;
  const { part, count, withoutCopies: twin } = test;
  if (!twin || twin.count === count || !tempered.withoutCopies) return null;
  return {
    ...results,
    isWithoutCopies: true,
    test: { part, ...twin, withoutCopies: null },
    tempered: { ...tempered, test: tempered.withoutCopies, withoutCopies: null },
  };
}
