import { join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { choosePrecision } from '../engine/precision';
import { isFinished } from '../run/open-run';
import type { NetworkRun } from '../run/run';
import { runsFolder } from '../run/run-folder';
import type { TrainingProgress } from '../train/progress';
import { trainRun } from '../train/train';
import type { Study, Variant } from './definition';

export interface StudyOptions {
  readonly dataset: ImageDataset;
  /** Stops after the step in progress; to run the study again goes on from there. */
  readonly signal?: AbortSignal;
  /** Called with what people should know. */
  readonly onNote?: (note: string) => void;
  readonly onProgress?: (variant: Variant, progress: TrainingProgress) => void;
}

/** Folder of a variant's run, `runs/STUDY/VARIANT`. */
export function variantFolder(study: Study, variant: Variant): string {
  return join(runsFolder(), study.name, variant.name);
}

/**
 * Trains the variants of a study one after the other; those that are trained are left as they are, and one that was
 * stopped is gone on with.
 * @throws FerlabError as {@link trainRun}, also when a variant was begun with other settings; before any is trained, where this
 * processor can't compute in the element type of one
 */
export async function runStudy(study: Study, options: StudyOptions): Promise<NetworkRun[]> {
  for (const variant of study.variants)
    if (!isFinished(variantFolder(study, variant))) choosePrecision(variant.config.precision);
  const runs: NetworkRun[] = [];
  for (const variant of study.variants) {
    const run = await trainRun(variant.config, {
      dataset: options.dataset,
      folder: variantFolder(study, variant),
      resume: 'if-begun',
      signal: options.signal,
      onNote: options.onNote,
      onProgress: (progress) => options.onProgress?.(variant, progress),
    });
    runs.push(run);
  }
  return runs;
}
