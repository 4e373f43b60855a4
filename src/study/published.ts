import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { loadStudy, type Study } from './definition';
import type { StudyResults } from './results';
import { loadSavedResults } from './results-file';

/** Path in `studies/` of a study that comes with the project. */
function pathOf(name: string, ending: string): string {
  const path = join(projectRoot(), 'studies', `${name}${ending}`);
  if (existsSync(path)) return path;
  throw new FerlabError(`${path}: no such study`, { remedy: 'see the folder studies/' });
}

/** A study of `studies/`. @throws FerlabError when there is none of that name */
export function projectStudy(name: string): Study {
  return loadStudy(pathOf(name, '.json'));
}

/** What came of a study of `studies/`, as it was published. @throws FerlabError when it was not */
export function publishedStudy(name: string): StudyResults {
  return loadSavedResults(pathOf(name, '.results.json'));
}
