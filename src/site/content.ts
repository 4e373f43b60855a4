import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadResults, type Results } from '../evaluate/results';
import { fingerprintFile } from '../publish/fingerprint';
import { loadRunPredictions, openRun } from '../run/open-run';
import type { Predictions } from '../run/predictions';
import { modelFiles, modelNames } from '../run/published-models';
import { type DatasetRecord, evaluatedOn } from '../run/record';
import type { Run } from '../run/run';

/** A published model as the site shows it. */
export interface SiteModel {
  readonly name: string;
  readonly folder: string;
  readonly run: Run;
  /** Computed from the predictions, as everything that the site shows of it. */
  readonly results: Results;
  /** The data that the numbers come from; a corrected model was trained on another copy. */
  readonly data: DatasetRecord;
  /** Of the test part. */
  readonly predictions: Predictions;
  /** SHA-256 of the file of these predictions. */
  readonly predictionsSha256: string;
  /** Name of the file beside the models that tells its data image by image; null where there is none. */
  readonly fingerprint: string | null;
}

/** All published models with their numbers. @throws FerlabError when a file of theirs is not as it should be */
export function loadSiteModels(folder: string): SiteModel[] {
  return modelNames(folder).map((name) => loadSiteModel(folder, name));
}

function loadSiteModel(models: string, name: string): SiteModel {
  const folder = join(models, name);
  const run = openRun(folder);
  const bytes = readFileSync(modelFiles(folder).predictions('test'));
  const data = evaluatedOn(run.record).dataset;
  const fingerprint = fingerprintFile(models, data.sha256);
  return {
    name,
    folder,
    run,
    results: loadResults(folder, name),
    data,
    predictions: loadRunPredictions(run, 'test'),
    predictionsSha256: createHash('sha256').update(bytes).digest('hex'),
    fingerprint: existsSync(fingerprint) ? basename(fingerprint) : null,
  };
}

const byValidation = (a: SiteModel, b: SiteModel) =>
  b.results.validation.metrics.accuracy - a.results.validation.metrics.accuracy;

/** The models of the official split, or all where there are none. */
function officialModels(models: readonly SiteModel[]): readonly SiteModel[] {
  const official = models.filter(({ results }) => results.split.protocol === 'official');
  return official.length > 0 ? official : models;
}

/** The model whose numbers stand first: the best on its validation part, among the official split's. */
export function leadingModel(models: readonly SiteModel[]): SiteModel {
  return [...officialModels(models)].sort(byValidation)[0]!;
}

/** The best single network on its validation part, among the official split's; null where there is none. */
export function leadingNetwork(models: readonly SiteModel[]): SiteModel | null {
  const networks = officialModels(models).filter(({ run }) => run.kind === 'network');
  return [...networks].sort(byValidation)[0] ?? null;
}

/** The commit that a network's training started from, as far as its record knows. */
export function commitOf({ run }: SiteModel): string | null {
  return run.kind === 'network' ? (run.record.environments[0]?.commit ?? null) : null;
}

/** Models that differ in nothing but their seed, those of several runs, in the order in which they first appear. */
export function seedGroups(models: readonly SiteModel[]): SiteModel[][] {
  const groups = new Map<string, SiteModel[]>();
  for (const model of models) {
    const { classifier, split } = model.results;
    const key = `${classifier.kind} ${split.protocol} ${classifier.recipe}`;
    groups.set(key, [...(groups.get(key) ?? []), model]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
