import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { loadDocument } from './json-file';
import { isFinished, loadRunPredictions, openRun } from './open-run';
import { countHits } from './predictions';
import { runFiles } from './run-folder';

/** Folder of the models that come with the project: `$FERLAB_MODELS`, else `models/`. */
export function modelsFolder(): string {
  return process.env.FERLAB_MODELS ?? join(projectRoot(), 'models');
}

/** Paths in a published model's folder besides those of a run's folder, which it is too. */
export function modelFiles(folder: string) {
  return { ...runFiles(folder), results: join(folder, 'results.json'), card: join(folder, 'README.md') };
}

/** Names of the published models, in order. */
export function modelNames(folder = modelsFolder()): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isFinished(join(folder, name)))
    .sort();
}

/** Folder of a published model. @throws FerlabError when there is none of that name */
export function modelFolder(name: string, folder = modelsFolder()): string {
  const names = modelNames(folder);
  if (names.includes(name)) return join(folder, name);
  throw new FerlabError(`there is no published model "${name}"`, {
    remedy: names.length > 0 ? `choose among ${names.join(', ')}` : `there is none in ${folder}`,
  });
}

/** What a command was given: the folder of a run, or the name of a published model. @throws FerlabError as {@link modelFolder} */
export function runOrModelFolder(word: string): string {
  return existsSync(word) ? word : modelFolder(word);
}

/** Folder of the model that is best on its own validation part, or null when none is published. */
export function bestModel(folder = modelsFolder()): string | null {
  const [best] = rankModels(modelNames(folder), folder);
  return best === undefined ? null : join(folder, best);
}

/** Some published models, the best on its own validation part first. */
export function rankModels(names: readonly string[], folder = modelsFolder()): string[] {
  return names
    .map((name) => ({ name, accuracy: validationAccuracy(join(folder, name)) }))
    .sort((a, b) => b.accuracy - a.accuracy)
    .map(({ name }) => name);
}

/** What a choice needs of the published numbers; `loadNumbers` in src/publish reads them all. */
const ACCURACY = {
  format: 'ferlab-numbers-2',
  schema: z.looseObject({
    validation: z.looseObject({ metrics: z.looseObject({ accuracy: z.number().min(0).max(1) }) }),
  }),
  remedy: 'restore the published file, or publish the model again',
};

/**
 * Share of the validation images that the model recognises: the published number, or counted in the saved predictions
 * where none is published. To read one number of each model takes a twentieth of the time.
 */
export function validationAccuracy(folder: string): number {
  const { results } = modelFiles(folder);
  if (existsSync(results)) return loadDocument(results, ACCURACY).validation.metrics.accuracy;
  const predictions = loadRunPredictions(openRun(folder), 'validation');
  return countHits(predictions) / predictions.labels.length;
}
