import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import type { PredictedPart, Predictions, PredictionsOrigin } from '../../src/run/predictions';
import { loadPredictions } from '../../src/run/predictions-file';

/** What scikit-learn says of one assignment of classes. */
export interface ReferenceFigures {
  confusion: number[][];
  accuracy: number;
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  oneVsRestAccuracy: number[];
  macro: { precision: number; recall: number; f1: number };
  weighted: { precision: number; recall: number; f1: number };
}

interface Reference {
  asPredicted: ReferenceFigures;
  /** The same with every prediction of Disgust turned into Fear. */
  neverDisgust: ReferenceFigures;
  unscaledLogLoss: number;
  brier: number;
  calibrationError: number;
  temperature: number;
  logLossAtTemperature: number;
  macroF1Bootstrap: [number, number];
  wilson: [hits: number, trials: number, low: number, high: number][];
  /** Three classes whose means all differ: by name, such as `macro.precision`. */
  uneven: { matrix: number[][]; means: Record<string, number>; bootstrap: Record<string, [number, number]> };
  paired: [images: number, onlyFirst: number, onlySecond: number, level: number, low: number, high: number][];
  mcNemar: [onlyFirst: number, onlySecond: number, p: number][];
}

const FOLDER = join(__dirname, 'fixtures');
export const PREDICTIONS_FILE = join(FOLDER, 'predictions.csv');

/** Where the fixture's predictions are said to come from. */
export const originOf = (part: PredictedPart): PredictionsOrigin => ({
  part,
  classes: FER2013.classes,
  weightsSha256: 'b'.repeat(64),
  datasetSha256: 'a'.repeat(64),
});

/** The fixture's predictions; its file has the first form. */
export const fixturePredictions = (part: PredictedPart): Predictions =>
  loadPredictions(PREDICTIONS_FILE, originOf(part));

/** Figures made by test/evaluate/fixtures/make_fixtures.py. */
export const reference = (): Reference =>
  JSON.parse(readFileSync(join(FOLDER, 'scikit-learn.json'), 'utf8')) as Reference;
