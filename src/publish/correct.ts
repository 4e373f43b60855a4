import { chmodSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { FerlabError } from '../errors';
import { repeatFinal } from '../evaluate/final';
import { type PredictionMemory, predictValidation } from '../predict/predict-run';
import { loadMarks, saveMarks } from '../run/final-marks';
import { openRun } from '../run/open-run';
import { partsOf } from '../run/parts';
import { savePredictions } from '../run/predictions-file';
import { modelFolder, modelsFolder } from '../run/published-models';
import { type Correction, describeDataset, type PartCounts } from '../run/record';
import { saveRecord } from '../run/record-file';
import type { Run } from '../run/run';
import { runFiles } from '../run/run-folder';
import { explainWriteFailure } from '../write-whole';
import { saveFingerprint } from './fingerprint';
import { writeOverview } from './overview';
import { describePublished } from './publish';

export interface CorrectOptions {
  /** The better copy of the data. */
  readonly dataset: ImageDataset;
  /** What changed, and why the test part is opened again: card, record and marks say it. */
  readonly reason: string;
  /** Folder of all published models; `models/` unless given. */
  readonly models?: string;
  readonly memory?: PredictionMemory;
}

/**
 * Computes the numbers of a published model again on a better copy of the data that it was trained on. Its weights have
 * seen the test part and stay as they are, so that nothing is chosen by it. The record keeps what it was trained on.
 * @throws FerlabError when the model was never evaluated, the data is another data set, and as `partsOf`
 */
export function correctModel(name: string, options: CorrectOptions): void {
  const { dataset, models = modelsFolder(), reason, memory } = options;
  const folder = modelFolder(name, models);
  const made = mkdtempSync(join(models, '.publish-'));
  try {
    cpSync(folder, made, { recursive: true });
    const corrected = correctRecord(openRun(made), dataset, reason);
    savePredictions(runFiles(made).predictions('validation'), predictValidation(corrected, dataset, memory));
    savePredictions(runFiles(made).predictions('test'), repeatFinal(made, dataset, { memory }));
    markCorrection(made);
    describePublished(made, name);
    chmodSync(made, 0o755);
    rmSync(folder, { recursive: true });
    renameSync(made, folder);
  } catch (error) {
    throw explainWriteFailure(folder, error, 'correct it again');
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  saveFingerprint(models, dataset);
  writeOverview(models);
}

/** Writes the correction into the record. */
function correctRecord(run: Run, dataset: ImageDataset, reason: string): Run {
  const { record, folder } = run;
  const described = describeDataset(dataset);
  if (described.spec !== record.dataset.spec || described.images !== record.dataset.images) {
    throw new FerlabError(`${folder}: trained on ${record.dataset.images} images of ${record.dataset.spec}`, {
      remedy: `give another copy of the same data, not ${described.images} images of ${described.spec}`,
    });
  }
  const correction = (counts: PartCounts): Correction => ({
    at: new Date().toISOString(),
    reason,
    dataset: described,
    counts,
    leftOut: minus(record.counts, counts),
  });
  const { training, validation, test } = partsOf(
    { ...run, record: { ...record, correction: correction(record.counts) } } as Run,
    dataset,
  );
  const counts = { training: training.length, validation: validation.length, test: test.count };
  const corrected = { ...record, correction: correction(counts) };
  saveRecord(runFiles(folder).record, corrected);
  return openRun(folder);
}

const minus = (before: PartCounts, now: PartCounts): PartCounts => ({
  training: before.training - now.training,
  validation: before.validation - now.validation,
  test: before.test - now.test,
});

function markCorrection(folder: string): void {
  const { weightsSha256, startedAt, correction } = openRun(folder).record;
  const { at, reason, dataset } = correction!;
  const mark = { weightsSha256, startedAt, evaluatedAt: at };
  saveMarks(folder, [
    ...loadMarks(folder),
    { ...mark, correction: { reason, datasetSha256: dataset.sha256 } },
  ]);
}
