import type { ImageDataset } from '../dataset/dataset';
import { findCopy } from '../dataset/find';
import type { RunConfig } from '../run/config';
import { buildConfig } from '../run/profiles';
import { modelFolder } from '../run/published-models';
import { finishedRunsOf } from '../run/run-folder';
import { loadTrainingData } from '../run/training-data';

/** What the cells tagged `parameters` declare. */
export interface NotebookParameters {
  /** `smoke`, `quick` or `paper`; `auto` is `quick` where there is a copy of the data, else `smoke`. */
  readonly profile: string;
  readonly seed: number;
  /** Path of the data; empty to look where {@link findCopy} does. */
  readonly data: string;
}

/** `quick` if there is a copy of the data to run on, else `smoke`, which runs on the built-in sample. */
export function defaultProfile(data: string): 'smoke' | 'quick' {
  return findCopy(data || undefined) === null ? 'smoke' : 'quick';
}

/** The configuration that the parameters stand for. Every deviation from the paper is in it, or in the network. */
export function chooseConfig({ profile, seed, data }: NotebookParameters): RunConfig {
  return buildConfig(profile === 'auto' ? defaultProfile(data) : profile, { seed });
}

/** The published model that stands in for a run of one's own. */
const STAND_IN = 'paper-cnn-plain-seed1';

/**
 * Folder of the run to report: that of a published model if `run` names one; for `auto` what was trained with the
 * parameters, or, where nothing was, the published model that follows the paper.
 * @throws FerlabError when there is no published model of that name
 */
export function chooseRun({ run, ...parameters }: NotebookParameters & { readonly run: string }): string {
  if (run !== 'auto') return modelFolder(run);
  const [own] = finishedRunsOf(chooseConfig(parameters));
  return own ?? modelFolder(STAND_IN);
}

/**
 * The data that the parameters stand for: `smoke` always takes the built-in sample.
 * @throws FerlabError where another profile is chosen and no copy of the data is found
 */
export function loadChosenData({
  profile,
  data,
}: Pick<NotebookParameters, 'profile' | 'data'>): Promise<ImageDataset> {
  const chosen = profile === 'auto' ? defaultProfile(data) : profile;
  const options = chosen === 'smoke' ? { sample: true } : { path: data || undefined };
  return loadTrainingData(options, `the profile ${chosen}`);
}
