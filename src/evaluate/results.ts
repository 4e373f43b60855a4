import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { FerlabError } from '../errors';
import type { History } from '../run/history';
import { loadPredictions, type Predictions } from '../run/predictions';
import type { RunRecord } from '../run/record';
import { loadJson, runFiles } from '../run/run-folder';
import { type Calibration, calibrationOf } from './calibration';
import { type Evaluation, evaluatePredictions } from './evaluation';
import { applyTemperature, fitTemperature } from './temperature';

/** All numbers of a run. */
export interface Numbers {
  readonly validation: Evaluation;
  readonly test: Evaluation;
  /** The logits divided by the temperature that fits the validation part best; the classes stay the same. */
  readonly tempered: {
    readonly temperature: number;
    /** Of the test part. */
    readonly test: Calibration;
  };
}

/** A run with all its numbers: what tables and figures are made from. */
export interface Results extends Numbers {
  /** Name of the run's folder. */
  readonly run: string;
  /** Whether the run saw schematic faces instead of FER-2013: every title says so then. */
  readonly isSynthetic: boolean;
  readonly record: RunRecord;
  readonly history: History;
}

/**
 * Computes the results of a finished run from its saved predictions; nothing is trained or predicted.
 * @param folder of the run
 * @throws FerlabError when the run is not finished or its test part was not evaluated
 */
export function loadResults(folder: string): Results {
  if (!existsSync(folder)) {
    throw new FerlabError(`${folder}: there is no such folder`, {
      remedy: 'give the folder of a run, in runs/',
    });
  }
  const files = runFiles(folder);
  requireFile(folder, files.record, 'finish it with `ferlab train --resume`');
  requireFile(folder, files.history, 'train it again');
  requireFile(folder, files.predictions('validation'), 'train it again');
  requireFile(folder, files.predictions('test'), 'evaluate it with `ferlab evaluate --final`');
  const record = loadJson<RunRecord>(files.record);
  const { seed } = record.config;
  const validation = loadPart(folder, 'validation', record.counts.validation);
  const test = loadPart(folder, 'test', record.counts.test);
  return {
    run: basename(folder),
    isSynthetic: record.dataset.kind === 'synthetic',
    record,
    history: loadJson<History>(files.history),
    ...numbersOf({ validation, test, seed }),
  };
}

/** All numbers that follow from the predictions of both parts. @param predictions.seed of the bootstrap */
export function numbersOf(predictions: {
  validation: Predictions;
  test: Predictions;
  seed: number;
}): Numbers {
  const { validation, test, seed } = predictions;
  const temperature = fitTemperature(validation);
  const probabilities = applyTemperature(test.probabilities, temperature);
  return {
    validation: evaluatePredictions(validation, { seed }),
    test: evaluatePredictions(test, { seed }),
    tempered: { temperature, test: calibrationOf({ labels: test.labels, probabilities }) },
  };
}

function requireFile(folder: string, path: string, remedy: string): void {
  if (!existsSync(path)) throw new FerlabError(`${folder}: the run has no ${basename(path)}`, { remedy });
}

/** @param count images that the run's record gives the part */
function loadPart(folder: string, part: Predictions['part'], count: number): Predictions {
  const path = runFiles(folder).predictions(part);
  const predictions = loadPredictions(path, part);
  if (predictions.rows.length === count) return predictions;
  throw new FerlabError(
    `${path}: ${predictions.rows.length} predictions, but the run has ${count} ${part} images`,
    { remedy: 'the file is incomplete or of another run: evaluate the run again' },
  );
}
