import type { ImageDataset } from '../dataset/dataset';
import { findDataset } from '../dataset/find';
import { loadDataset } from '../dataset/load';
import type { RunConfig } from '../train/config';
import { buildConfig } from '../train/profiles';

/** What the cells tagged `parameters` declare. */
export interface NotebookParameters {
  /** `smoke`, `quick` or `paper`; `auto` is `quick` where there is a copy of FER-2013, else `smoke`. */
  readonly profile: string;
  readonly seed: number;
  /** Path of FER-2013; empty to look at `$FER2013` and in `data/`. */
  readonly data: string;
}

/** `quick` if there is a copy of FER-2013 to run on, else `smoke`, which runs on the built-in sample. */
export function defaultProfile(data: string): 'smoke' | 'quick' {
  return findDataset(data || undefined) === null ? 'smoke' : 'quick';
}

/** The configuration that the parameters stand for. Every deviation from the paper is in it, or in the network. */
export function chooseConfig({ profile, seed, data }: NotebookParameters): RunConfig {
  return buildConfig(profile === 'auto' ? defaultProfile(data) : profile, { seed });
}

/** The data that the parameters stand for: `smoke` always takes the built-in sample. */
export function loadChosenData({
  profile,
  data,
}: Pick<NotebookParameters, 'profile' | 'data'>): Promise<ImageDataset> {
  const chosen = profile === 'auto' ? defaultProfile(data) : profile;
  return loadDataset(chosen === 'smoke' ? { sample: true } : { path: data || undefined });
}
