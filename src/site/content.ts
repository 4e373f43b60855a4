import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadResults, type Results } from '../evaluate/results';
import { loadRunPredictions, openRun } from '../run/open-run';
import type { Predictions } from '../run/predictions';
import { modelFiles, modelNames } from '../run/published-models';
import type { Run } from '../run/run';

/** A published model as the site shows it. */
export interface SiteModel {
  readonly name: string;
  readonly folder: string;
  readonly run: Run;
  readonly results: Results;
  /** Of the test part. */
  readonly predictions: Predictions;
  /** SHA-256 of the file of these predictions. */
  readonly predictionsSha256: string;
}

/** All published models with their numbers. @throws FerlabError when a file of theirs is not as it should be */
export function loadSiteModels(folder: string): SiteModel[] {
  return modelNames(folder).map((name) => loadSiteModel(join(folder, name), name));
}

function loadSiteModel(folder: string, name: string): SiteModel {
  const run = openRun(folder);
  const bytes = readFileSync(modelFiles(folder).predictions('test'));
  return {
    name,
    folder,
    run,
    results: loadResults(folder, name),
    predictions: loadRunPredictions(run, 'test'),
    predictionsSha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** The model whose numbers stand first: the best on its validation part, among the official split's. */
export function leadingModel(models: readonly SiteModel[]): SiteModel {
  const official = models.filter(({ results }) => results.split.protocol === 'official');
  const ranked = [...(official.length > 0 ? official : models)].sort(
    (a, b) => b.results.validation.metrics.accuracy - a.results.validation.metrics.accuracy,
  );
  return ranked[0]!;
}

/** The commit that a network's training started from, as far as its record knows. */
export function commitOf({ run }: SiteModel): string | null {
  return run.kind === 'network' ? (run.record.environments[0]?.commit ?? null) : null;
}
