import { z } from 'zod';
import type { Numbers } from '../evaluate/results';
import { numbersFields } from '../report/document/schema';
import { type DocumentFormat, loadDocument, saveJson } from '../run/json-file';

interface NumbersDocument extends Numbers {
  readonly format: 'ferlab-numbers-2';
}

const NUMBERS: DocumentFormat<NumbersDocument> = {
  format: 'ferlab-numbers-2',
  schema: z.strictObject({ format: z.literal('ferlab-numbers-2'), ...numbersFields }),
  migrate: migrateNumbers,
  remedy: 'restore the published file, or publish the model again',
};

/** Reads the numbers of a published model. @throws FerlabError that names the fields that are wrong */
export function loadNumbers(path: string): Numbers {
  const { validation, test, tempered } = loadDocument(path, NUMBERS);
  return { validation, test, tempered };
}

/** @throws FerlabError when the disk is full */
export function saveNumbers(path: string, { validation, test, tempered }: Numbers): void {
  saveJson(path, { format: NUMBERS.format, validation, test, tempered });
}

const oldCalibration = z.looseObject({}).transform((fields) => ({ ...fields, calibrationFloor: null }));
const oldEvaluation = z
  .looseObject({ calibration: oldCalibration })
  .transform((fields) => ({ ...fields, withoutCopies: null }));
const first = z.strictObject({
  validation: oldEvaluation,
  test: oldEvaluation,
  tempered: z
    .looseObject({ test: oldCalibration })
    .transform((fields) => ({ ...fields, withoutCopies: null })),
});

/** The first form had no field `format`, no floor of the calibration error and no numbers without copies. */
function migrateNumbers(value: unknown): unknown {
  return { format: 'ferlab-numbers-2', ...first.parse(value) };
}
