import { findDataset } from '../dataset/find';

/** `quick` if there is a copy of FER-2013 to run on, else `smoke`, which runs on the built-in sample. */
export function defaultProfile(dataPath?: string): 'smoke' | 'quick' {
  return findDataset(dataPath) === null ? 'smoke' : 'quick';
}
