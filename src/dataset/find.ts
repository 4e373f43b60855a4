import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';

/** Names under which people have FER-2013, best first. */
const KNOWN_FILES = [
  'fer2013.csv',
  'fer2013.csv.gz',
  'icml_face_data.csv',
  'fer2013.tar.gz',
  'fer2013.zip',
  'archive.zip',
  'challenges-in-representation-learning-facial-expression-recognition-challenge.zip',
];

/**
 * Where the user's FER-2013 is: `path`, else `$FER2013`, else a known name in `data/`; null if nowhere.
 * @throws FerlabError when a path that was given does not exist
 */
export function findDataset(path?: string): string | null {
  if (path) return checked(path, '--data');
  if (process.env.FER2013) return checked(process.env.FER2013, '$FER2013');
  return findInFolder(join(projectRoot(), 'data'));
}

function checked(path: string, given: string): string {
  if (existsSync(path)) return path;
  throw new FerlabError(`${path}: no such file or folder (from ${given})`, {
    remedy: 'correct the path, or leave it out to use the built-in synthetic sample',
  });
}

function findInFolder(folder: string): string | null {
  const known = KNOWN_FILES.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (known) return known;
  const isFolderOfClasses = ['train', 'test'].every((name) => existsSync(join(folder, name)));
  if (isFolderOfClasses || existsSync(join(folder, 'train.csv'))) return folder;
  const parquet = existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.parquet'));
  return parquet ? folder : null;
}
