import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { labelOfName } from './spec';
import { FER2013 } from './specs/fer2013';

/** Names under which people have FER-2013, best first. */
const KNOWN_FILES = [
  'fer2013.csv',
  'fer2013/fer2013.csv',
  'fer2013.csv.gz',
  'icml_face_data.csv',
  'icml_face_data.csv.gz',
  'fer2013.tar.gz',
  'fer2013.zip',
  'fer2013.csv.zip',
  'archive.zip',
  'challenges-in-representation-learning-facial-expression-recognition-challenge.zip',
];

/**
 * Where the user's FER-2013 is: `path`, else `$FER2013`, else `data/`; null if nowhere. For a folder it is the best
 * file in it, or the folder itself.
 * @throws FerlabError when a path that was given does not exist
 */
export function findDataset(path?: string): string | null {
  if (path) return checked(path, '--data');
  if (process.env.FER2013) return checked(process.env.FER2013, '$FER2013');
  return findInFolder(join(projectRoot(), 'data'));
}

function checked(path: string, given: string): string {
  if (!existsSync(path)) {
    throw new FerlabError(`${path}: no such file or folder (from ${given})`, {
      remedy: 'correct the path, or leave it out to use the built-in synthetic sample',
    });
  }
  return statSync(path).isDirectory() ? (findInFolder(path) ?? path) : path;
}

function findInFolder(folder: string): string | null {
  if (!existsSync(folder)) return null;
  const known = KNOWN_FILES.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (known) return known;
  const names = readdirSync(folder);
  const isFolderOfParts = names.includes('train') && names.includes('test');
  const holdsImages = names.some((name) => /\.parquet$/i.test(name) || labelOfName(FER2013, name) >= 0);
  return isFolderOfParts || holdsImages || names.includes('train.csv') ? folder : null;
}
