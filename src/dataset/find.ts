import { existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { type DatasetSpec, labelOfName } from './spec';
import { PAPER_DATASET } from './specs';

/**
 * Where the user's copy of a data set is: `path`, else where its variable of the environment says, else `data/`; null
 * if nowhere. For a folder it is the best file in it, or the folder itself.
 * @throws FerlabError when a path that was given does not exist
 */
export function findCopy(path?: string, spec: DatasetSpec = PAPER_DATASET): string | null {
  const place = placeGiven(path, spec);
  if (place !== null && statSync(place).isFile()) return place;
  if (place === null && !spec.files) return null; // nobody knows how copies are called
  return findInFolder(place ?? join(projectRoot(), 'data'), spec) ?? place;
}

/** The path that was given, by the caller or by the environment; null where none was. */
function placeGiven(path: string | undefined, { files }: DatasetSpec): string | null {
  if (path === '') {
    throw new FerlabError('--data is empty', {
      remedy: 'name a file or a folder, or leave it out',
    });
  }
  const named = files && process.env[files.variable];
  const place = path || named;
  if (!place) return null;
  const status = statusOf(place);
  if (status && !status.isFile() && !status.isDirectory()) {
    throw new FerlabError(`${place}: this is a pipe or a device, not a file`, {
      remedy: 'write what it gives to a file, and name that',
    });
  }
  if (status) return place;
  const source = path ? '--data' : `$${files!.variable}`;
  throw new FerlabError(`${place}: no such file or folder (from ${source})`, {
    remedy: path ? 'correct the path, or leave it out' : `correct the path, or unset ${source}`,
  });
}

/** Null where there is nothing. @throws FerlabError where nobody can tell, as in a folder without permission */
function statusOf(place: string): Stats | null {
  try {
    return statSync(place, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return null;
    if (code === 'ELOOP')
      throw new FerlabError(`${place}: its symbolic links form a circle`, { remedy: 'remove the links' });
    throw new FerlabError(`${place}: ${message}`, {
      remedy: code === 'EACCES' ? 'change the permissions of the folders above it' : 'correct the path',
      cause: error,
    });
  }
}

function findInFolder(folder: string, spec: DatasetSpec): string | null {
  if (!existsSync(folder)) return null;
  const known = spec.files?.inFolder.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (known) return known;
  const names = readdirSync(folder);
  const isFolderOfParts = names.includes('train') && names.includes('test');
  const holdsImages = names.some((name) => /\.parquet$/i.test(name) || labelOfName(spec, name) >= 0);
  return isFolderOfParts || holdsImages || names.includes('train.csv') ? folder : null;
}

/** How a user names a copy of a data set, for remedies. */
export function waysToName({ files }: DatasetSpec): string {
  return files ? `name it with --data or $${files.variable}, put it into data/` : 'name it with --data';
}
